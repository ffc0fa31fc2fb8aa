import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from '../src/domain/errors.ts';
import { MOST_DAYS, retainedNames, retentionDays } from '../src/domain/retention.ts';

/**
 * The only reader of the environment. Every variable, what it is for, and its default stand here once; `.env.example` is
 * written from this schema. Any of them may be given as NAME_FILE, the path of a file that holds the value (secrets).
 */
const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const cidrs = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], 'is not an address range such as 10.1.0.0/16')));

const days = z.coerce
  .number(`must be days from 1 to ${MOST_DAYS}`)
  .int()
  .min(1, `must be days from 1 to ${MOST_DAYS}`)
  .max(MOST_DAYS, `must be days from 1 to ${MOST_DAYS}`);

/** `events=30,html=7` as an object. */
function readRetention(text: string): Record<string, unknown> {
  const entries = text.split(',').filter((entry) => entry.trim() !== '');
  return Object.fromEntries(entries.map((entry) => entry.split('=').map((part) => part.trim())));
}

/** The same where a value may hold `=`, and is encoded as in an address: https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
function readPairs(text: string): Record<string, unknown> {
  const entries = text.split(',').filter((entry) => entry.trim() !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const [, name = entry, value] = /^\s*([^=]+?)\s*=(.*)$/.exec(entry) ?? [];
      return [name, value === undefined ? undefined : decoded(value.trim())];
    }),
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export const envSchema = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be a PostgreSQL address such as postgres://user:password@host:5432/name',
    })
    .optional()
    .describe('PostgreSQL ≥ 15. Empty: an embedded PostgreSQL in STANDFIRST_DATA.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be a Redis address such as redis://host:6379' })
    .optional()
    .describe('Redis or Valkey ≥ 6.2 for the queue. Empty: the queue lives in the database.'),
  REDIS_CLUSTER: flag.default(false).describe('1 when REDIS_URL names a node of a Redis Cluster.'),
  REDIS_SENTINEL: z.string().optional().describe('Name of the Sentinel master group, when REDIS_URL names a Sentinel.'),
  REDIS_NODES: z
    .string()
    .transform((value) => value.split(',').map((item) => item.trim()))
    .pipe(
      z.array(
        z.string().regex(/^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i, 'is not host:port such as redis-2.internal:6379'),
      ),
    )
    .default([])
    .describe('Further nodes of the Cluster, or further Sentinels, as host:port,host:port: one of them may be down.'),
  HOST: z.string().default('127.0.0.1').describe('Address the API and dashboard listen on.'),
  PORT: z.coerce
    .number('must be a port from 0 to 65535')
    .int()
    .min(0)
    .max(65535)
    .default(8484)
    .describe('Port of the API and dashboard; 0 chooses a free one.'),
  STANDFIRST_DATA: z
    .string()
    .default('.standfirst')
    .describe('Folder for the embedded database and keys. Images are kept in the database.'),
  STANDFIRST_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where people and networks reach this installation, e.g. https://desk.example.org.'),
  STANDFIRST_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'is not an IANA time zone such as Europe/Bucharest')
    .optional()
    .describe('The newsroom’s IANA time zone, until it says another itself. Empty: the machine’s.'),
  STANDFIRST_KEYS: z
    .string()
    .optional()
    .describe(
      'Key ring for tokens at rest: k2:<base64>,k1:<base64>; the first encrypts. Empty: made in STANDFIRST_DATA.',
    ),
  STANDFIRST_CONTACT: z
    .string()
    .default('https://github.com/standfirst')
    .describe('Who to ask about our requests; part of the User-Agent.'),
  STANDFIRST_ALLOW_PRIVATE: cidrs
    .default([])
    .describe('Private address ranges that may be fetched, comma-separated CIDRs. Empty: none.'),
  STANDFIRST_PROXY: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Egress proxy for everything that goes out.'),
  STANDFIRST_TRUSTED_PROXIES: cidrs
    .default([])
    .describe('Reverse proxies whose X-Forwarded-For is believed, comma-separated CIDRs.'),
  STANDFIRST_INSECURE_COOKIES: flag
    .default(false)
    .describe('1 allows sign-in over plain http on an address other than localhost.'),
  STANDFIRST_CONCURRENCY: z.coerce
    .number('must be a number from 1 to 500')
    .int()
    .min(1)
    .max(500)
    .default(50)
    .describe('Posts one worker process sends at a time to one server of a network; breaking news has a fifth more.'),
  STANDFIRST_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be a mail server such as smtp://user:password@host:587' })
    .optional()
    .describe(
      'Mail server for messages to people, as smtps://, or as smtp:// with STARTTLS, which a password asks for unless the server is on this machine. Empty: no mail.',
    ),
  STANDFIRST_MAIL_FROM: z
    .email('is not a mail address')
    .default('standfirst@localhost.localdomain')
    .describe('Sender of mail.'),
  STANDFIRST_AI: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://localhost:11434/v1' })
    .optional()
    .describe(
      'Endpoint of a language model that writes summaries (OpenAI-compatible), e.g. http://localhost:11434/v1. Empty: none, and nothing of it is loaded.',
    ),
  STANDFIRST_AI_MODEL: z.string().optional().describe('The model, as that endpoint calls it.'),
  STANDFIRST_AI_KEY: z.string().optional().describe('The key that endpoint asks for.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://localhost:4318' })
    .optional()
    .describe('Collector of traces that speaks OTLP over HTTP. Empty: nothing is traced, and nothing of it is loaded.'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .transform(readPairs)
    .pipe(z.record(z.string().regex(/^[\w-]+$/), z.string(), 'must be name=value,name=value'))
    .optional()
    .describe('What the collector asks for besides, such as a key: name=value,name=value.'),
  OTEL_SERVICE_NAME: z.string().default('standfirst').describe('What the collector calls this installation.'),
  STANDFIRST_RETENTION: z
    .string()
    .transform(readRetention)
    .pipe(z.partialRecord(z.enum(retainedNames), days, `can name only ${retainedNames.join(', ')}`))
    .optional()
    .describe(
      `Days that things are kept, each then not to be changed on the dashboard; usual are ${Object.entries(
        retentionDays,
      )
        .map(([name, most]) => `${name}=${most}`)
        .join(',')}.`,
    ),
  STANDFIRST_LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info')
    .describe('How much is logged.'),
  STANDFIRST_LOG_FORMAT: z
    .enum(['pretty', 'json'])
    .optional()
    .describe('pretty for people, json for machines. Empty: pretty on a terminal.'),
});

export type Env = z.infer<typeof envSchema>;

/**
 * Reads and checks the environment.
 * @throws Refusal that says of each fault which variable, what is wrong, what it should be: one in a sentence, several in a list.
 */
export function readEnv(raw: NodeJS.ProcessEnv = process.env): Env {
  const faults: string[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(envSchema.shape)) {
    const value = raw[name];
    const file = raw[`${name}_FILE`];
    if (value !== undefined && value !== '') given[name] = value;
    else if (file !== undefined && file !== '') readSecret(name, file, given, faults);
  }
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')} ${issue.message}`);
  }
  if (parsed.success && faults.length === 0) return parsed.data;
  const [only, ...others] = faults;
  throw new Refusal(
    'invalid',
    others.length === 0 ? `${only}.` : `The environment is not right:\n  ${faults.join('\n  ')}`,
  );
}

function readSecret(name: string, file: string, given: Record<string, string>, faults: string[]): void {
  try {
    given[name] = readFileSync(file, 'utf8').trim();
  } catch (error) {
    faults.push(`${name}_FILE names ${file}, which cannot be read: ${(error as Error).message}`);
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
