import { z } from 'zod';
import type { Database, Sql } from './database.ts';

/** Runs `work` for an account in one transaction, if no other process is at it. @returns whether it ran. */
export async function accountLock(
  database: Database,
  accountId: string,
  work: (sql: Sql) => Promise<void>,
): Promise<boolean> {
  return database.transaction(async (sql) => {
    const row = await sql.one(
      z.object({ taken: z.boolean() }),
      `SELECT pg_try_advisory_xact_lock(hashtextextended('standfirst account ' || $1, 0)) AS taken`,
      [accountId],
    );
    if (row?.taken !== true) return false;
    await work(sql);
    return true;
  });
}
