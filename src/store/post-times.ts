import { z } from 'zod';
import type { Sql } from './database.ts';

/**
 * When an account's posts go out, or went, from `from` on: a page of them in the order of their due times. A post that waits
 * for a retry, or went out late, counts where it really was.
 */
export async function takenTimes(
  sql: Sql,
  accountId: string,
  from: Date,
  page: { skip: number; limit: number },
): Promise<Date[]> {
  const rows = await sql.many(
    z.object({ at: z.number() }),
    // Bounded by due time for the index's sake: what was due more than a week before `from` is not looked at.
    `SELECT floor(extract(epoch FROM greatest(due_at, wake_at, published_at)) * 1000)::float8 AS at FROM standfirst.post
      WHERE account_id = $1 AND due_at >= $2::timestamptz - interval '7 days'
        AND state IN ('scheduled', 'publishing', 'published', 'unknown')
        AND greatest(due_at, wake_at, published_at) >= $2
      ORDER BY due_at OFFSET $3 LIMIT $4`,
    [accountId, from, page.skip, page.limit],
  );
  return rows.map((row) => new Date(row.at));
}

/** Lets one transaction at a time choose times on these accounts; claims do not wait for it. In order of id: no deadlock. */
export async function lockTimes(sql: Sql, accountIds: readonly string[]): Promise<void> {
  await sql.run(`SELECT id FROM standfirst.account WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [accountIds]);
}

/** Approved posts that have had no time for longer than `idleMs` although no person is awaited: their job was lost. */
export function approvedWithoutTime(sql: Sql, idleMs: number, limit: number): Promise<{ postId: string }[]> {
  return sql.many(
    z.object({ postId: z.string() }),
    `SELECT id AS "postId" FROM standfirst.post
      WHERE state = 'approved' AND due_at IS NULL AND approved_by = 'policy' AND updated_at < standfirst.clock() - make_interval(secs => $1 / 1000.0)
      ORDER BY updated_at LIMIT $2`,
    [idleMs, limit],
  );
}
