import { z } from 'zod';
import type { Sql } from './database.ts';

const countRow = z.object({ tries: z.number(), leftS: z.number() });

/** A window that ends later than any of ours can was begun before the clock was set back. */
const IS_OPEN = `try.ends_at > standfirst.clock() AND try.ends_at < standfirst.clock() + make_interval(secs => 2 * $3)`;

/**
 * Counts one try, in windows that begin with the first and end by the database's clock.
 * @returns how many there were in this window, this one too, and in how many seconds it ends.
 */
export async function countTry(
  sql: Sql,
  limitName: string,
  who: string,
  windowS: number,
): Promise<z.infer<typeof countRow>> {
  const row = await sql.one(
    countRow,
    `INSERT INTO standfirst.try (limit_name, who, tries, ends_at)
     VALUES ($1, $2, 1, standfirst.clock() + make_interval(secs => $3))
     ON CONFLICT (limit_name, who) DO UPDATE SET
       tries = CASE WHEN ${IS_OPEN} THEN try.tries + 1 ELSE 1 END,
       ends_at = CASE WHEN ${IS_OPEN} THEN try.ends_at ELSE excluded.ends_at END
     RETURNING tries, ceil(extract(epoch FROM ends_at - standfirst.clock()))::int AS "leftS"`,
    [limitName, who, windowS],
  );
  if (row === null) throw new Error('A try was not counted.');
  return row;
}

/** Forgets windows that have ended. @returns how many. */
export function forgetTries(sql: Sql, limit: number): Promise<number> {
  return sql.run(
    `DELETE FROM standfirst.try WHERE (limit_name, who) IN (
       SELECT limit_name, who FROM standfirst.try WHERE ends_at < standfirst.clock() ORDER BY ends_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [limit],
  );
}
