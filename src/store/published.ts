import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { insertRevision, move } from './post.ts';
import type { Content } from './post.ts';
import { takeBackRecurrences } from './recurrence.ts';

/** What people do to a post that is out. */

const livePart = z.object({
  attemptId: z.string(),
  part: z.number(),
  key: z.string(),
  startedAt: z.date(),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  extra: z.record(z.string(), z.string()).nullable(),
});
export interface LivePart {
  readonly attemptId: string;
  readonly part: number;
  readonly key: string;
  readonly startedAt: Date;
  /** Null where a person said that the part is out: then nobody knows its id. */
  readonly receipt: Receipt | null;
}

/** Parts that are on the network now, in order. SQL; `post` must be in scope. */
export const PARTS_ONLINE = `ARRAY(SELECT part FROM standfirst.attempt
    WHERE attempt.post_id = post.id AND attempt.phase = 'published' AND attempt.removed_at IS NULL ORDER BY part)`;

const guard = `post.removed_at IS NULL AND (post.state = 'published' OR cardinality(${PARTS_ONLINE}) > 0)`;
const guardMessage = (id: string): string =>
  `nothing of post ${id} is on its network: it was removed from there, or never was`;

/** Takes a post that is out, or a thread of which a part is, for one change, until the transaction ends. @throws Refusal as `move`. */
export async function takePublished(
  sql: Sql,
  id: string,
  action: 'correct' | 'remove',
  version: number | null,
): Promise<{ revision: number }> {
  const set = action === 'correct' ? 'revision = post.revision + 1' : 'reason = post.reason';
  return move(sql, id, action, version, { set, guard, guardMessage: guardMessage(id) });
}

/** The parts that are on the network now, in order. */
export async function listLiveParts(sql: Sql, postId: string): Promise<LivePart[]> {
  const rows = await sql.many(
    livePart,
    `SELECT id AS "attemptId", part, idempotency_key AS key, started_at AS "startedAt", remote_id AS "remoteId", url, extra
       FROM standfirst.attempt WHERE post_id = $1 AND phase = 'published' AND removed_at IS NULL ORDER BY part`,
    [postId],
  );
  return rows.map(({ remoteId, url, extra, ...row }) => ({
    ...row,
    receipt: remoteId === null || remoteId === '' ? null : { remoteId, url, ...(extra === null ? {} : { extra }) },
  }));
}

/** Writes the text that is now out as the revision `takePublished` counted; correcting it is approving it. */
export async function recordCorrected(
  sql: Sql,
  id: string,
  revision: number,
  content: Content,
  actor: string,
): Promise<void> {
  const hashBefore = await insertRevision(sql, id, revision, content, actor);
  const before = await sql.one(
    z.object({ approvedBy: z.string().nullable() }),
    `UPDATE standfirst.post SET approved_hash = $2, approved_by = $3, approved_at = standfirst.clock()
       FROM (SELECT approved_by FROM standfirst.post WHERE id = $1) AS was WHERE id = $1 RETURNING was.approved_by AS "approvedBy"`,
    [id, content.hash, actor],
  );
  const changed = { before, after: { approvedBy: actor } };
  await recordEvent(sql, { type: 'post.corrected', subject: id, actor, data: { revision }, changed, hashBefore });
  await takeBackRecurrences(sql, id, 'corrected', actor);
}

/** Nothing more goes out of a thread that was cut, once a message of it is gone: what is left would answer to nothing. */
export async function recordPartRemoved(sql: Sql, attemptId: string, actor: string): Promise<void> {
  await sql.run(
    `WITH gone AS (
       UPDATE standfirst.attempt SET removed_at = standfirst.clock() WHERE id = $1 RETURNING post_id
     ), ended AS (
       UPDATE standfirst.post AS post SET state = 'cancelled', wake_at = NULL, wake = post.wake + 1, version = post.version + 1, updated_at = standfirst.clock()
         FROM gone WHERE post.id = gone.post_id AND post.state <> ALL ('{published, superseded, cancelled}') RETURNING post.id
     )
     INSERT INTO standfirst.event (type, subject, actor, data)
     SELECT 'post.cancelled', id, $2, '{"reason": "What was out of it was removed."}' FROM ended`,
    [attemptId, actor],
  );
}

/** Every part is gone. The post stays as history. */
export async function recordRemoved(sql: Sql, id: string, reason: string | null, actor: string): Promise<void> {
  const row = await sql.one(
    z.object({ removedAt: z.date(), reasonBefore: z.string().nullable(), reason: z.string().nullable() }),
    `UPDATE standfirst.post SET removed_at = standfirst.clock(), reason = coalesce($2, post.reason)
       FROM (SELECT reason FROM standfirst.post WHERE id = $1) AS was WHERE id = $1
     RETURNING removed_at AS "removedAt", was.reason AS "reasonBefore", post.reason`,
    [id, reason],
  );
  const changed = {
    before: { removedAt: null, reason: row?.reasonBefore },
    after: { removedAt: row?.removedAt, reason: row?.reason },
  };
  await recordEvent(sql, { type: 'post.removed', subject: id, actor, data: { reason }, changed });
  await takeBackRecurrences(sql, id, 'removed', actor, reason);
}
