import { z } from 'zod';
import { changeSql } from './change-sql.ts';
import type { Sql } from './database.ts';
import { IN_DOUBT } from './in-doubt.ts';

const cancelled = z.object({ id: z.string(), recurrenceId: z.string().nullable() });

/**
 * Cancels posts that nobody may send any more, with an event each. One that may be on its network already is not among them:
 * only a person can tell.
 * @param which SQL of `post` and `$1`, which is `of`. @param limit how many at most; null: all.
 */
export function cancelPosts(
  sql: Sql,
  which: string,
  of: string | readonly string[],
  because: { readonly reason: string; readonly actor: string },
  limit: number | null = null,
): Promise<z.infer<typeof cancelled>[]> {
  return sql.many(
    cancelled,
    `WITH was AS (
       SELECT id AS was_id, state AS state_before FROM standfirst.post AS post
        WHERE ${which} AND NOT ${IN_DOUBT}
        ORDER BY id LIMIT $4 FOR NO KEY UPDATE
     ), gone AS (
       UPDATE standfirst.post AS post
          SET state = 'cancelled', reason = $2, wake_at = NULL, wake = post.wake + 1, version = post.version + 1, updated_at = standfirst.clock()
         FROM was WHERE post.id = was_id
       RETURNING post.id, post.recurrence_id, state_before
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT 'post.cancelled', id, $3, jsonb_strip_nulls(jsonb_build_object('reason', $2::text, 'recurrence', recurrence_id)),
              ${changeSql('state', 'state_before', "'cancelled'")} FROM gone ORDER BY id
     )
     SELECT id, recurrence_id AS "recurrenceId" FROM gone ORDER BY id`,
    [of, because.reason, because.actor, limit],
  );
}
