import { z } from 'zod';
import type { PostState } from '../domain/post.ts';
import type { Sql } from './database.ts';

/**
 * A part of the post may be on its network: the answer was lost, nobody could be asked, and what was sent after it has not
 * settled it. Its text has one key as long as it stays, by which the network drops a second. `post` must be in scope. SQL.
 */
export const IN_DOUBT = `EXISTS (SELECT FROM standfirst.attempt AS lost
    WHERE lost.post_id = post.id AND lost.phase = 'absent' AND lost.failure ? 'unasked'
      AND NOT EXISTS (SELECT FROM standfirst.attempt AS live
                       WHERE live.post_id = post.id AND live.part = lost.part AND live.phase = 'published'))`;

/** Whether what became of the post's last lost answer is still open while it waits to be sent again. */
export async function isInDoubt(sql: Sql, postId: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ is: z.boolean() }),
    `SELECT ${IN_DOUBT} AS is FROM standfirst.post AS post WHERE post.id = $1`,
    [postId],
  );
  return row?.is ?? false;
}

/**
 * Those of these posts that will not be sent again (failed, or stale) and are in doubt are unknown, with their last lost try
 * open again: only a person can tell now. Called in the transaction that ended them.
 */
export async function leaveToPerson(sql: Sql, postIds: readonly string[]): Promise<void> {
  const left = await becomeUnknown(sql, postIds, ['failed', 'stale']);
  if (left.length === 0) return;
  await sql.run(
    `INSERT INTO standfirst.event (type, subject, data)
     SELECT 'post.unknown', id, failure || jsonb_build_object('accountId', account_id) FROM standfirst.post WHERE id = ANY ($1) ORDER BY id`,
    [left],
  );
}

/**
 * The same for one that waits to be sent again, because a person has looked: what they say is the event of it.
 * @returns false where nothing is in doubt.
 */
export async function takeToPerson(sql: Sql, postId: string): Promise<boolean> {
  return (await becomeUnknown(sql, [postId], ['scheduled'])).length > 0;
}

/** @returns those of them that were in doubt. */
async function becomeUnknown(sql: Sql, postIds: readonly string[], from: readonly PostState[]): Promise<string[]> {
  if (postIds.length === 0) return [];
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `WITH mine AS (
       SELECT id FROM standfirst.post AS post WHERE id = ANY ($1) AND state = ANY ($2) AND ${IN_DOUBT}
        ORDER BY id FOR NO KEY UPDATE
     ), last AS (
       SELECT DISTINCT ON (post_id) attempt.id FROM standfirst.attempt JOIN mine ON mine.id = attempt.post_id
        WHERE phase = 'absent' AND failure ? 'unasked' ORDER BY post_id, part DESC, n DESC
     ), reopened AS (
       UPDATE standfirst.attempt SET phase = 'unknown', ended_at = NULL, check_at = NULL, failure = failure - 'unasked'
         FROM last WHERE attempt.id = last.id RETURNING attempt.post_id, attempt.failure
     )
     UPDATE standfirst.post AS post SET state = 'unknown', failure = reopened.failure, wake = post.wake + 1, wake_at = NULL,
            version = post.version + 1, updated_at = standfirst.clock()
       FROM reopened WHERE post.id = reopened.post_id RETURNING post.id`,
    [postIds, from],
  );
  return rows.map(({ id }) => id);
}
