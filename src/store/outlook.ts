import { z } from 'zod';
import type { Sql } from './database.ts';

const backlogRow = z.object({
  due: z.number(),
  oldestDueAt: z.date().nullable(),
  delayed: z.number(),
  active: z.number(),
});

/** Posts that are to go out: those whose time has come, those that wait for theirs, and those under way. */
export async function countBacklog(sql: Sql): Promise<z.infer<typeof backlogRow>> {
  const row = await sql.one(
    backlogRow,
    `SELECT count(*) FILTER (WHERE state = 'scheduled' AND wake_at <= standfirst.clock())::int AS due,
            min(due_at) FILTER (WHERE state = 'scheduled' AND wake_at <= standfirst.clock()) AS "oldestDueAt",
            count(*) FILTER (WHERE state = 'scheduled' AND wake_at > standfirst.clock())::int AS delayed,
            count(*) FILTER (WHERE state = 'publishing')::int AS active
       FROM standfirst.post WHERE state IN ('scheduled', 'publishing')`,
  );
  if (row === null) throw new Error('An aggregate without groups has one row.');
  return row;
}

const loadRow = z.object({
  accountId: z.string(),
  /** Unix milliseconds. */
  ahead: z.array(z.number()),
  sent: z.array(z.number()),
});

/**
 * When each account's posts of the stretch `[now, until)` are to go out, and when those of the hour before went. Bounded by
 * due time for the index's sake: what was due more than a day before and went out in that hour is not counted.
 */
export function loadOfAccounts(sql: Sql, now: Date, until: Date): Promise<z.infer<typeof loadRow>[]> {
  const inMs = (column: string): string => `floor(extract(epoch FROM ${column}) * 1000)::float8`;
  return sql.many(
    loadRow,
    `SELECT account_id AS "accountId",
            coalesce(array_agg(${inMs('greatest(due_at, wake_at)')} ORDER BY due_at) FILTER (WHERE state <> 'published'), '{}') AS ahead,
            coalesce(array_agg(${inMs('published_at')}) FILTER (WHERE state = 'published'), '{}') AS sent
       FROM standfirst.post
      WHERE (state IN ('scheduled', 'publishing') AND due_at < $2)
         OR (state = 'published' AND due_at >= $1::timestamptz - interval '1 day' AND published_at > $1::timestamptz - interval '1 hour')
      GROUP BY account_id`,
    [now, until],
  );
}
