import { getAccount } from './account.ts';
import { cancelPosts } from './cancel-posts.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { staleVersion } from './stale-version.ts';

/** A statement that ends more may take longer than one may. */
const AT_ONCE = 1_000;
/** SQL; `$1`: the account. */
const NOT_OUT = `account_id = $1 AND state IN ('draft', 'in_review', 'approved', 'scheduled')`;

/**
 * Removes an account for good: its credentials are wiped, what has not gone out is cancelled, and all other posts stay as history.
 * @throws Refusal not-found, stale-version.
 */
export async function removeAccount(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  const account = found(await getAccount(sql, id), 'account', id);
  const changed = await sql.run(
    `UPDATE standfirst.account SET state = 'removed', credentials = '', problem = NULL, updated_at = standfirst.clock()
      WHERE id = $1 AND state <> 'removed' AND ($2::int IS NULL OR version = $2)`,
    [id, version],
  );
  if (changed === 0) {
    const now = found(await getAccount(sql, id), 'account', id);
    throw staleVersion(`Account ${id}`, now.version, version);
  }
  const { network, name, state, settings } = account;
  await recordEvent(sql, {
    type: 'account.removed',
    subject: id,
    actor,
    before: { network, name, state, settings },
  });
  const because = { reason: 'Its account was removed.', actor };
  while ((await cancelPosts(sql, NOT_OUT, id, because, AT_ONCE)).length === AT_ONCE);
}
