import { z } from 'zod';
import type { Sql } from './database.ts';
import { EMBARGOED, WAKE } from './embargo.ts';
import { leaveToPerson } from './in-doubt.ts';
import { SAYS_WORD } from './keeper.ts';
import { LANE } from './lane.ts';
import { POISON, POISON_AFTER } from './poison.ts';
import { ALIVE } from './worker.ts';

/** What the sweep finds: posts whose alarm did not ring, and what a worker that died has left open. */

const ringRow = z.object({
  postId: z.string(),
  network: z.string(),
  wake: z.number(),
  wakeAt: z.date(),
  urgency: z.string(),
});
export type Ring = z.infer<typeof ringRow>;
const ringColumns = `post.id AS "postId", post.network, post.wake, post.wake_at AS "wakeAt", post.urgency`;

const overdueRow = ringRow.extend({ isPassedOver: z.boolean(), lateMs: z.number(), lane: z.string() });
export type Overdue = z.infer<typeof overdueRow>;

/** Nothing of the account goes out: it is not connected, it was told to wait, or it or its network is held. SQL. */
const CLOSED = `(account.state <> 'connected' OR coalesce(account.blocked_until > standfirst.clock(), false)
    OR EXISTS (SELECT 1 FROM standfirst.hold WHERE hold.lifted_at IS NULL AND ((hold.scope = 'network' AND hold.target = account.network)
                 OR (hold.scope = 'account' AND hold.target = account.id))))`;

/** The post has a word that is held. Its text is read only while a word is. `post` must be in scope. */
const SAYS_HELD_WORD = `(EXISTS (SELECT 1 FROM standfirst.hold WHERE lifted_at IS NULL AND scope = 'word')
    AND EXISTS (SELECT 1 FROM standfirst.hold, standfirst.post_revision AS rev
                 WHERE hold.lifted_at IS NULL AND rev.post_id = post.id AND rev.n = post.revision AND ${SAYS_WORD}))`;

/**
 * Due by more than `lateMs` and free to go: the account is connected and not blocked, nothing holds it. Oldest first.
 * `isPassedOver`: its network's queue works on later posts, or on none, so that this one's own job is not simply waiting
 * its turn.
 *
 * What keeps a post back is asked in conditions and not in joins: so PostgreSQL reads the due ones in their order and stops at
 * the limit. Of 100,000 due it joined all of them before it sorted, and took 2.7 s for the first thousand; now 9 ms.
 * @param but posts and lanes to leave out, and whether to look for breaking news only.
 */
export function overduePosts(
  sql: Sql,
  lateMs: number,
  limit: number,
  but: { readonly postIds?: readonly string[]; readonly lanes?: readonly string[]; readonly isBreaking?: boolean } = {},
): Promise<Overdue[]> {
  return sql.many(
    overdueRow,
    `WITH under_way AS (
       SELECT network, max(wake_at) AS newest FROM standfirst.post WHERE state = 'publishing' GROUP BY network
     ), late AS (
       SELECT id, account_id, network, wake, wake_at, urgency FROM standfirst.post
        WHERE post.state = 'scheduled' AND post.wake_at < standfirst.clock() - make_interval(secs => $1 / 1000.0)
          AND post.account_id NOT IN (SELECT account.id FROM standfirst.account WHERE ${CLOSED} OR ${LANE} = ANY ($4))
          AND NOT EXISTS (SELECT 1 FROM standfirst.hold WHERE hold.lifted_at IS NULL AND hold.scope = 'all')
          AND (post.story_id IS NULL OR NOT (${EMBARGOED} OR EXISTS (
                SELECT 1 FROM standfirst.hold WHERE hold.lifted_at IS NULL AND hold.scope = 'story' AND hold.target = post.story_id)))
          AND post.id NOT IN (SELECT target FROM standfirst.hold WHERE lifted_at IS NULL AND scope = 'post')
          AND NOT ${SAYS_HELD_WORD}
          AND post.id NOT IN (SELECT unnest($3::text[])) AND (post.urgency = 'breaking' OR NOT $5)
        ORDER BY post.wake_at LIMIT $2
     )
     SELECT ${ringColumns}, (under_way.newest IS NULL OR under_way.newest > post.wake_at) AS "isPassedOver", ${LANE} AS lane,
            (extract(epoch FROM standfirst.clock() - post.wake_at) * 1000)::float8 AS "lateMs"
       FROM late AS post JOIN standfirst.account ON account.id = post.account_id LEFT JOIN under_way ON under_way.network = post.network
      ORDER BY post.wake_at`,
    [lateMs, limit, but.postIds ?? [], but.lanes ?? [], but.isBreaking ?? false],
  );
}

/** Scheduled within the horizon, in pages by `(wakeAt, id)`: each gets its delayed job (adding one twice is a no-op). */
export function postsWithin(
  sql: Sql,
  horizonMs: number,
  after: { wakeAt: Date; postId: string } | null,
  limit: number,
): Promise<Ring[]> {
  return sql.many(
    ringRow,
    `SELECT ${ringColumns} FROM standfirst.post
      WHERE post.state = 'scheduled' AND post.wake_at < standfirst.clock() + make_interval(secs => $1 / 1000.0)
        AND ($2::timestamptz IS NULL OR (post.wake_at, post.id) > ($2, $3)) ORDER BY post.wake_at, post.id LIMIT $4`,
    [horizonMs, after?.wakeAt ?? null, after?.postId ?? '', limit],
  );
}

/** Longer than any claim is open in a worker that lives: a request has 30 s, its outcome a minute to be written. */
const FORGOTTEN_AFTER_MS = 120_000;

/** The worker is dead, or has lost sight of the post: a commit whose answer never came. The fence stops a late one. */
const DEAD = `(NOT EXISTS (SELECT 1 FROM standfirst.worker WHERE worker.id = post.worker_id AND ${ALIVE})
    OR (SELECT max(greatest(tried.started_at, tried.sent_at, tried.ended_at)) FROM standfirst.attempt AS tried WHERE tried.post_id = post.id)
      < standfirst.clock() - make_interval(secs => ${FORGOTTEN_AFTER_MS} / 1000.0))`;

/** So that one of them that kills whoever touches it does not take the others of its first death along to its second. */
const APART_MS = 100;

/**
 * Reserved by a worker that is dead: nothing has left, so the post waits again, at once, one a moment after the other;
 * after the second such death it has failed, or is unknown where an earlier try of it may have arrived.
 */
export async function releaseReserved(sql: Sql): Promise<Ring[]> {
  const moved = await sql.many(
    ringRow.extend({ wakeAt: z.date().nullable() }),
    `WITH closed AS (
       UPDATE standfirst.attempt SET phase = 'down', ended_at = standfirst.clock(),
              failure = '{"kind": "down", "cause": "internal", "detail": "The worker stopped before the request left."}'
         FROM standfirst.post AS post
        WHERE post.id = attempt.post_id AND post.state = 'publishing' AND attempt.phase = 'reserved' AND ${DEAD}
       RETURNING attempt.post_id
     ), turns AS (
       SELECT post_id, (row_number() OVER (ORDER BY post_id) - 1) * interval '${APART_MS} milliseconds' AS later FROM closed
     ), moved AS (
       UPDATE standfirst.post AS post
          SET state = CASE WHEN post.claims >= ${POISON_AFTER} THEN 'failed' ELSE 'scheduled' END, wake = post.wake + 1,
              wake_at = CASE WHEN post.claims >= ${POISON_AFTER} THEN NULL ELSE ${WAKE('standfirst.clock() + turns.later')} END, fence = post.fence + 1,
              version = post.version + 1, updated_at = standfirst.clock(),
              failure = CASE WHEN post.claims >= ${POISON_AFTER}
                        THEN '${POISON}'::jsonb END
         FROM turns WHERE post.id = turns.post_id RETURNING ${ringColumns}, post.state
     ), told AS (
       INSERT INTO standfirst.event (type, subject, data) SELECT 'post.failed', "postId", '{"cause": "poison"}' FROM moved WHERE state = 'failed'
     )
     SELECT "postId", network, wake, "wakeAt", urgency FROM moved`,
  );
  const failed = moved.filter(({ wakeAt }) => wakeAt === null).map(({ postId }) => postId);
  await leaveToPerson(sql, failed);
  return moved.filter((post): post is Ring => post.wakeAt !== null);
}

/** Sent by a worker that is dead: nobody knows whether it arrived. The post is unknown, and looked up at once. */
export async function orphanSent(sql: Sql): Promise<{ attemptId: string }[]> {
  return sql.many(
    z.object({ attemptId: z.string() }),
    `WITH lost AS (
       UPDATE standfirst.attempt SET phase = 'unknown', check_at = standfirst.clock(),
              failure = '{"kind": "unknown", "cause": "timeout_unknown", "detail": "The worker stopped before the answer was written down."}'
         FROM standfirst.post AS post
        WHERE post.id = attempt.post_id AND post.state = 'publishing' AND attempt.phase = 'sent' AND ${DEAD}
       RETURNING attempt.id, attempt.post_id, attempt.failure
     ), moved AS (
       UPDATE standfirst.post AS post SET state = 'unknown', fence = post.fence + 1, wake = post.wake + 1, failure = lost.failure,
              version = post.version + 1, updated_at = standfirst.clock()
         FROM lost WHERE post.id = lost.post_id RETURNING post.id
     ), told AS (INSERT INTO standfirst.event (type, subject, data) SELECT 'post.unknown', id, '{"cause": "timeout_unknown"}' FROM moved)
     SELECT id AS "attemptId" FROM lost`,
  );
}

/** Between two parts of a thread, no attempt open, its worker dead or its look-up cut off: goes on with the next part. */
export async function releaseBetweenParts(sql: Sql): Promise<Ring[]> {
  return sql.many(
    ringRow,
    `UPDATE standfirst.post AS post SET state = 'scheduled', wake = post.wake + 1, wake_at = ${WAKE('standfirst.clock()')}, fence = post.fence + 1,
            version = post.version + 1, updated_at = standfirst.clock()
      WHERE post.state IN ('publishing', 'unknown') AND ${DEAD}
        AND NOT EXISTS (SELECT 1 FROM standfirst.attempt WHERE attempt.post_id = post.id AND attempt.phase IN ('reserved', 'sent', 'unknown'))
     RETURNING ${ringColumns}`,
  );
}

/** Unknown attempts whose next look-up is due; `lateMs`: for how long. */
export function attemptsToCheck(
  sql: Sql,
  limit: number,
): Promise<{ attemptId: string; checks: number; lateMs: number }[]> {
  return sql.many(
    z.object({ attemptId: z.string(), checks: z.number(), lateMs: z.number() }),
    `SELECT id AS "attemptId", checks, (extract(epoch FROM standfirst.clock() - check_at) * 1000)::float8 AS "lateMs" FROM standfirst.attempt WHERE phase = 'unknown' AND check_at <= standfirst.clock() ORDER BY check_at LIMIT $1`,
    [limit],
  );
}

/**
 * Connected accounts whose token runs out within `withinMs`; one that lives for weeks is looked at from half of its life
 * or 14 days on, once an hour, so that a day of trouble does not cost the connection.
 */
export function accountsToRefresh(sql: Sql, withinMs: number): Promise<{ accountId: string }[]> {
  return sql.many(
    z.object({ accountId: z.string() }),
    `SELECT id AS "accountId" FROM standfirst.account
      WHERE state = 'connected' AND (expires_at < standfirst.clock() + make_interval(secs => $1 / 1000.0)
         OR (expires_at - credentials_at > interval '1 day' AND updated_at < standfirst.clock() - interval '1 hour'
             AND expires_at < standfirst.clock() + greatest((expires_at - credentials_at) / 2, interval '14 days')))`,
    [withinMs],
  );
}

/** Connected accounts that nobody has asked about on their network for a day. */
export function accountsToCheck(sql: Sql, limit: number): Promise<{ accountId: string }[]> {
  return sql.many(
    z.object({ accountId: z.string() }),
    `SELECT id AS "accountId" FROM standfirst.account
      WHERE state = 'connected' AND checked_at < standfirst.clock() - interval '1 day' ORDER BY checked_at LIMIT $1`,
    [limit],
  );
}
