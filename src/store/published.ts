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

const guard = 'post.removed_at IS NULL';
const guardMessage = (id: string): string => `post ${id} was removed from its network`;

/** Takes a published post for one change, until the transaction ends. @throws Refusal as `move`. */
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

export async function recordPartRemoved(sql: Sql, attemptId: string): Promise<void> {
  await sql.run(`UPDATE standfirst.attempt SET removed_at = standfirst.clock() WHERE id = $1`, [attemptId]);
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
