import { z } from 'zod';
import { resumeThread } from './attempt.ts';
import type { LivePart } from './attempt-thread.ts';
import { recordThread } from './attempt-thread.ts';
import { recordCost } from './cost.ts';
import type { Database, Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { recordPublished } from './receipt.ts';

/** What a receipt says that came after its attempt had been settled without it. */
export interface LateReceipt {
  /** `id` is the attempt. */
  readonly first: LivePart;
  /** Of the parts after it, where one request took the whole thread. */
  readonly rest: readonly LivePart[];
  /** Whether nothing of the post comes after these. */
  readonly isLast: boolean;
}

/**
 * - `known`: it is written down already;
 * - `filled-in`: a person had seen it there, and now it is known what it is called;
 * - `settled`: it had been settled as not sent and was not sent again yet, so that it is not;
 * - `twice`: it is there once more than it should be, which a person is told.
 */
export type LateAnswer = 'known' | 'filled-in' | 'settled' | 'twice';

const lockedRow = z.object({
  postId: z.string(),
  accountId: z.string(),
  part: z.number(),
  phase: z.string(),
  remoteId: z.string().nullable(),
  isToldTwice: z.boolean(),
  /** Its text is the one that was sent, and it waits to be sent again, or was given up. */
  mayBeSettled: z.boolean(),
});
type Locked = z.infer<typeof lockedRow>;

/** Writes down what nobody waited for any more, in the post's history too. Told twice, it answers `known`. */
export function recordLateReceipt(database: Database, late: LateReceipt): Promise<LateAnswer> {
  return database.transaction(async (sql) => {
    const { first } = late;
    const row = await locked(sql, first.id);
    if (row === null || row.isToldTwice || row.remoteId === first.receipt.remoteId) return 'known';
    const others = await othersAt(sql, first.id, row);
    if (others.some(({ remoteId }) => remoteId === first.receipt.remoteId)) return 'known';
    if (row.phase === 'published' && row.remoteId === null && late.rest.length === 0) {
      await fillIn(sql, row, first);
      return 'filled-in';
    }
    if (row.phase !== 'published' && row.mayBeSettled && others.length === 0) {
      await settle(sql, row, late);
      return 'settled';
    }
    await tellTwice(sql, row, late);
    return 'twice';
  });
}

function locked(sql: Sql, attemptId: string): Promise<Locked | null> {
  return sql.one(
    lockedRow,
    `SELECT post.id AS "postId", post.account_id AS "accountId", attempt.part, attempt.phase, attempt.remote_id AS "remoteId",
            coalesce(attempt.failure ->> 'cause' = 'sent_twice', false) AS "isToldTwice",
            post.revision = attempt.revision AND post.state IN ('scheduled', 'failed', 'stale') AS "mayBeSettled"
       FROM standfirst.attempt JOIN standfirst.post ON post.id = attempt.post_id
      WHERE attempt.id = $1 FOR NO KEY UPDATE OF attempt, post`,
    [attemptId],
  );
}

/** Other tries at the part that are under way or there; asked once the post is locked. */
function othersAt(sql: Sql, attemptId: string, { postId, part }: Locked): Promise<{ remoteId: string | null }[]> {
  return sql.many(
    z.object({ remoteId: z.string().nullable() }),
    `SELECT remote_id AS "remoteId" FROM standfirst.attempt
      WHERE post_id = $1 AND part = $2 AND id <> $3 AND phase IN ('reserved', 'sent', 'unknown', 'published')`,
    [postId, part, attemptId],
  );
}

async function fillIn(
  sql: Sql,
  { postId, accountId, part }: Locked,
  { id, receipt, microUsd }: LivePart,
): Promise<void> {
  const { remoteId, url } = receipt;
  await sql.run(
    `UPDATE standfirst.attempt SET remote_id = $2, url = coalesce(url, $3), extra = coalesce($4::jsonb, extra) WHERE id = $1`,
    [id, remoteId, url, receipt.extra === undefined ? null : JSON.stringify(receipt.extra)],
  );
  await sql.run(
    `UPDATE standfirst.post SET url = CASE WHEN $2 = 0 THEN coalesce(url, $3) ELSE url END, version = version + 1, updated_at = standfirst.clock()
      WHERE id = $1`,
    [postId, part, url],
  );
  await recordCost(sql, id, accountId, microUsd);
  await recordEvent(sql, { type: 'post.answered-late', subject: postId, data: { attemptId: id, part, remoteId, url } });
}

/** As if nobody had settled it: it is out, and what is left of it goes on. */
async function settle(sql: Sql, { postId, part }: Locked, { first, rest, isLast }: LateReceipt): Promise<void> {
  const { id: attemptId, receipt, microUsd } = first;
  await sql.run(
    `WITH opened AS (
       UPDATE standfirst.attempt SET phase = 'unknown', ended_at = NULL, failure = failure - 'unasked' WHERE id = $1 RETURNING post_id
     )
     UPDATE standfirst.post SET state = 'unknown', fence = fence + 1, wake = wake + 1, wake_at = NULL FROM opened WHERE post.id = opened.post_id`,
    [attemptId],
  );
  const { remoteId, url } = receipt;
  await recordEvent(sql, { type: 'post.answered-late', subject: postId, data: { attemptId, part, remoteId, url } });
  if (rest.length > 0) await recordThread(sql, first, rest);
  else await recordPublished(sql, { attemptId, receipt, isLast, microUsd });
  if (!isLast) await resumeThread(sql, postId);
}

async function tellTwice(sql: Sql, { postId, accountId, part, phase }: Locked, late: LateReceipt): Promise<void> {
  const { id, receipt, microUsd } = late.first;
  const { remoteId, url } = receipt;
  const urls = late.rest.flatMap((one) => one.receipt.url ?? []);
  const where = url === null ? `as ${remoteId}` : `at ${url}`;
  const detail = `The network’s answer came after this try had been settled without it: it is there ${where}.`;
  const failure = { kind: 'unknown', cause: 'sent_twice', detail };
  await sql.run(
    `UPDATE standfirst.attempt SET failure = $2, remote_id = CASE WHEN $5 THEN remote_id ELSE $3 END, url = CASE WHEN $5 THEN url ELSE $4 END WHERE id = $1`,
    [id, JSON.stringify(failure), remoteId, url, phase === 'published'],
  );
  await sql.run(`UPDATE standfirst.post SET version = version + 1, updated_at = standfirst.clock() WHERE id = $1`, [
    postId,
  ]);
  await recordCost(sql, id, accountId, microUsd);
  const data = { accountId, attemptId: id, part, remoteId, url, ...(urls.length > 0 ? { urls } : {}) };
  await recordEvent(sql, { type: 'post.sent-twice', subject: postId, data: { ...data, cause: 'sent_twice', detail } });
}
