import { z } from 'zod';
import { postStates } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { isUniqueViolation } from './database.ts';
import { ANY_EMBARGO, EMBARGOED } from './embargo.ts';
import { BESIDE, FEW } from './few.ts';
import { HELD } from './keeper.ts';
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
  /** Breaking news that should have gone before: what its account sends now was given its time without it. */
  isLateNews: z.boolean(),
  credentials: z.string(),
  /** What the account's own server announced, over its network's limits. */
  limits: z.record(z.string(), z.unknown()).nullable(),
  accountVersion: z.number(),
  /** Most the account may cost in a month, in millionths of a US dollar. */
  capMicroUsd: z.number().nullable(),
  /** For how many hours the account's network refuses a repeated text, where an editor has found another number. */
  repeatHours: z.number().nullable(),
  link: z.string().nullable(),
  /** The account lets nothing out before what it leads to answers. */
  linkMustAnswer: z.boolean(),
  /** It was claimed to look at its link, on an account whose posts go in turn: it has none yet. */
  needsTurn: z.boolean(),
  /** Some story may be under embargo, and the post show its address. */
  mayBeEmbargoed: z.boolean(),
  attemptId: z.string(),
  phase: z.enum(['reserved', 'sent']),
  part: z.number(),
  /** A published post that it answers. */
  replyTo: z.string().nullable(),
  key: z.string(),
  /** When this part was first claimed: the same for every try, so that a second write is byte-identical. */
  createdAt: z.date(),
  frozen: z.unknown(),
});
export type Claim = z.infer<typeof claimRow>;

/**
 * It goes later than it was planned for, and nobody looked at what else its account sends then: after an embargo or a
 * server's trouble all that waited wakes at once. What is half out goes on with its thread. Counted, not asked by EXISTS: for
 * that a plan made while the tables were small read every attempt (`few.ts`). `post` must be in scope.
 */
export const PUT_OFF = `(post.urgency <> 'breaking' AND post.wake_at > post.due_at AND post.wake_at IS DISTINCT FROM post.apart_at
  AND (SELECT count(*) FROM standfirst.attempt WHERE attempt.post_id = post.id AND attempt.phase = 'published') = 0)`;

/** Past its time by more than a busy moment. */
const OVERDUE = `post.wake_at < standfirst.clock() - interval '2 seconds'`;

/** A rule of the house, for an account that follows it. SQL. */
const HOUSE = (rule: string): string =>
  `(account.settings ->> 'followsHouse' IS DISTINCT FROM 'false' AND (SELECT ${rule} FROM standfirst.house_rules ORDER BY version DESC LIMIT 1))`;

/** The account has a gap or a cap, its own or the house's. `account` must be in scope. */
const APART = `(coalesce((account.settings ->> 'minGapMs')::bigint, 0) > 0 OR account.settings ->> 'hourlyCap' IS NOT NULL
  OR account.settings ->> 'dailyCap' IS NOT NULL OR ${HOUSE(`(rules ->> 'minGapMs')::bigint > 0`)})`;

/** The account has quiet hours, its own or the house's. `account` must be in scope. */
const QUIET = `(coalesce(account.settings -> 'quietHours', '[]') <> '[]' OR ${HOUSE(`coalesce(rules -> 'quietHours', '[]') <> '[]'`)})`;

/**
 * With quiet hours alone many may go at a time, and one that was looked at may take so long to leave: of 10,000 that were due
 * in one second those that had not left after two were given another time, all of them, every two seconds.
 */
const CALM = `(post.wake_at IS NOT DISTINCT FROM post.apart_at AND post.wake_at > standfirst.clock() - interval '1 minute')`;

/**
 * It waits until what it leads to answers, for hours perhaps. It is looked at without a turn, and for its looks nobody moves: it
 * asks for one when it can go. `post` must be in scope. SQL.
 */
export const AWAITS_LINK = `coalesce(post.failure ->> 'cause' = 'link_down', false)`;

/**
 * Past its time by more than a busy moment, or put off, and not breaking news, on an account that has rules for when its posts
 * go: it has to be given a time by them. `post` and `account` must be in scope.
 */
export const LATE = `((post.urgency <> 'breaking' AND NOT ${AWAITS_LINK} AND (${OVERDUE} OR (post.wake_at <= standfirst.clock() AND ${PUT_OFF}))
  AND (${APART} OR (${QUIET} AND NOT ${CALM}))) IS TRUE)`;

/** The account has rules for when its posts go, its own or the house's. `account` must be in scope. */
export const PACED = `(${APART} OR ${QUIET})`;

/** An access token with less than this left is renewed before it is used. */
const TOKEN_MARGIN = `interval '30 seconds'`;

export interface ClaimAsk {
  readonly postId: string;
  readonly workerId: string;
  readonly attemptId: string;
  /**
   * `sent` for networks where a second write is the same write; `reserved` where it has to be marked apart. A post with
   * images, or with a link that has to answer, is `reserved` everywhere: that takes its time before the request can leave.
   */
  readonly phase: 'reserved' | 'sent';
}

/**
 * Claims due posts and opens the attempt at the next part of each, in one statement and one commit. Of two workers that
 * wake, one gets the row; the other gets null. Due time, hold, embargo, staleness, approval, the account's state and its
 * token are checked here and nowhere else, row by row and by the database's clock. A late post of an account that keeps its
 * posts apart is refused: it has to be given a new time first, or an outage or an embargo would end in a burst.
 * @returns each ask's claim at its place; undefined where the post's row is in other hands just now.
 */
export async function claimPosts(sql: Sql, asks: readonly ClaimAsk[]): Promise<(Claim | null | undefined)[]> {
  const rows = await sql.many(
    answerRow,
    claimText('SKIP LOCKED'),
    [
      asks.map((ask) => ask.postId),
      asks.map((ask) => ask.workerId),
      asks.map((ask) => ask.attemptId),
      asks.map((ask) => ask.phase),
    ],
    'claim-posts',
  );
  const found = new Map(rows.map((row) => [row.askedId, row]));
  return asks.map(({ attemptId }) => {
    const row = found.get(attemptId);
    return row === undefined || row.isElsewhere ? undefined : claimIn(row);
  });
}

/** The same for one post, whose row is waited for. */
export async function claimPost(sql: Sql, ask: ClaimAsk): Promise<Claim | null> {
  const { postId, workerId, attemptId, phase } = ask;
  try {
    const values = [[postId], [workerId], [attemptId], [phase]];
    const row = await sql.one(answerRow, claimText(''), values, 'claim-post');
    return row === null ? null : claimIn(row);
  } catch (error) {
    // Another attempt at this part is open or was successful: the lock has done its work.
    if (isUniqueViolation(error, 'attempt_one_open')) return null;
    throw error;
  }
}

const answerRow = z.looseObject({ askedId: z.string(), isElsewhere: z.boolean(), attemptId: z.string().nullable() });

function claimIn(row: z.infer<typeof answerRow>): Claim | null {
  return row.attemptId === null ? null : claimRow.parse(row);
}

const IS_SCHEDULED = BESIDE(`post.state = 'scheduled'`);

/** Rows are locked in the order of their ids, so that two such statements never wait for each other. */
function claimText(skip: 'SKIP LOCKED' | ''): string {
  return `WITH asked AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS asked (post_id, worker_id, attempt_id, phase)
        WHERE ${FEW('post_id')}
     ), mine AS (
       SELECT post.id FROM standfirst.post WHERE post.id IN (SELECT post_id FROM asked) AND ${IS_SCHEDULED}
        ORDER BY post.id FOR NO KEY UPDATE OF post ${skip}
     ), chosen AS (
       SELECT DISTINCT ON (asked.post_id) asked.* FROM asked JOIN mine ON mine.id = asked.post_id
     ), claimed AS (
       UPDATE standfirst.post AS post
          SET state = 'publishing', fence = post.fence + 1, claims = post.claims + 1, worker_id = chosen.worker_id,
              version = post.version + 1, updated_at = standfirst.clock()
         FROM chosen, standfirst.post_revision AS rev, standfirst.account AS account
        WHERE post.id = chosen.post_id AND rev.post_id = post.id AND rev.n = post.revision AND account.id = post.account_id
          AND ${IS_SCHEDULED} AND post.wake_at <= standfirst.clock() AND post.approved_hash = rev.hash
          AND (post.stale_at IS NULL OR post.stale_at > standfirst.clock())
          AND account.state = 'connected' AND (account.blocked_until IS NULL OR account.blocked_until <= standfirst.clock())
          AND (account.expires_at IS NULL OR account.expires_at > standfirst.clock() + ${TOKEN_MARGIN})
          AND NOT ${LATE} AND NOT ${HELD} AND NOT ${EMBARGOED}
       RETURNING post.id, post.account_id, post.network, post.fence, post.tries, post.revision, post.due_at, post.reply_to, rev.parts, rev.lang,
                 rev.hash, post.urgency = 'breaking' AND ${OVERDUE} AS late_news, account.credentials, account.limits, account.version AS account_version,
                 (account.settings ->> 'monthlyCapMicroUsd')::float8 AS cap, (account.settings ->> 'repeatHours')::int AS repeat_hours,
                 rev.link, coalesce(account.settings ->> 'linkMustAnswer' = 'true', false) AS link_must_answer,
                 (${AWAITS_LINK} AND ${PACED}) AS needs_turn, ${ANY_EMBARGO} AS any_embargo, chosen.worker_id, chosen.attempt_id,
                 CASE WHEN jsonb_path_exists(rev.parts, '$[*].media[*]') OR account.settings ->> 'linkMustAnswer' = 'true' THEN 'reserved' ELSE chosen.phase END AS phase,
                 (SELECT count(*)::int FROM standfirst.attempt WHERE post_id = post.id AND phase = 'published') AS part
     ), numbered AS (
       SELECT claimed.*, earlier.* FROM claimed CROSS JOIN LATERAL (
         SELECT count(*)::int AS earlier_tries, min(started_at) AS first_at,
                (array_agg(attempt.frozen ORDER BY attempt.n) FILTER (WHERE attempt.frozen IS NOT NULL))[1] AS frozen
           FROM standfirst.attempt
          WHERE attempt.post_id = claimed.id AND attempt.part = claimed.part AND attempt.revision = claimed.revision
       ) AS earlier
     ), opened AS (
       INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, worker_id, request_hash, idempotency_key, frozen, phase, started_at, sent_at)
       SELECT attempt_id, id, revision, part, earlier_tries + 1, fence, worker_id, hash,
              replace(id, 'post_', '') || '-' || revision || '-' || part, frozen, phase,
              standfirst.clock(), CASE WHEN phase = 'sent' THEN standfirst.clock() END
         FROM numbered
       RETURNING id, post_id, idempotency_key, started_at, phase
     )
     SELECT asked.attempt_id AS "askedId", mine.id IS NULL
              AND EXISTS (SELECT FROM standfirst.post WHERE post.id = asked.post_id AND ${IS_SCHEDULED}) AS "isElsewhere",
            won.id AS "postId", account_id AS "accountId", network, fence, tries, revision, parts, lang, hash, due_at AS "dueAt", late_news AS "isLateNews",
            credentials, limits, account_version AS "accountVersion", cap AS "capMicroUsd", repeat_hours AS "repeatHours", link, link_must_answer AS "linkMustAnswer", coalesce(needs_turn, false) AS "needsTurn", any_embargo AS "mayBeEmbargoed", opened.id AS "attemptId", opened.phase,
            part, reply_to AS "replyTo", idempotency_key AS key, coalesce(first_at, started_at) AS "createdAt", frozen
       FROM asked LEFT JOIN mine ON mine.id = asked.post_id LEFT JOIN opened ON opened.id = asked.attempt_id
       LEFT JOIN numbered AS won ON won.attempt_id = opened.id`;
}

const whyRow = z.object({
  state: z.enum(postStates),
  network: z.string(),
  accountId: z.string(),
  waitMs: z.number().nullable(),
  isStale: z.boolean(),
  isApproved: z.boolean(),
  isHeld: z.boolean(),
  isEmbargoed: z.boolean(),
  accountState: z.string(),
  blockedMs: z.number().nullable(),
  needsToken: z.boolean(),
  needsPace: z.boolean(),
});

/** Why a claim did not win. For what to do next and for the log, not for the decision itself. */
export function whyNotClaimed(sql: Sql, postId: string): Promise<z.infer<typeof whyRow> | null> {
  return sql.one(
    whyRow,
    `SELECT post.state, post.network, post.account_id AS "accountId", (extract(epoch FROM post.wake_at - standfirst.clock()) * 1000)::float8 AS "waitMs",
            coalesce(post.stale_at <= standfirst.clock(), false) AS "isStale", coalesce(post.approved_hash = rev.hash, false) AS "isApproved",
            ${HELD} AS "isHeld", ${EMBARGOED} AS "isEmbargoed", account.state AS "accountState",
            (extract(epoch FROM account.blocked_until - standfirst.clock()) * 1000)::float8 AS "blockedMs",
            coalesce(account.expires_at <= standfirst.clock() + ${TOKEN_MARGIN}, false) AS "needsToken",
            ${LATE} AS "needsPace"
       FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
       JOIN standfirst.account ON account.id = post.account_id WHERE post.id = $1`,
    [postId],
  );
}
