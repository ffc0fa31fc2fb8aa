import type { AccountRow, AccountSettings } from './account.ts';
import { accountColumns, accountRow, getAccount } from './account.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { staleVersion } from './stale-version.ts';

/** Changes what an editor decides about an account. @throws Refusal not-found, or stale-version where it has moved on. */
export async function changeAccount(
  sql: Sql,
  id: string,
  version: number | null,
  change: { name: string; settings: AccountSettings },
  actor: string,
): Promise<AccountRow> {
  const before = await getAccount(sql, id);
  const row = await sql.one(
    accountRow,
    `UPDATE standfirst.account SET name = $3, settings = $4, version = version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND state <> 'removed' AND ($2::int IS NULL OR version = $2) RETURNING ${accountColumns}`,
    [id, version, change.name, JSON.stringify(change.settings)],
  );
  if (row === null) {
    const now = found(await getAccount(sql, id), 'account', id);
    throw staleVersion(`Account ${id}`, now.version, version);
  }
  await recordEvent(sql, {
    type: 'account.changed',
    subject: id,
    actor,
    data: { settings: change.settings },
    before: before && { name: before.name, settings: before.settings },
    after: change,
  });
  return row;
}
