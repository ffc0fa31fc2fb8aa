import { z } from 'zod';
import { postStates } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { isUniqueViolation } from './database.ts';
import { partSchema } from './post.ts';

/** What a worker holds after it won a post: everything it needs to send, read in the statement that claimed it. */
const claimRow = z.object({
  postId: z.string(),
  accountId: z.string(),
  network: z.string(),
  fence: z.number(),
  tries: z.number(),
  revision: z.number(),
  parts: z.array(partSchema),
  lang: z.string(),
  hash: z.string(),
  dueAt: z.date(),
  credentials: z.string(),
  /** What the account's own server announced, over its network's limits. */
  limits: z.record(z.string(), z.unknown()).nullable(),
  accountVersion: z.number(),
  /** Most the account may cost in a month, in millionths of a US dollar. */
  capMicroUsd: z.number().nullable(),
  attemptId: z.string(),
  phase: z.enum(['reserved', 'sent']),
  part: z.number(),
  key: z.string(),
  /** When this part was first claimed: the same for every try, so that a second write is byte-identical. */
  createdAt: z.date(),
  frozen: z.unknown(),
});
export type Claim = z.infer<typeof claimRow>;

/** A row of `hold` that is open and matches. `post` and `rev` must be in scope. */
export const MATCHES = `hold.lifted_at IS NULL AND (hold.scope = 'all'
    OR (hold.scope = 'network' AND hold.target = post.network)
    OR (hold.scope = 'account' AND hold.target = post.account_id)
    OR (hold.scope = 'word' AND strpos(lower(rev.parts::text), lower(hold.target)) > 0))`;

/** A matching hold that has not been lifted. `post` and `rev` must be in scope. */
export const HELD = `EXISTS (SELECT 1 FROM standfirst.hold WHERE ${MATCHES})`;

/** The post's story is under embargo. `post` must be in scope. */
export const EMBARGOED = `EXISTS (SELECT 1 FROM standfirst.story WHERE story.id = post.story_id AND story.embargo_until > standfirst.clock())`;

/** An access token with less than this left is renewed before it is used. */
const TOKEN_MARGIN = `interval '30 seconds'`;

/**
 * Claims a due post and opens the attempt at its next part, in one statement and one commit. Of two workers that wake,
 * one gets the row; the other gets null. Due time, hold, embargo, staleness, approval, the account's state and its token
 * are checked here and nowhere else, by the database's clock.
 * @param phase `sent` for networks where a second write is the same write; `reserved` where it has to be marked apart. A post
 *   with images is `reserved` everywhere: they have to be fetched before its request can leave.
 */
export async function claimPost(
  sql: Sql,
  postId: string,
  workerId: string,
  attemptId: string,
  phase: 'reserved' | 'sent',
): Promise<Claim | null> {
  try {
    return await sql.one(
      claimRow,
      `WITH claimed AS (
         UPDATE standfirst.post AS post
            SET state = 'publishing', fence = post.fence + 1, claims = post.claims + 1, worker_id = $2, version = post.version + 1,
                updated_at = standfirst.clock()
           FROM standfirst.post_revision AS rev, standfirst.account AS account
          WHERE post.id = $1 AND rev.post_id = post.id AND rev.n = post.revision AND account.id = post.account_id
            AND post.state = 'scheduled' AND post.wake_at <= standfirst.clock() AND post.approved_hash = rev.hash
            AND (post.stale_at IS NULL OR post.stale_at > standfirst.clock())
            AND account.state = 'connected' AND (account.blocked_until IS NULL OR account.blocked_until <= standfirst.clock())
            AND (account.expires_at IS NULL OR account.expires_at > standfirst.clock() + ${TOKEN_MARGIN})
            AND NOT ${HELD} AND NOT ${EMBARGOED}
         RETURNING post.id, post.account_id, post.network, post.fence, post.tries, post.revision, post.due_at, rev.parts, rev.lang,
                   rev.hash, account.credentials, account.limits, account.version AS account_version,
                   (account.settings ->> 'monthlyCapMicroUsd')::float8 AS cap,
                   (SELECT count(*)::int FROM standfirst.attempt WHERE post_id = post.id AND phase = 'published') AS part
       ), earlier AS (
         SELECT count(*)::int AS tries, min(started_at) AS first_at,
                (array_agg(attempt.frozen ORDER BY attempt.n) FILTER (WHERE attempt.frozen IS NOT NULL))[1] AS frozen
           FROM standfirst.attempt, claimed
          WHERE attempt.post_id = claimed.id AND attempt.part = claimed.part AND attempt.revision = claimed.revision
       ), opened AS (
         INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, worker_id, request_hash, idempotency_key, frozen, phase, started_at, sent_at)
         SELECT $3, claimed.id, claimed.revision, claimed.part, earlier.tries + 1, claimed.fence, $2, claimed.hash,
                replace(claimed.id, 'post_', '') || '-' || claimed.revision || '-' || claimed.part, earlier.frozen, first.phase,
                standfirst.clock(), CASE WHEN first.phase = 'sent' THEN standfirst.clock() END
           FROM claimed, earlier,
                LATERAL (SELECT CASE WHEN jsonb_path_exists(claimed.parts, '$[*].media[*]') THEN 'reserved' ELSE $4 END AS phase) AS first
         RETURNING id, idempotency_key, started_at, phase
       )
       SELECT claimed.id AS "postId", account_id AS "accountId", network, fence, claimed.tries, revision, parts, lang, hash, due_at AS "dueAt",
              credentials, limits, account_version AS "accountVersion", cap AS "capMicroUsd", opened.id AS "attemptId", opened.phase, part, opened.idempotency_key AS key,
              coalesce(earlier.first_at, opened.started_at) AS "createdAt", earlier.frozen
         FROM claimed, earlier, opened`,
      [postId, workerId, attemptId, phase],
      'claim-post',
    );
  } catch (error) {
    // Another attempt at this part is open or was successful: the lock has done its work.
    if (isUniqueViolation(error, 'attempt_one_open')) return null;
    throw error;
  }
}

/**
 * Marks a reserved attempt as sent, right before its request leaves, if the post is still ours and not held meanwhile.
 * @returns false where it may not be sent.
 */
export async function markSent(
  sql: Sql,
  claim: { postId: string; attemptId: string; fence: number },
  frozen: unknown,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE standfirst.attempt SET phase = 'sent', sent_at = standfirst.clock(), frozen = coalesce($4::jsonb, frozen)
       FROM ${'standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision'}
      WHERE attempt.id = $1 AND attempt.phase = 'reserved' AND post.id = $2 AND post.fence = $3 AND post.state = 'publishing' AND NOT ${HELD}`,
    [
      claim.attemptId,
      claim.postId,
      claim.fence,
      frozen === undefined || frozen === null ? null : JSON.stringify(frozen),
    ],
  );
  return changed > 0;
}

const openedRow = z.object({ key: z.string(), createdAt: z.date(), frozen: z.unknown() });

/** Opens the attempt at the next part of a thread, under the same claim. Null where the post is held or not ours any more. */
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
    `INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, worker_id, request_hash, idempotency_key, phase, started_at, sent_at)
     SELECT $1, post.id, $4, $5, 1, $3, $6, $7, replace(post.id, 'post_', '') || '-' || $4::int || '-' || $5::int, $8, standfirst.clock(),
            CASE WHEN $8 = 'sent' THEN standfirst.clock() END
       FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
      WHERE post.id = $2 AND post.fence = $3 AND post.state = 'publishing' AND NOT ${HELD}
     RETURNING idempotency_key AS key, started_at AS "createdAt", frozen`,
    [attemptId, claim.postId, claim.fence, claim.revision, part, workerId, claim.hash, phase],
  );
}

const whyRow = z.object({
  state: z.enum(postStates),
  network: z.string(),
  waitMs: z.number().nullable(),
  isStale: z.boolean(),
  isApproved: z.boolean(),
  isHeld: z.boolean(),
  isEmbargoed: z.boolean(),
  accountState: z.string(),
  blockedMs: z.number().nullable(),
  needsToken: z.boolean(),
});

/** Why a claim did not win. For what to do next and for the log, not for the decision itself. */
export function whyNotClaimed(sql: Sql, postId: string): Promise<z.infer<typeof whyRow> | null> {
  return sql.one(
    whyRow,
    `SELECT post.state, post.network, (extract(epoch FROM post.wake_at - standfirst.clock()) * 1000)::float8 AS "waitMs",
            coalesce(post.stale_at <= standfirst.clock(), false) AS "isStale", coalesce(post.approved_hash = rev.hash, false) AS "isApproved",
            ${HELD} AS "isHeld", ${EMBARGOED} AS "isEmbargoed", account.state AS "accountState",
            (extract(epoch FROM account.blocked_until - standfirst.clock()) * 1000)::float8 AS "blockedMs",
            coalesce(account.expires_at <= standfirst.clock() + ${TOKEN_MARGIN}, false) AS "needsToken"
       FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
       JOIN standfirst.account ON account.id = post.account_id WHERE post.id = $1`,
    [postId],
  );
}
