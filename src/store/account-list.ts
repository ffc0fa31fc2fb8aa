import { z } from 'zod';
import type { AccountRow } from './account.ts';
import { accountColumns, accountRow } from './account.ts';
import type { Sql } from './database.ts';
import type { PageRequest } from './page.ts';

export interface AccountFilter {
  readonly network: string | null;
  /** Null: all but the removed ones. */
  readonly state: string | null;
}

/** Accounts, in the order they were added. */
export function pageAccounts(sql: Sql, filter: AccountFilter, page: PageRequest): Promise<AccountRow[]> {
  return sql.many(
    accountRow,
    `SELECT ${accountColumns} FROM standfirst.account
      WHERE ($2::text IS NULL OR network = $2) AND (state = $3 OR ($3::text IS NULL AND state <> 'removed'))
        AND ($4::text IS NULL OR id > $4) ORDER BY id LIMIT $1`,
    [page.limit, filter.network, filter.state, page.after?.[0] ?? null],
  );
}

/** When the first account was connected, also where it is removed by now. */
export async function firstConnected(sql: Sql): Promise<Date | null> {
  const row = z.object({ at: z.date().nullable() });
  return (await sql.one(row, `SELECT min(created_at) AS at FROM standfirst.account`))?.at ?? null;
}
