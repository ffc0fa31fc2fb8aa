import { z } from 'zod';
import { attemptPhases } from '../domain/attempt.ts';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from './database.ts';
import { WAKE } from './embargo.ts';
import type { PageRequest } from './page.ts';
import { failureColumn } from './post.ts';
import type { Woken } from './post-moves.ts';

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

const told = `attempt.id, attempt.post_id AS "postId", attempt.revision, attempt.part, attempt.n, attempt.phase, attempt.idempotency_key AS key,
  attempt.failure, attempt.remote_id AS "remoteId", attempt.url, attempt.started_at AS "startedAt", attempt.sent_at AS "sentAt",
  attempt.ended_at AS "endedAt", attempt.checks, attempt.check_at AS "checkAt",
  (SELECT substring(traceparent FROM 4 FOR 32) FROM standfirst.trace_mark WHERE subject = attempt.id) AS "traceId"`;
const columns = `${told}, attempt.frozen, attempt.extra`;

export function getAttempt(sql: Sql, id: string): Promise<AttemptRow | null> {
  return sql.one(attemptRow, `SELECT ${columns} FROM standfirst.attempt WHERE id = $1`, [id]);
}

export function listAttempts(sql: Sql, postId: string): Promise<AttemptRow[]> {
  return sql.many(
    attemptRow,
    `SELECT ${columns} FROM standfirst.attempt WHERE post_id = $1 ORDER BY part, n`,
    [postId],
    'attempts-of-post',
  );
}

const listedAttempt = attemptRow
  .omit({ frozen: true, extra: true })
  .extend({ accountId: z.string(), network: z.string() });
export type ListedAttempt = z.infer<typeof listedAttempt>;

/** What is left out does not narrow a list of attempts. */
export interface AttemptFilter {
  readonly postId: string | null;
  readonly accountId: string | null;
  readonly network: string | null;
  readonly phases: readonly string[] | null;
  /** Begun not before, and before. */
  readonly since: Date | null;
  readonly until: Date | null;
}

/** Tries at sending, the latest first: ids are made in the order of time. */
export function pageAttempts(sql: Sql, filter: AttemptFilter, page: PageRequest): Promise<ListedAttempt[]> {
  return sql.many(
    listedAttempt,
    `SELECT ${told}, post.account_id AS "accountId", post.network
       FROM standfirst.attempt JOIN standfirst.post ON post.id = attempt.post_id
      WHERE ($2::text IS NULL OR attempt.id < $2) AND ($3::text IS NULL OR attempt.post_id = $3)
        AND ($4::text IS NULL OR post.account_id = $4) AND ($5::text IS NULL OR post.network = $5)
        AND ($6::text[] IS NULL OR attempt.phase = ANY ($6)) AND ($7::timestamptz IS NULL OR attempt.started_at >= $7)
        AND ($8::timestamptz IS NULL OR attempt.started_at < $8)
      ORDER BY attempt.id DESC LIMIT $1`,
    [
      page.limit,
      page.after?.[0] ?? null,
      filter.postId,
      filter.accountId,
      filter.network,
      filter.phases,
      filter.since,
      filter.until,
    ],
  );
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

const setBackRow = z.object({
  postId: z.string(),
  wake: z.number(),
  wakeAt: z.date().nullable(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
});

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
): Promise<z.infer<typeof setBackRow> | null> {
  const detail = {
    kind: failure.kind,
    cause: failure.cause,
    detail: failure.detail,
    ...(failure.code === undefined ? {} : { code: failure.code }),
  };
  const isUnknown = verdict.state === 'unknown';
  const isRetry = verdict.state === 'scheduled';
  return sql.one(
    setBackRow,
    `WITH done AS (
       UPDATE standfirst.attempt SET phase = $2, failure = $3, ended_at = CASE WHEN $2 = 'unknown' THEN NULL ELSE standfirst.clock() END,
              check_at = standfirst.clock() + make_interval(secs => $6::float8 / 1000.0)
        WHERE id = $1 AND (phase IN ('reserved', 'sent') OR (phase = 'unknown' AND $2 <> 'unknown')) RETURNING post_id
     ), post AS (
       UPDATE standfirst.post AS post
          SET state = $4, failure = $3, version = post.version + 1, updated_at = standfirst.clock(), claims = 0,
              wake = post.wake + 1, tries = post.tries + $7,
              wake_at = CASE WHEN $4 = 'scheduled' THEN ${WAKE('standfirst.clock() + make_interval(secs => $5::float8 / 1000.0)')} END
         FROM done WHERE post.id = done.post_id AND post.state IN ('publishing', 'unknown')
       RETURNING post.id, post.account_id, post.wake, post.wake_at, post.urgency
     ), told AS (
       INSERT INTO standfirst.event (type, subject, data)
       SELECT $8, id, $3::jsonb || jsonb_build_object('accountId', account_id) FROM post
     )
     SELECT id AS "postId", wake, wake_at AS "wakeAt", urgency FROM post`,
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

/**
 * A claim that ended without a request: the attempt is closed as not delivered, the post waits again. What of it is out stays
 * out. @returns as `recordFailure`.
 */
export function releaseClaim(sql: Sql, attemptId: string, detail: string): ReturnType<typeof recordFailure> {
  return recordFailure(
    sql,
    attemptId,
    { kind: 'down', cause: 'given_back', detail },
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

const wokenRow = z.object({ wake: z.number(), wakeAt: z.date() });

/**
 * The part is provably not there, or the network drops a second by itself: the post goes out again, in `afterMs`, and has
 * been tried once more.
 * @param wasAsked false where nobody knows whether it is there: then it is in doubt until that try has settled it.
 */
export async function settleAbsent(
  sql: Sql,
  attemptId: string,
  { afterMs, wasAsked }: { readonly afterMs: number; readonly wasAsked: boolean },
): Promise<Woken | null> {
  return sql.one(
    wokenRow,
    `WITH done AS (
       UPDATE standfirst.attempt SET phase = 'absent', ended_at = standfirst.clock(), check_at = NULL,
              failure = CASE WHEN $3 THEN failure ELSE failure || '{"unasked": true}' END
        WHERE id = $1 AND phase = 'unknown' RETURNING post_id
     )
     UPDATE standfirst.post AS post SET state = 'scheduled', wake = post.wake + 1, version = post.version + 1, tries = post.tries + 1,
            wake_at = ${WAKE('standfirst.clock() + make_interval(secs => $2::float8 / 1000.0)')}, updated_at = standfirst.clock()
       FROM done WHERE post.id = done.post_id AND post.state = 'unknown' RETURNING post.wake, post.wake_at AS "wakeAt"`,
    [attemptId, afterMs, wasAsked],
  );
}

/** After a part of a thread was found out there: the post goes on with the next part. */
export function resumeThread(sql: Sql, postId: string): Promise<Woken | null> {
  return sql.one(
    wokenRow,
    `UPDATE standfirst.post SET state = 'scheduled', wake = wake + 1, wake_at = ${WAKE('standfirst.clock()')}, version = version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND state = 'unknown' RETURNING wake, wake_at AS "wakeAt"`,
    [postId],
  );
}
