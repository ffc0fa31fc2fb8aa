import { z } from 'zod';
import type { Sql } from './database.ts';

export interface NewNotice {
  readonly id: string;
  readonly kind: string;
  /** `mail`, or the account that takes the message. */
  readonly recipient: string;
  readonly accountId: string | null;
  readonly cause: string | null;
  readonly subject: string;
  readonly detail: string | null;
}

/**
 * Counts something to be told. The first of its cause, account and recipient is told after `gatherMs`; what follows within
 * `quietMs` of a message is told together at the end of it.
 */
export async function addNotice(sql: Sql, notice: NewNotice, gatherMs: number, quietMs: number): Promise<void> {
  const { id, kind, recipient, accountId, cause, subject, detail } = notice;
  const key = [kind, accountId ?? (cause === null ? subject : ''), cause ?? '', recipient].join(' ');
  await sql.run(
    `INSERT INTO standfirst.notice AS notice (id, key, kind, recipient, account_id, cause, subject, detail, count, tell_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, standfirst.clock() + make_interval(secs => $9::float8 / 1000.0))
     ON CONFLICT (key) DO UPDATE SET count = notice.count + 1, subject = excluded.subject, detail = excluded.detail,
       tell_at = coalesce(notice.tell_at, greatest(excluded.tell_at, notice.told_at + make_interval(secs => $10::float8 / 1000.0)))`,
    [id, key, kind, recipient, accountId, cause, subject, detail, gatherMs, quietMs],
  );
}

export async function dueNotices(sql: Sql, most: number): Promise<string[]> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    'SELECT id FROM standfirst.notice WHERE tell_at <= standfirst.clock() ORDER BY tell_at LIMIT $1',
    [most],
  );
  return rows.map((row) => row.id);
}

const taken = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.string(),
  accountId: z.string().nullable(),
  cause: z.string().nullable(),
  detail: z.string().nullable(),
  count: z.number(),
  tries: z.number(),
});
export type TakenNotice = z.infer<typeof taken>;

/** Takes a notice that is due, for one try. A process that dies with it leaves it to the next after `leaseMs`. */
export function takeNotice(sql: Sql, id: string, leaseMs: number): Promise<TakenNotice | null> {
  return sql.one(
    taken,
    `UPDATE standfirst.notice SET tell_at = standfirst.clock() + make_interval(secs => $2::float8 / 1000.0)
      WHERE id = $1 AND tell_at <= standfirst.clock()
      RETURNING id, kind, recipient, account_id AS "accountId", cause, detail, count, tries`,
    [id, leaseMs],
  );
}

/** What came while it was told is told after the quiet time. */
export async function noteTold(sql: Sql, id: string, count: number, quietMs: number): Promise<void> {
  await sql.run(
    `UPDATE standfirst.notice SET count = count - $2, told_at = standfirst.clock(), tries = 0,
            tell_at = CASE WHEN count > $2 THEN standfirst.clock() + make_interval(secs => $3::float8 / 1000.0) END
      WHERE id = $1`,
    [id, count, quietMs],
  );
}

/** It could not be told: again later, or, where `afterMs` is null, not at all. */
export async function noteUntold(sql: Sql, id: string, afterMs: number | null): Promise<void> {
  await sql.run(
    `UPDATE standfirst.notice SET tries = CASE WHEN $2::float8 IS NULL THEN 0 ELSE tries + 1 END,
            tell_at = standfirst.clock() + make_interval(secs => $2::float8 / 1000.0)
      WHERE id = $1`,
    [id, afterMs],
  );
}
