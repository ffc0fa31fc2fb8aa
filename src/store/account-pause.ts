import type { Failure } from '../domain/errors.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';

/** So many refusals in a row for want of a permission, a ban included, and the account stops by itself. */
const IN_A_ROW = 3;

/**
 * Pauses an account whose last three attempts since it was connected were all refused for want of a permission: going on
 * makes networks block an app. Its posts wait; a check that finds it in order lets it go on.
 * @returns whether this call paused it.
 */
export async function pauseAfterRefusals(sql: Sql, id: string, failure: Failure): Promise<boolean> {
  const detail = `${IN_A_ROW} posts in a row were refused. ${failure.detail}`.slice(0, 1024);
  const paused = await sql.run(
    `UPDATE standfirst.account SET state = 'paused', problem = $2, version = version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND state = 'connected' AND $3 = (
        SELECT count(*) FILTER (WHERE last.phase = 'refused' AND last.failure ->> 'cause' = 'permission')
          FROM (SELECT attempt.phase, attempt.failure FROM standfirst.attempt JOIN standfirst.post ON post.id = attempt.post_id
                 WHERE post.account_id = $1 AND attempt.ended_at > account.credentials_at
                 ORDER BY attempt.ended_at DESC LIMIT $3) AS last)`,
    [id, JSON.stringify({ kind: failure.kind, cause: failure.cause, detail }), IN_A_ROW],
  );
  if (paused > 0)
    await recordEvent(sql, { type: 'account.paused', subject: id, data: { cause: failure.cause, detail } });
  return paused > 0;
}
