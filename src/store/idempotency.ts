import { z } from 'zod';
import type { Sql } from './database.ts';

const keptRow = z.object({
  fingerprint: z.string(),
  status: z.number().nullable(),
  headers: z.record(z.string(), z.string()).nullable(),
  body: z.string().nullable(),
  createdAt: z.date(),
});
export type KeptAnswer = z.infer<typeof keptRow>;

/**
 * Takes a key for a request that begins now. Keys are kept 24 h.
 * @returns null where the key was free and is now taken; else what stands under it (`status` null: still running).
 */
export async function takeKey(sql: Sql, caller: string, key: string, fingerprint: string): Promise<KeptAnswer | null> {
  await sql.run(
    `DELETE FROM standfirst.idempotency WHERE ctid IN (
       SELECT ctid FROM standfirst.idempotency WHERE created_at < standfirst.clock() - interval '24 hours' ORDER BY created_at LIMIT 100)`,
  );
  const taken = await sql.run(
    `INSERT INTO standfirst.idempotency (caller, key, fingerprint, created_at) VALUES ($1, $2, $3, standfirst.clock())
     ON CONFLICT (caller, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = NULL, headers = NULL, body = NULL,
            created_at = standfirst.clock() WHERE idempotency.created_at < standfirst.clock() - interval '24 hours'`,
    [caller, key, fingerprint],
  );
  if (taken > 0) return null;
  const kept = await sql.one(
    keptRow,
    `SELECT fingerprint, status, headers, body, created_at AS "createdAt" FROM standfirst.idempotency WHERE caller = $1 AND key = $2`,
    [caller, key],
  );
  // Given back between the two statements: it is free again.
  return kept ?? takeKey(sql, caller, key, fingerprint);
}

/** Keeps the answer, for whoever sends the same request again. */
export async function keepAnswer(
  sql: Sql,
  caller: string,
  key: string,
  answer: { status: number; headers: Readonly<Record<string, string>>; body: string },
): Promise<void> {
  await sql.run(
    `UPDATE standfirst.idempotency SET status = $3, headers = $4, body = $5 WHERE caller = $1 AND key = $2 AND status IS NULL`,
    [caller, key, answer.status, JSON.stringify(answer.headers), answer.body],
  );
}

/** Gives a key back: nothing was done, so the same request may be tried again. */
export async function releaseKey(sql: Sql, caller: string, key: string): Promise<void> {
  await sql.run(`DELETE FROM standfirst.idempotency WHERE caller = $1 AND key = $2 AND status IS NULL`, [caller, key]);
}
