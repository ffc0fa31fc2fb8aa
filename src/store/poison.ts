import { z } from 'zod';
import type { Sql } from './database.ts';

/**
 * Claims, one after the other and without any outcome, after which a post whose worker died each time is left to a person.
 * Every outcome that is written down begins the count anew, a lost answer too.
 */
export const POISON_AFTER = 2;

/** How such a post failed. JSON. */
export const POISON =
  '{"kind": "refused", "cause": "poison", "detail": "Two workers stopped while they held this post."}';

/** Whether so many workers died with this post that it may not be sent again by itself. */
export async function isPoison(sql: Sql, postId: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ is: z.boolean() }),
    `SELECT claims >= ${POISON_AFTER} AS is FROM standfirst.post WHERE id = $1`,
    [postId],
  );
  return row?.is ?? false;
}

/** The network was asked and has not got it, and the post has killed its workers: it has failed. */
export async function failAsPoison(sql: Sql, attemptId: string): Promise<void> {
  await sql.run(
    `WITH done AS (
       UPDATE standfirst.attempt SET phase = 'absent', ended_at = standfirst.clock(), check_at = NULL WHERE id = $1 AND phase = 'unknown' RETURNING post_id
     ), failed AS (
       UPDATE standfirst.post AS post SET state = 'failed', failure = $2, wake = post.wake + 1, wake_at = NULL, version = post.version + 1,
              updated_at = standfirst.clock()
         FROM done WHERE post.id = done.post_id AND post.state = 'unknown' RETURNING post.id
     )
     INSERT INTO standfirst.event (type, subject, data) SELECT 'post.failed', id, '{"cause": "poison"}' FROM failed`,
    [attemptId, POISON],
  );
}
