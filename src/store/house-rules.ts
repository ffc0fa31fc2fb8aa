import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { noHouseRules, tellings } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { timeRules } from './time-rules.ts';

const word = z.string().trim().min(1, 'is empty').max(100);
const words = z.array(word).max(500).default([]);
const byNetwork = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value).default({});
const parameter = z.string().trim().min(1, 'is empty').max(200).optional();

/** The house rules as they are stored and sent; what is left out is what a house without rules has. */
export const houseRules = z.strictObject({
  hashtags: z
    .strictObject({
      always: z.array(word).max(10).default([]),
      never: words,
      aliases: z.record(word, word).default({}),
      sensitive: words,
    })
    .default(noHouseRules.hashtags as never),
  utm: byNetwork(
    z.strictObject({
      source: parameter,
      medium: parameter,
      campaign: parameter,
      term: parameter,
      content: parameter,
    }),
  ),
  signatures: byNetwork(z.string().trim().min(1, 'is empty: leave it out').max(280)),
  templates: byNetwork(z.string().min(1, 'is empty: leave it out').max(2_000)),
  ...timeRules,
  auto: z
    .array(
      z.strictObject({
        sourceId: z.string(),
        urgencies: z.array(z.enum(['breaking', 'normal', 'evergreen'])).min(1, 'names no urgency'),
      }),
    )
    .max(500)
    .default([]),
  altText: z.enum(['optional', 'required']).default('optional'),
  fourEyes: z.boolean().default(false),
  telling: z
    .strictObject({
      mail: z.array(z.email('is not a mail address')).max(20).default([]),
      accounts: z.array(z.string()).max(20).default([]),
      of: z.array(z.enum(tellings, { error: `must be one of ${tellings.join(', ')}` })).default([...tellings]),
      quietMs: z.int().min(60_000, 'is less than a minute').max(86_400_000, 'is more than a day').default(3_600_000),
    })
    .default(noHouseRules.telling as never),
}) satisfies z.ZodType<HouseRules>;

const row = z.object({ version: z.number(), rules: houseRules, changedBy: z.string(), changedAt: z.date() });

export interface StoredHouseRules {
  readonly rules: HouseRules;
  /** 0 where nobody has decided anything. */
  readonly version: number;
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
}

const none: StoredHouseRules = { rules: noHouseRules, version: 0, changedBy: null, changedAt: null };

/** The rules that hold now. Every version is kept. */
export async function getHouseRules(sql: Sql): Promise<StoredHouseRules> {
  const newest = await sql.one(
    row,
    `SELECT version, rules, changed_by AS "changedBy", changed_at AS "changedAt" FROM standfirst.house_rules
      ORDER BY version DESC LIMIT 1`,
  );
  return newest ?? none;
}

/** Writes the next version. @throws Refusal stale-version where somebody else wrote it first. */
export async function putHouseRules(
  sql: Sql,
  version: number,
  rules: HouseRules,
  actor: string,
): Promise<StoredHouseRules> {
  const before = await getHouseRules(sql);
  const written = await sql.one(
    row,
    `INSERT INTO standfirst.house_rules (version, rules, changed_by, changed_at)
     SELECT $1 + 1, $2, $3, standfirst.clock()
      WHERE $1 = (SELECT coalesce(max(version), 0) FROM standfirst.house_rules) ON CONFLICT (version) DO NOTHING
     RETURNING version, rules, changed_by AS "changedBy", changed_at AS "changedAt"`,
    [version, JSON.stringify(rules), actor],
  );
  if (written === null) {
    const sentence = `The house rules are at version ${before.version}, not ${version}: somebody changed them. Read them again.`;
    throw new Refusal('stale-version', sentence);
  }
  const change = { subject: 'house-rules', actor, before: before.rules, after: rules };
  await recordEvent(sql, { type: 'house-rules.changed', ...change, data: { version: written.version } });
  return written;
}
