import { z } from 'zod';
import type { Sql } from './database.ts';

/** Who places the hold of a restore, and by whom posts come in doubt after it. */
export const RESTORE = 'restore';

/**
 * Puts what is due in doubt, because another installation of the same posts may have sent it: an attempt as if its answer had
 * been lost, at the part it would have sent, under the key it would have used. The look-up settles it, or a person.
 * @param detail why, in one sentence. @param writtenBefore posts of later are this installation's alone. @returns how many posts.
 */
export async function doubtWhatIsDue(
  sql: Sql,
  detail: string,
  attemptId: () => string,
  writtenBefore: Date | null = null,
): Promise<number> {
  const failure = JSON.stringify({ kind: 'unknown', cause: 'timeout_unknown', detail });
  const due = await sql.many(
    z.object({ id: z.string() }),
    `UPDATE standfirst.post SET state = 'unknown', fence = fence + 1, wake = wake + 1, wake_at = NULL, version = version + 1, failure = $1
      WHERE state = 'scheduled' AND wake_at <= standfirst.clock() AND ($2::timestamptz IS NULL OR created_at <= $2) RETURNING id`,
    [failure, writtenBefore],
  );
  await sql.run(
    `INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, request_hash, idempotency_key, phase, failure, started_at, sent_at, check_at)
     SELECT given.attempt_id, post.id, post.revision, part, 1 + (SELECT count(*) FROM standfirst.attempt WHERE post_id = post.id AND attempt.part = done.part),
            post.fence, rev.hash, replace(post.id, 'post_', '') || '-' || post.revision || '-' || part, 'unknown', $3, post.due_at, post.due_at,
            standfirst.clock()
       FROM unnest($1::text[], $2::text[]) AS given (post_id, attempt_id) JOIN standfirst.post ON post.id = given.post_id
       JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision,
            LATERAL (SELECT count(*)::int AS part FROM standfirst.attempt WHERE post_id = post.id AND phase = 'published') AS done`,
    [due.map((post) => post.id), due.map(attemptId), failure],
  );
  await sql.run(
    `INSERT INTO standfirst.event (type, subject, actor, data) SELECT 'post.unknown', id, $2, '{"cause": "timeout_unknown"}' FROM unnest($1::text[]) AS id`,
    [due.map((post) => post.id), RESTORE],
  );
  return due.length;
}
