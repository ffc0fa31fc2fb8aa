import { z } from 'zod';
import { AWAITS_LINK, LATE, PACED, PUT_OFF } from './claim.ts';
import type { Sql } from './database.ts';
import { EMBARGOED } from './embargo.ts';
import { HELD } from './keeper.ts';

/** What of an account may stand at `$2` or later. Bounded by due time for the index's sake; what goes so much later has one of its own. */
const NEAR = `(SELECT id, state, due_at, wake_at, published_at, failure FROM standfirst.post
        WHERE account_id = $1 AND due_at >= $2::timestamptz - interval '7 days'
       UNION ALL
       SELECT id, state, due_at, wake_at, published_at, failure FROM standfirst.post
        WHERE account_id = $1 AND due_at < $2::timestamptz - interval '7 days'
          AND greatest(wake_at, published_at) - due_at > interval '7 days')`;
/** One that is on its way stands where it leaves now, however late it is, and one in doubt where it left. */
const STANDS = `greatest(due_at, wake_at, published_at, CASE state WHEN 'publishing' THEN standfirst.clock()
    WHEN 'unknown' THEN (SELECT max(coalesce(attempt.sent_at, attempt.started_at)) FROM standfirst.attempt WHERE attempt.post_id = post.id) END)`;
const MS = (at: string): string => `floor(extract(epoch FROM ${at}) * 1000)::float8`;

/**
 * When an account's posts go out, or went, from `from` on: a page of them in the order of their due times. A post that waits
 * for a retry, or went out late, counts where it really was.
 */
export async function takenTimes(
  sql: Sql,
  accountId: string,
  from: Date,
  page: { skip: number; limit: number },
  without: readonly string[] = [],
): Promise<Date[]> {
  return (await takenPage(sql, accountId, from, page, without)).times;
}

/** The same, and until when that is all: what comes on later pages is due then or later, and stands there or later. */
export async function takenPage(
  sql: Sql,
  accountId: string,
  from: Date,
  page: { skip: number; limit: number },
  without: readonly string[] = [],
): Promise<{ times: Date[]; until: Date | null }> {
  const rows = await sql.many(
    z.object({ at: z.number(), due: z.number() }),
    `SELECT ${MS(STANDS)} AS at, ${MS('due_at')} AS due FROM ${NEAR} AS post
      WHERE state IN ('scheduled', 'publishing', 'published', 'unknown') AND ${STANDS} >= $2 AND id <> ALL ($5)
      ORDER BY due_at, id OFFSET $3 LIMIT $4`,
    [accountId, from, page.skip, page.limit, without],
  );
  const last = rows.at(-1);
  const until = rows.length < page.limit || last === undefined ? null : new Date(last.due);
  return { times: rows.map((row) => new Date(row.at)), until };
}

/**
 * Where posts of an account stand that move for nothing, from `from` on: what is out, on its way or in doubt, and what has its
 * turn this moment, but those of `without`, and those that have no turn yet.
 */
export async function standingTimes(
  sql: Sql,
  accountId: string,
  from: Date,
  without: ReadonlySet<string>,
): Promise<Date[]> {
  const rows = await sql.many(
    z.object({ id: z.string(), at: z.number() }),
    `SELECT id, ${MS(STANDS)} AS at FROM ${NEAR} AS post
      WHERE ${STANDS} >= $2 AND (state = 'published' OR NOT ${AWAITS_LINK}) AND (state IN ('publishing', 'published', 'unknown')
         OR (state = 'scheduled' AND wake_at BETWEEN standfirst.clock() - interval '2 seconds' AND standfirst.clock()))`,
    [accountId, from],
  );
  return rows.filter(({ id }) => !without.has(id)).map(({ at }) => new Date(at));
}

const waitingRow = z.object({
  id: z.string(),
  wake: z.number(),
  at: z.date(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  staleAt: z.date().nullable(),
});

/** Posts of an account that wait for a time after `from`, in the order in which they leave, but those without a turn; the first `most`, or all. */
export function waitingPosts(
  sql: Sql,
  accountId: string,
  from: Date,
  most: number | null = null,
): Promise<z.infer<typeof waitingRow>[]> {
  return sql.many(
    waitingRow,
    `SELECT id, wake, wake_at AS at, urgency, stale_at AS "staleAt" FROM standfirst.post
      WHERE account_id = $1 AND state = 'scheduled' AND wake_at > $2 AND NOT ${AWAITS_LINK}
      ORDER BY wake_at, due_at, id LIMIT $3`,
    [accountId, from, most],
  );
}

const lateRow = z.object({
  id: z.string(),
  wake: z.number(),
  /** Its pace keeps it back now. */
  isLate: z.boolean(),
  /** It has its time by the pace of its account already. */
  isApart: z.boolean(),
  /** Its account was told to wait since its time. */
  isLimited: z.boolean(),
  wakeAt: z.date(),
  /** It cannot go before. */
  from: z.date(),
  dueAt: z.date(),
  staleAt: z.date().nullable(),
});
export type LatePost = z.infer<typeof lateRow>;

/**
 * Posts of an account that nothing but its pace keeps back, in the order in which they were planned: those that are late, those
 * that will be in a moment, and those that were late before and have their turn to come.
 */
export function latePosts(sql: Sql, accountId: string): Promise<LatePost[]> {
  return sql.many(
    lateRow,
    `SELECT post.id, post.wake, ${LATE} AS "isLate", coalesce(post.wake_at = post.apart_at, false) AS "isApart",
            coalesce(account.blocked_until >= post.due_at, false) AS "isLimited", post.wake_at AS "wakeAt",
            CASE WHEN post.wake_at = post.apart_at THEN post.due_at ELSE post.wake_at END AS from,
            post.due_at AS "dueAt", post.stale_at AS "staleAt"
       FROM standfirst.post
       JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
       JOIN standfirst.account ON account.id = post.account_id
      WHERE post.account_id = $1 AND post.state = 'scheduled' AND post.urgency <> 'breaking' AND ${PACED} AND NOT ${HELD} AND NOT ${EMBARGOED} AND NOT ${AWAITS_LINK}
        AND (${LATE} OR (post.wake_at = post.apart_at AND post.wake_at > post.due_at)
             OR (post.wake_at <= standfirst.clock() + ${BEHIND} + interval '1 second' AND ${PUT_OFF}))
        AND (post.stale_at IS NULL OR post.stale_at > standfirst.clock())
      ORDER BY post.due_at, post.id`,
    [accountId],
  );
}

/** The others go this long after the one that asks for them, which has then had its answer. */
const BEHIND = `interval '2 seconds'`;

/**
 * The account's network cannot be reached: of its posts, one asks again at `wakeAt`, and the others wait behind it. What
 * is in other hands just now is left out; it comes here by itself when it has met the same.
 */
export async function waitBehind(sql: Sql, accountId: string, postId: string, wakeAt: Date): Promise<void> {
  await sql.run(
    `UPDATE standfirst.post SET wake_at = $3::timestamptz + ${BEHIND}
      WHERE id IN (SELECT id FROM standfirst.post WHERE account_id = $1 AND id <> $2 AND state = 'scheduled'
                      AND wake_at < $3::timestamptz + ${BEHIND} FOR UPDATE SKIP LOCKED)`,
    [accountId, postId, wakeAt],
  );
}

/** Lets one transaction at a time choose times on these accounts; claims do not wait for it. In order of id: no deadlock. */
export async function lockTimes(sql: Sql, accountIds: readonly string[]): Promise<void> {
  await sql.run(`SELECT id FROM standfirst.account WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [accountIds]);
}

/**
 * The same on those that have posts which change with the story, before it is changed itself: who chooses a time has its
 * account, and waits for a post.
 */
export async function lockTimesOfStory(sql: Sql, storyId: string): Promise<void> {
  const accounts = await sql.many(
    z.object({ id: z.string() }),
    `SELECT account_id AS id FROM standfirst.post WHERE story_id = $1 AND state IN ('approved', 'scheduled')
      UNION SELECT post.account_id FROM standfirst.post JOIN standfirst.story ON post.wake_at = story.embargo_until
             WHERE story.id = $1 AND post.state = 'scheduled'`,
    [storyId],
  );
  await lockTimes(
    sql,
    accounts.map(({ id }) => id),
  );
}

/** Before several statements change them one after the other. In order of id, as `movePosts` does it: no deadlock. */
export async function lockPosts(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.run(`SELECT id FROM standfirst.post WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [ids]);
}

/** Approved posts that have had no time for longer than `idleMs` although no person is awaited: their job was lost. */
export function approvedWithoutTime(sql: Sql, idleMs: number, limit: number): Promise<{ postId: string }[]> {
  return sql.many(
    z.object({ postId: z.string() }),
    `SELECT id AS "postId" FROM standfirst.post
      WHERE state = 'approved' AND due_at IS NULL AND approved_by = 'policy' AND updated_at < standfirst.clock() - make_interval(secs => $1 / 1000.0)
      ORDER BY updated_at LIMIT $2`,
    [idleMs, limit],
  );
}
