import { z } from 'zod';
import type { AccountRow } from './account.ts';
import { accountColumns, accountRow, getAccount, json, lackOf } from './account.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';

const sealed = z.object({ credentials: z.string(), network: z.string() });

/** The sealed credentials; only the step that opens them may ask. */
export function getSealedCredentials(sql: Sql, id: string): Promise<z.infer<typeof sealed> | null> {
  return sql.one(sealed, `SELECT credentials, network FROM standfirst.account WHERE id = $1`, [id]);
}

/**
 * Stores renewed credentials. An empty value never gets here: the caller has checked them against the network's schema. What
 * a person has to decide stays: a paused account is paused with new credentials too.
 */
export async function replaceCredentials(
  sql: Sql,
  id: string,
  credentials: string,
  expiresAt: Date | null,
): Promise<void> {
  await sql.run(
    `UPDATE standfirst.account SET credentials = $2, expires_at = $3, credentials_at = standfirst.clock(), refusals_in_row = 0,
            problem = CASE WHEN state = 'paused' THEN problem END, state = CASE WHEN state = 'paused' THEN state ELSE 'connected' END,
            version = version + 1, updated_at = standfirst.clock() WHERE id = $1 AND state <> 'removed'`,
    [id, credentials, expiresAt],
  );
}

/** What a person's new credentials bring. */
export interface Reconnected {
  /** Sealed by the key ring, never plain. */
  readonly credentials: string;
  readonly expiresAt: Date | null;
  readonly limits: Readonly<Record<string, unknown>> | null;
  readonly powers: Readonly<Record<string, unknown>> | null;
  readonly url: string | null;
  /** Permissions that they lack. */
  readonly missing: readonly string[];
  /** Whether a paused account goes on; one that lacks a permission stays paused all the same. */
  readonly resume: boolean;
}

/** New credentials from a person: what was wrong with the old ones is over. Settings and posts stay, and so does a pause. */
export async function reconnectAccount(sql: Sql, id: string, given: Reconnected, actor: string): Promise<AccountRow> {
  const before = found(await getAccount(sql, id), 'account', id);
  await replaceCredentials(sql, id, given.credentials, given.expiresAt);
  const lack = lackOf(given.missing);
  const row = await sql.one(
    accountRow,
    `UPDATE standfirst.account SET limits = coalesce(limits || $2, $2, limits), powers = $6, url = $3, checked_at = standfirst.clock(),
            state = CASE WHEN $5 AND $4::jsonb IS NULL THEN 'connected' ELSE state END,
            problem = CASE WHEN $4::jsonb IS NOT NULL THEN $4 WHEN $5 THEN NULL ELSE problem END
      WHERE id = $1 AND state <> 'removed' RETURNING ${accountColumns}`,
    [id, json(given.limits), given.url, json(lack), given.resume, json(given.powers)],
  );
  const after = found(row, 'account', id);
  await recordEvent(sql, {
    type: 'account.reconnected',
    subject: id,
    actor,
    data: { state: after.state },
    before: { state: before.state, expiresAt: before.expiresAt },
    after: { state: after.state, expiresAt: after.expiresAt },
  });
  return after;
}
