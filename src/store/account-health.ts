import type { Failure } from '../domain/errors.ts';
import { json, lackOf } from './account.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';

/** What checks and failures say of an account's connection. */

/**
 * Writes what a check of the account found. Limits that its server did not tell this time stay as they were, and so do the
 * end of the connection and the warning of it.
 */
export async function recordCheck(
  sql: Sql,
  id: string,
  seen: {
    remoteId: string;
    url: string | null;
    expiresAt: Date | null;
    limits: Readonly<Record<string, unknown>> | null;
    powers: Readonly<Record<string, unknown>> | null;
    missing: readonly string[];
  },
): Promise<void> {
  await sql.run(
    `UPDATE standfirst.account SET remote_id = $2, url = $3, expires_at = coalesce($4, expires_at), limits = coalesce(limits || $5, $5, limits), powers = $7, checked_at = standfirst.clock(),
            problem = CASE WHEN $6::jsonb IS NULL AND state = 'connected' AND problem ->> 'cause' = 'auth_expired'
                                AND expires_at IS NOT DISTINCT FROM coalesce($4, expires_at) THEN problem ELSE $6 END,
            state = CASE WHEN state = 'signed-out' OR (state = 'paused' AND problem IS NOT NULL AND $6::jsonb IS NULL)
                         THEN 'connected' ELSE state END, updated_at = standfirst.clock() WHERE id = $1`,
    [id, seen.remoteId, seen.url, seen.expiresAt, json(seen.limits), json(lackOf(seen.missing)), json(seen.powers)],
  );
}

/**
 * The account asks to be reconnected; its posts wait.
 * @param used the sealed credentials that were refused: somebody may have put others in their place meanwhile.
 */
export async function markSignedOut(sql: Sql, id: string, used: string, failure: Failure): Promise<void> {
  const changed = await sql.run(
    `UPDATE standfirst.account SET state = 'signed-out', problem = $2, version = version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND state = 'connected' AND credentials = $3`,
    [id, json({ kind: failure.kind, cause: failure.cause, detail: failure.detail }), used],
  );
  if (changed > 0)
    await recordEvent(sql, {
      type: 'account.disconnected',
      subject: id,
      data: { cause: failure.cause, detail: failure.detail },
    });
}

/** Notes that a connection will end and cannot be renewed; tells it once for each token. */
export async function warnOfExpiry(sql: Sql, id: string, detail: string): Promise<void> {
  const isNews = await sql.run(
    `UPDATE standfirst.account SET problem = $2, updated_at = standfirst.clock() WHERE id = $1 AND state = 'connected'
        AND NOT EXISTS (SELECT 1 FROM standfirst.event WHERE subject = $1 AND type = 'account.expiring' AND event.at > account.credentials_at)`,
    [id, json({ cause: 'auth_expired', detail })],
  );
  if (isNews > 0) await recordEvent(sql, { type: 'account.expiring', subject: id, data: { detail } });
  else await markLookedAt(sql, id);
}

/** Notes that an account is being asked about. Where no answer comes, it is asked about again in an hour. */
export async function markCheckBegun(sql: Sql, id: string): Promise<void> {
  await sql.run(`UPDATE standfirst.account SET checked_at = standfirst.clock() - interval '23 hours' WHERE id = $1`, [
    id,
  ]);
}

/** Notes that somebody looked after an account and changed nothing, so that it is not looked at again at once. */
export async function markLookedAt(sql: Sql, id: string): Promise<void> {
  await sql.run(`UPDATE standfirst.account SET updated_at = standfirst.clock() WHERE id = $1`, [id]);
}

/** No post of this account leaves for so long; a longer wait that was asked for before stays. */
export async function blockAccount(sql: Sql, id: string, forMs: number): Promise<void> {
  await sql.run(
    `UPDATE standfirst.account SET blocked_until = greatest(blocked_until, standfirst.clock() + make_interval(secs => $2::float8 / 1000.0))
      WHERE id = $1`,
    [id, forMs],
  );
}
