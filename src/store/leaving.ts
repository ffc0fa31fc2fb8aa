import { z } from 'zod';
import type { Sql } from './database.ts';
import { EMBARGOED } from './embargo.ts';
import { BESIDE, FEW } from './few.ts';
import { HELD, KEEPER, keeper, WORTHLESS } from './keeper.ts';

/** The last look at a claimed post, right before a request of it leaves. */

/** A reserved attempt that is about to leave. */
export interface SentMark {
  readonly postId: string;
  readonly attemptId: string;
  readonly fence: number;
  readonly frozen: unknown;
}

/**
 * Marks reserved attempts as sent, right before their requests leave, where the post is still ours and nothing keeps it back
 * since: no hold, no embargo, and for a first part not the end of what it is worth.
 * @returns for each whether it may be sent.
 */
export async function markSent(sql: Sql, marks: readonly SentMark[]): Promise<boolean[]> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `WITH marked AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[]) AS marked (attempt_id, post_id, fence, frozen) WHERE ${FEW('attempt_id')}
     )
     UPDATE standfirst.attempt SET phase = 'sent', sent_at = standfirst.clock(), frozen = coalesce(marked.frozen::jsonb, attempt.frozen)
       FROM marked, standfirst.post AS post, standfirst.post_revision AS rev
      WHERE attempt.id = marked.attempt_id AND ${BESIDE(`attempt.phase = 'reserved'`)} AND post.id = marked.post_id AND post.fence = marked.fence
        AND ${BESIDE(`post.state = 'publishing'`)} AND rev.post_id = post.id AND rev.n = post.revision AND NOT ${HELD} AND NOT ${EMBARGOED}
        AND NOT ${WORTHLESS('attempt.part')}
     RETURNING attempt.id`,
    [
      marks.map((mark) => mark.attemptId),
      marks.map((mark) => mark.postId),
      marks.map((mark) => mark.fence),
      marks.map(({ frozen }) => (frozen === undefined || frozen === null ? null : JSON.stringify(frozen))),
    ],
    'mark-sent',
  );
  const sent = new Set(rows.map((row) => row.id));
  return marks.map(({ attemptId }) => sent.has(attemptId));
}

const openedRow = z.object({ key: z.string(), createdAt: z.date(), frozen: z.unknown(), keeper });

/**
 * Opens the attempt at the next part of a thread, under the same claim; `reserved`, with what it is, where something keeps it
 * back: then it has to be released. Null where the post is not ours any more.
 */
export async function openNextPart(
  sql: Sql,
  claim: { postId: string; fence: number; revision: number; hash: string },
  part: number,
  workerId: string,
  attemptId: string,
  phase: 'reserved' | 'sent',
): Promise<z.infer<typeof openedRow> | null> {
  return sql.one(
    openedRow,
    `WITH mine AS (
       SELECT post.id, ${KEEPER('$5::int')} AS keeper
         FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
        WHERE post.id = $2 AND post.fence = $3 AND post.state = 'publishing'
     ), opened AS (
       INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, worker_id, request_hash, idempotency_key, phase, started_at, sent_at)
       SELECT $1, id, $4, $5, 1, $3, $6, $7, replace(id, 'post_', '') || '-' || $4::int || '-' || $5::int,
              CASE WHEN keeper IS NULL THEN $8 ELSE 'reserved' END, standfirst.clock(),
              CASE WHEN keeper IS NULL AND $8 = 'sent' THEN standfirst.clock() END
         FROM mine
       RETURNING idempotency_key AS key, started_at AS "createdAt", frozen
     )
     SELECT opened.*, mine.keeper FROM opened, mine`,
    [attemptId, claim.postId, claim.fence, claim.revision, part, workerId, claim.hash, phase],
  );
}
