import { resolve } from 'node:path';
import type { ChosenAges } from '../src/domain/retention.ts';
import type { Env } from './env.ts';

export type Role = 'all' | 'api' | 'worker';

/** What an operator decided, frozen and nested, with every default filled in. */
export interface Settings {
  readonly role: Role;
  /** Folder of this installation, absolute. */
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Null: the queue lives in the database. */
  readonly redis: {
    readonly url: string;
    readonly cluster: boolean;
    /** Name of the master group. */
    readonly sentinel: string | null;
    /** Further nodes or Sentinels, `host:port`. */
    readonly nodes: readonly string[];
  } | null;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl: string | null;
    readonly trustedProxies: readonly string[];
    readonly insecureCookies: boolean;
  };
  readonly outbound: {
    readonly contact: string;
    readonly allowPrivate: readonly string[];
    readonly proxy: string | null;
  };
  /** Null: nobody is told by mail. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Null: a key file in the data folder. */
  readonly keys: string | null;
  readonly concurrency: number;
  /** A language model for summaries; null: none. */
  readonly ai: { readonly url: string; readonly model: string; readonly key: string | null } | null;
  /** Where spans are sent; null: nothing is traced. */
  readonly traces: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly service: string;
  } | null;
  /** Days that things are kept, where the operator says so. */
  readonly retention: ChosenAges;
  readonly log: { readonly level: Env['STANDFIRST_LOG_LEVEL']; readonly format: 'pretty' | 'json' };
}

/**
 * Settings from the environment and the role given on the command line.
 * @throws Error where two settings contradict each other, in one sentence.
 */
export function settingsFrom(env: Env, role: Role = 'all', isTerminal = false): Settings {
  if (env.DATABASE_URL === undefined && role !== 'all') {
    throw new Error(
      `--role ${role} needs DATABASE_URL: the embedded database belongs to one process. Set DATABASE_URL, or start without --role.`,
    );
  }
  if (env.REDIS_URL === undefined && (env.REDIS_CLUSTER || env.REDIS_SENTINEL !== undefined)) {
    throw new Error('REDIS_CLUSTER and REDIS_SENTINEL need REDIS_URL: the address of one node, or of one Sentinel.');
  }
  if (env.REDIS_CLUSTER && env.REDIS_SENTINEL !== undefined) {
    throw new Error(
      'REDIS_CLUSTER and REDIS_SENTINEL exclude each other: a Redis Cluster replaces its masters by itself.',
    );
  }
  return deepFreeze({
    role,
    dataDir: resolve(env.STANDFIRST_DATA),
    databaseUrl: env.DATABASE_URL ?? null,
    redis:
      env.REDIS_URL === undefined
        ? null
        : {
            url: env.REDIS_URL,
            cluster: env.REDIS_CLUSTER,
            sentinel: env.REDIS_SENTINEL ?? null,
            nodes: env.REDIS_NODES,
          },
    http: {
      host: env.HOST,
      port: env.PORT,
      publicUrl: env.STANDFIRST_PUBLIC_URL ?? null,
      trustedProxies: env.STANDFIRST_TRUSTED_PROXIES,
      insecureCookies: env.STANDFIRST_INSECURE_COOKIES,
    },
    outbound: {
      contact: env.STANDFIRST_CONTACT,
      allowPrivate: env.STANDFIRST_ALLOW_PRIVATE,
      proxy: env.STANDFIRST_PROXY ?? null,
    },
    mail:
      env.STANDFIRST_SMTP_URL === undefined ? null : { url: env.STANDFIRST_SMTP_URL, from: env.STANDFIRST_MAIL_FROM },
    timeZone: env.STANDFIRST_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    keys: env.STANDFIRST_KEYS ?? null,
    concurrency: env.STANDFIRST_CONCURRENCY,
    ai: aiFrom(env),
    traces: tracesFrom(env),
    retention: env.STANDFIRST_RETENTION ?? {},
    log: { level: env.STANDFIRST_LOG_LEVEL, format: env.STANDFIRST_LOG_FORMAT ?? (isTerminal ? 'pretty' : 'json') },
  });
}

function aiFrom({ STANDFIRST_AI: url, STANDFIRST_AI_MODEL: model, STANDFIRST_AI_KEY: key }: Env): Settings['ai'] {
  if (url === undefined) return null;
  if (model === undefined)
    throw new Error('STANDFIRST_AI needs STANDFIRST_AI_MODEL: the model, as that endpoint calls it.');
  return { url, model, key: key ?? null };
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp: traces have a path of their own. */
function tracesFrom(env: Env): Settings['traces'] {
  const {
    OTEL_EXPORTER_OTLP_ENDPOINT: base,
    OTEL_EXPORTER_OTLP_HEADERS: headers = {},
    OTEL_SERVICE_NAME: service,
  } = env;
  return base === undefined ? null : { url: `${base.replace(/\/+$/, '')}/v1/traces`, headers, service };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
