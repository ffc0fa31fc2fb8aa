import { z } from 'zod';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';
import type { Sql } from './database.ts';

export const apiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  isTest: z.boolean(),
  memberId: z.string().nullable(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export type ApiKeyRow = z.infer<typeof apiKeyRow>;

const columns = `id, name, scopes, is_test AS "isTest", member_id AS "memberId", created_at AS "createdAt",
  last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"`;

export interface NewApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the secret: the secret itself is never stored. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly isTest: boolean;
  readonly memberId: string | null;
  readonly expiresAt: Date | null;
}

export async function insertApiKey(sql: Sql, key: NewApiKeyRow, actor: string): Promise<ApiKeyRow> {
  const row = await sql.one(
    apiKeyRow,
    `INSERT INTO standfirst.api_key (id, name, hash, scopes, is_test, member_id, expires_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, standfirst.clock()) RETURNING ${columns}`,
    [key.id, key.name, key.hash, key.scopes, key.isTest, key.memberId, key.expiresAt],
  );
  await recordEvent(sql, {
    type: 'api-key.created',
    subject: key.id,
    actor,
    data: { name: key.name, scopes: key.scopes },
  });
  return row as ApiKeyRow;
}

/** The key with this hash, if it may be used now. */
export function getUsableApiKey(sql: Sql, hash: string): Promise<ApiKeyRow | null> {
  return sql.one(
    apiKeyRow,
    `SELECT ${columns} FROM standfirst.api_key
      WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > standfirst.clock())`,
    [hash],
  );
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
  const changed = await sql.run(
    `UPDATE standfirst.api_key SET revoked_at = standfirst.clock() WHERE id = $1 AND revoked_at IS NULL`,
    [id],
  );
  if (changed > 0) await recordEvent(sql, { type: 'api-key.revoked', subject: id, actor });
  return changed > 0;
}
