import { z } from 'zod';
import type { Sql } from './database.ts';

/** Instants from `from` on that an account's posts have taken, whatever became of those that were sent. */
export async function takenTimes(sql: Sql, accountId: string, from: Date): Promise<Date[]> {
  const rows = await sql.many(
    z.object({ dueAt: z.date() }),
    `SELECT due_at AS "dueAt" FROM standfirst.post
      WHERE account_id = $1 AND due_at >= $2 AND state IN ('scheduled', 'publishing', 'published', 'unknown')
      ORDER BY due_at LIMIT 10000`,
    [accountId, from],
  );
  return rows.map((row) => row.dueAt);
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
