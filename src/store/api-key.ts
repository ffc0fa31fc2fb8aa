import { z } from 'zod';
import { recordEvent } from './event.ts';
import { memberRoles } from './member.ts';
import type { PageRequest } from './page.ts';
import type { Sql } from './database.ts';
import { FEW } from './few.ts';
import { together } from './together.ts';

export const apiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  /** What it is known by where its secret must not be; null: made before this was kept. */
  prefix: z.string().nullable(),
  scopes: z.array(z.string()),
  isTest: z.boolean(),
  memberId: z.string().nullable(),
  /** Of its member as it is now: a key may never do more. Null: nobody's, made by the operator. */
  memberRole: z.enum(memberRoles).nullable(),
  /** Who stands behind it: its member, or the first key of the chain it was made in. */
  person: z.string(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export type ApiKeyRow = z.infer<typeof apiKeyRow>;

const columns = `id, name, prefix, scopes, is_test AS "isTest", member_id AS "memberId",
  (SELECT member.role FROM standfirst.member WHERE member.id = api_key.member_id) AS "memberRole", coalesce(person, member_id, id) AS person, created_at AS "createdAt",
  last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"`;

export interface NewApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the secret: the secret itself is never stored. */
  readonly hash: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly isTest: boolean;
  readonly memberId: string | null;
  /** Who makes it, as a person; null: it is the first of its chain. */
  readonly person: string | null;
  readonly expiresAt: Date | null;
}

export async function insertApiKey(sql: Sql, key: NewApiKeyRow, actor: string): Promise<ApiKeyRow> {
  const row = await sql.one(
    apiKeyRow,
    `INSERT INTO standfirst.api_key (id, name, hash, scopes, is_test, member_id, person, expires_at, prefix, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, $6, $1), $8, $9, standfirst.clock()) RETURNING ${columns}`,
    [key.id, key.name, key.hash, key.scopes, key.isTest, key.memberId, key.person, key.expiresAt, key.prefix],
  );
  await recordEvent(sql, {
    type: 'api-key.created',
    subject: key.id,
    actor,
    data: { name: key.name, scopes: key.scopes },
    after: { scopes: key.scopes, isTest: key.isTest, expiresAt: key.expiresAt },
  });
  return row as ApiKeyRow;
}

/** Keys that may be used now: those of a removed member may not. */
const USABLE = `revoked_at IS NULL AND (expires_at IS NULL OR expires_at > standfirst.clock())
  AND NOT EXISTS (SELECT 1 FROM standfirst.member WHERE member.id = api_key.member_id AND member.removed_at IS NOT NULL)`;

/** The key with this hash, or that had it before it was rotated, if it may be used now. */
export function getUsableApiKey(sql: Sql, hash: string): Promise<ApiKeyRow | null> {
  return sql.one(
    apiKeyRow,
    `SELECT ${columns} FROM standfirst.api_key
      WHERE (hash = $1 OR (previous_hash = $1 AND previous_until > standfirst.clock())) AND ${USABLE}`,
    [hash],
    'usable-api-key',
  );
}

/**
 * As `getUsableApiKey`, each answer as the database has it after it was asked; requests that come in the same moment are
 * looked up together: a busy process else spends a fifth of its statements on who is asking.
 */
export function openUsableApiKeys(sql: Sql): (hash: string) => Promise<ApiKeyRow | null> {
  const row = apiKeyRow.extend({ asked: z.string() });
  const keysOf = async (hashes: readonly string[]): Promise<(ApiKeyRow | null)[]> => {
    const rows = await sql.many(
      row,
      `SELECT asked.hash AS asked, ${columns} FROM unnest($1::text[]) AS asked (hash)
         JOIN standfirst.api_key ON (api_key.hash = asked.hash OR (previous_hash = asked.hash AND previous_until > standfirst.clock()))
        WHERE ${FEW('asked.hash')} AND ${USABLE}`,
      [[...new Set(hashes)]],
      'usable-api-keys',
    );
    const found = new Map(rows.map(({ asked, ...key }) => [asked, key]));
    return hashes.map((hash) => found.get(hash) ?? null);
  };
  return together(keysOf, (hash) => getUsableApiKey(sql, hash));
}

/** Id of the key that has or had this hash, whatever became of it. */
export async function apiKeyBehind(sql: Sql, hash: string): Promise<string | null> {
  const row = await sql.one(
    z.object({ id: z.string() }),
    `SELECT id FROM standfirst.api_key WHERE hash = $1 OR previous_hash = $1`,
    [hash],
  );
  return row?.id ?? null;
}

export function findApiKey(sql: Sql, id: string): Promise<ApiKeyRow | null> {
  return sql.one(apiKeyRow, `SELECT ${columns} FROM standfirst.api_key WHERE id = $1 AND ${USABLE}`, [id]);
}

/** Whether a key was made by this actor, as the audit has it. */
export async function isMadeBy(sql: Sql, id: string, actor: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ isMade: z.boolean() }),
    `SELECT EXISTS (SELECT 1 FROM standfirst.audit WHERE action = 'api-key.created' AND subject = $1 AND actor = $2) AS "isMade"`,
    [id, actor],
  );
  return row?.isMade ?? false;
}

export async function addScopes(sql: Sql, id: string, scopes: readonly string[], actor: string): Promise<void> {
  const scopesOf = z.object({ before: z.array(z.string()), after: z.array(z.string()) });
  const changed = await sql.one(
    scopesOf,
    `UPDATE standfirst.api_key SET scopes = scopes || $2::text[] WHERE id = $1
     RETURNING scopes[1:cardinality(scopes) - cardinality($2::text[])] AS before, scopes AS after`,
    [id, scopes],
  );
  await recordEvent(sql, {
    type: 'api-key.widened',
    subject: id,
    actor,
    data: { scopes },
    before: { scopes: changed?.before },
    after: { scopes: changed?.after },
  });
}

/** Gives a key another secret; the old one is taken for `overlapMs` more. @returns null where it is not usable. */
export async function rotateApiKey(
  sql: Sql,
  id: string,
  { hash, prefix }: Pick<NewApiKeyRow, 'hash' | 'prefix'>,
  overlapMs: number,
  actor: string,
): Promise<ApiKeyRow | null> {
  const before = await findApiKey(sql, id);
  const row = await sql.one(
    apiKeyRow,
    `UPDATE standfirst.api_key SET previous_hash = hash, hash = $2, prefix = $4,
            previous_until = standfirst.clock() + make_interval(secs => $3 / 1000.0)
      WHERE id = $1 AND ${USABLE} RETURNING ${columns}`,
    [id, hash, overlapMs, prefix],
  );
  if (row === null) return null;
  await recordEvent(sql, {
    type: 'api-key.rotated',
    subject: id,
    actor,
    data: { overlapMs },
    before: { prefix: before?.prefix },
    after: { prefix },
  });
  return row;
}

/** Notes that a key was used; writes at most once a minute. */
export async function touchApiKey(sql: Sql, id: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.api_key SET last_used_at = standfirst.clock()
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < standfirst.clock() - interval '1 minute')`,
    [id],
  );
}

/** Newest first. */
export function listApiKeys(sql: Sql, page: PageRequest): Promise<ApiKeyRow[]> {
  return sql.many(
    apiKeyRow,
    `SELECT ${columns} FROM standfirst.api_key WHERE $2::text IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
    [page.limit, page.after?.[0] ?? null],
  );
}

/** @returns false where there is no such key, or it was revoked before. */
export async function revokeApiKey(sql: Sql, id: string, actor: string): Promise<boolean> {
  const after = await sql.one(
    apiKeyRow.pick({ revokedAt: true }),
    `UPDATE standfirst.api_key SET revoked_at = standfirst.clock() WHERE id = $1 AND revoked_at IS NULL RETURNING revoked_at AS "revokedAt"`,
    [id],
  );
  if (after === null) return false;
  await recordEvent(sql, { type: 'api-key.revoked', subject: id, actor, before: { revokedAt: null }, after });
  return true;
}
