import { z } from 'zod';
import { attemptPhases } from '../domain/attempt.ts';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from './database.ts';
import { failureColumn } from './post.ts';

export const attemptRow = z.object({
  id: z.string(),
  postId: z.string(),
  revision: z.number(),
  part: z.number(),
  n: z.number(),
  phase: z.enum(attemptPhases),
  key: z.string(),
  frozen: z.unknown(),
  failure: failureColumn.nullable(),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  extra: z.record(z.string(), z.string()).nullable(),
  startedAt: z.date(),
  sentAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  checks: z.number(),
  checkAt: z.date().nullable(),
  /** Of the trace that sent it; null where none was kept. */
  traceId: z.string().nullable(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

const columns = `id, post_id AS "postId", revision, part, n, phase, idempotency_key AS key, frozen, failure, remote_id AS "remoteId", url, extra,
  started_at AS "startedAt", sent_at AS "sentAt", ended_at AS "endedAt", checks, check_at AS "checkAt",
  (SELECT substring(traceparent FROM 4 FOR 32) FROM standfirst.trace_mark WHERE subject = attempt.id) AS "traceId"`;

export function getAttempt(sql: Sql, id: string): Promise<AttemptRow | null> {
  return sql.one(attemptRow, `SELECT ${columns} FROM standfirst.attempt WHERE id = $1`, [id]);
}

export function listAttempts(sql: Sql, postId: string): Promise<AttemptRow[]> {
  return sql.many(attemptRow, `SELECT ${columns} FROM standfirst.attempt WHERE post_id = $1 ORDER BY part, n`, [
    postId,
  ]);
}

/** Receipts of the parts that are out, in order. */
export async function listReceipts(sql: Sql, postId: string): Promise<Receipt[]> {
  const rows = await sql.many(
    z.object({
      remoteId: z.string().nullable(),
      url: z.string().nullable(),
      extra: z.record(z.string(), z.string()).nullable(),
    }),
    `SELECT remote_id AS "remoteId", url, extra FROM standfirst.attempt WHERE post_id = $1 AND phase = 'published' ORDER BY part`,
    [postId],
  );
  return rows.map((row) => ({
    remoteId: row.remoteId ?? '',
    url: row.url,
    ...(row.extra === null ? {} : { extra: row.extra }),
  }));
}

/** The event of each verdict; none for a retry, which is no news. */
const eventOf = { failed: 'post.failed', scheduled: 'post.delayed', unknown: 'post.unknown' } as const;

/**
 * Writes how an attempt failed and what becomes of its post, in one statement. A worker that was taken for dead, and wakes
 * with a definite no, also settles what was called unknown meanwhile: it alone knows that nothing has left.
 * @returns the post's new wake number where it is to be rung again, else null.
 */
export async function recordFailure(
  sql: Sql,
  attemptId: string,
  failure: Failure,
  verdict: Verdict,
): Promise<{ postId: string; wake: number; wakeAt: Date | null } | null> {
  const detail = {
    kind: failure.kind,
    cause: failure.cause,
    detail: failure.detail,
    ...(failure.code === undefined ? {} : { code: failure.code }),
  };
  const isUnknown = verdict.state === 'unknown';
  const isRetry = verdict.state === 'scheduled';
  return sql.one(
    z.object({ postId: z.string(), wake: z.number(), wakeAt: z.date().nullable() }),
    `WITH done AS (
       UPDATE standfirst.attempt SET phase = $2, failure = $3, ended_at = CASE WHEN $2 = 'unknown' THEN NULL ELSE standfirst.clock() END,
              check_at = standfirst.clock() + make_interval(secs => $6::float8 / 1000.0)
        WHERE id = $1 AND (phase IN ('reserved', 'sent') OR (phase = 'unknown' AND $2 <> 'unknown')) RETURNING post_id
     ), post AS (
       UPDATE standfirst.post AS post
          SET state = $4, failure = $3, version = post.version + 1, updated_at = standfirst.clock(), claims = 0,
              wake = post.wake + 1, tries = post.tries + $7,
              wake_at = CASE WHEN $4 = 'scheduled' THEN standfirst.clock() + make_interval(secs => $5::float8 / 1000.0) END
         FROM done WHERE post.id = done.post_id AND post.state IN ('publishing', 'unknown')
       RETURNING post.id, post.account_id, post.wake, post.wake_at
     ), told AS (
       INSERT INTO standfirst.event (type, subject, data)
       SELECT $8, id, $3::jsonb || jsonb_build_object('accountId', account_id) FROM post
     )
     SELECT id AS "postId", wake, wake_at AS "wakeAt" FROM post`,
    [
      attemptId,
      failure.kind,
      JSON.stringify(detail),
      verdict.state,
      isRetry ? verdict.afterMs : null,
      isUnknown ? verdict.checkAfterMs : null,
      isRetry && verdict.countsAsTry ? 1 : 0,
      eventOf[verdict.state],
    ],
  );
}

/** A claim that ended without a request: the attempt is closed as not delivered, the post waits again. */
export async function releaseClaim(sql: Sql, attemptId: string, detail: string): Promise<void> {
  await recordFailure(
    sql,
    attemptId,
    { kind: 'down', cause: 'internal', detail },
    { state: 'scheduled', afterMs: 0, countsAsTry: false },
  );
}

/**
 * A look-up came back without an answer: when to look again, or null where only a person can tell. Of two that were made at
 * a time, the first counts.
 */
export async function recordCheckOfUnknown(
  sql: Sql,
  { id, checks }: Pick<AttemptRow, 'id' | 'checks'>,
  detail: string,
  nextAfterMs: number | null,
): Promise<void> {
  await sql.run(
    `UPDATE standfirst.attempt SET checks = checks + 1, check_at = standfirst.clock() + make_interval(secs => $2::float8 / 1000.0),
            failure = coalesce(failure, '{}') || jsonb_build_object('lastCheck', $3::text) WHERE id = $1 AND phase = 'unknown' AND checks = $4`,
    [id, nextAfterMs, detail, checks],
  );
}

/**
 * The part is provably not there, and the network refuses a second by itself: the post may go out again, in `afterMs`, and
 * has been tried once more.
 */
export async function settleAbsent(
  sql: Sql,
  attemptId: string,
  afterMs: number,
): Promise<{ postId: string; wake: number } | null> {
  return sql.one(
    z.object({ postId: z.string(), wake: z.number() }),
    `WITH done AS (
       UPDATE standfirst.attempt SET phase = 'absent', ended_at = standfirst.clock(), check_at = NULL WHERE id = $1 AND phase = 'unknown' RETURNING post_id
     )
     UPDATE standfirst.post AS post SET state = 'scheduled', wake = post.wake + 1, version = post.version + 1, tries = post.tries + 1,
            wake_at = standfirst.clock() + make_interval(secs => $2::float8 / 1000.0), updated_at = standfirst.clock()
       FROM done WHERE post.id = done.post_id AND post.state = 'unknown' RETURNING post.id AS "postId", post.wake`,
    [attemptId, afterMs],
  );
}

/** After a part of a thread was found out there: the post goes on with the next part. */
export async function resumeThread(sql: Sql, postId: string): Promise<number | null> {
  const row = await sql.one(
    z.object({ wake: z.number() }),
    `UPDATE standfirst.post SET state = 'scheduled', wake = wake + 1, wake_at = standfirst.clock(), version = version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND state = 'unknown' RETURNING wake`,
    [postId],
  );
  return row?.wake ?? null;
}
