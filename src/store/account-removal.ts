import { z } from 'zod';
import { getAccount } from './account.ts';
import { changeSql } from './change-sql.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { IN_DOUBT } from './in-doubt.ts';
import { staleVersion } from './stale-version.ts';

/** A statement that ends more may take longer than one may. */
const AT_ONCE = 1_000;

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
  while ((await cancelSome(sql, id, actor)) === AT_ONCE);
}

/** One that may be on its network already is not among them: only a person can tell. @returns how many. */
async function cancelSome(sql: Sql, accountId: string, actor: string): Promise<number> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `WITH was AS (
       SELECT id AS was_id, state AS state_before FROM standfirst.post AS post
        WHERE account_id = $1 AND state IN ('draft', 'in_review', 'approved', 'scheduled') AND NOT ${IN_DOUBT}
        ORDER BY id LIMIT $3 FOR NO KEY UPDATE
     ), gone AS (
       UPDATE standfirst.post AS post
          SET state = 'cancelled', reason = $4, wake_at = NULL, wake = post.wake + 1, version = post.version + 1, updated_at = standfirst.clock()
         FROM was WHERE post.id = was_id
       RETURNING post.id, state_before
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT 'post.cancelled', id, $2, jsonb_build_object('reason', $4::text), ${changeSql('state', 'state_before', "'cancelled'")} FROM gone ORDER BY id
     )
     SELECT id FROM gone`,
    [accountId, actor, AT_ONCE, 'Its account was removed.'],
  );
  return rows.length;
}
