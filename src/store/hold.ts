import { z } from 'zod';
import { changeSql, timeSql } from './change-sql.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { saysWord } from './held-word.ts';
import { leaveToPerson } from './in-doubt.ts';
import { HELD } from './keeper.ts';
import type { PageRequest } from './page.ts';
import { shiftedRow } from './post-times.ts';
import { WORTH_AS_WRITTEN } from './worth.ts';

export const holdScopes = ['all', 'network', 'account', 'word', 'story', 'post'] as const;

/** How publishing goes on after a hold. */
export const resumes = ['as-planned', 'shift', 'drop-stale'] as const;
export type Resume = (typeof resumes)[number];

export const holdRow = z.object({
  id: z.string(),
  scope: z.enum(holdScopes),
  target: z.string().nullable(),
  reason: z.string(),
  placedBy: z.string(),
  /** Of a member or a key; null for the product itself, and for who is gone. */
  placedByName: z.string().nullable(),
  placedAt: z.date(),
  liftedBy: z.string().nullable(),
  liftedAt: z.date().nullable(),
  resume: z.enum(resumes).nullable(),
});
export type HoldRow = z.infer<typeof holdRow>;

/** What whoever placed a hold is called. `hold` must be in scope. SQL. */
export const PLACED_BY_NAME = `coalesce((SELECT name FROM standfirst.member WHERE member.id = hold.placed_by),
    (SELECT name FROM standfirst.api_key WHERE api_key.id = hold.placed_by))`;

const columns = `id, scope, target, reason, placed_by AS "placedBy", ${PLACED_BY_NAME} AS "placedByName", placed_at AS "placedAt", lifted_by AS "liftedBy",
  lifted_at AS "liftedAt", resume`;

/** From the moment this has committed no request of a matching post leaves: the claim and the mark look here. */
export async function placeHold(
  sql: Sql,
  hold: { id: string; scope: HoldRow['scope']; target: string | null; reason: string },
  actor: string,
): Promise<HoldRow> {
  const row = await sql.one(
    holdRow,
    `INSERT INTO standfirst.hold (id, scope, target, reason, placed_by) VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
    [hold.id, hold.scope, hold.target, hold.reason, actor],
  );
  const { id: subject, scope, target, reason } = hold;
  const data = { scope, target, reason };
  await recordEvent(sql, { type: 'publishing.held', subject, actor, data, after: data });
  return row as HoldRow;
}

/** The open hold of this actor on a story. */
export function storyHold(sql: Sql, storyId: string, placedBy: string): Promise<HoldRow | null> {
  return sql.one(
    holdRow,
    `SELECT ${columns} FROM standfirst.hold WHERE lifted_at IS NULL AND scope = 'story' AND target = $1 AND placed_by = $2 LIMIT 1`,
    [storyId, placedBy],
  );
}

/** The open holds of this one post; holds that match it for another reason are not among them. */
export function holdsOfPost(sql: Sql, postId: string): Promise<HoldRow[]> {
  return sql.many(
    holdRow,
    `SELECT ${columns} FROM standfirst.hold WHERE lifted_at IS NULL AND scope = 'post' AND target = $1 ORDER BY id`,
    [postId],
  );
}

/** @returns the hold, or null where there was no such open hold. */
export async function liftHold(
  sql: Sql,
  id: string,
  actor: string,
  resume: Resume = 'as-planned',
): Promise<HoldRow | null> {
  const row = await sql.one(
    holdRow,
    `UPDATE standfirst.hold SET lifted_at = standfirst.clock(), lifted_by = $2, resume = $3 WHERE id = $1 AND lifted_at IS NULL
     RETURNING ${columns}`,
    [id, actor, resume],
  );
  if (row === null) return null;
  const [before, after] = [{ liftedAt: null }, { liftedAt: row.liftedAt, resume }];
  await recordEvent(sql, { type: 'publishing.resumed', subject: id, actor, data: { resume }, before, after });
  return row;
}

/** Holds in the order of their placing, those that still hold or all. */
export function pageHolds(sql: Sql, isOpen: boolean, page: PageRequest): Promise<HoldRow[]> {
  return sql.many(
    holdRow,
    `SELECT ${columns} FROM standfirst.hold WHERE (NOT $2 OR lifted_at IS NULL) AND ($3::text IS NULL OR id > $3) ORDER BY id LIMIT $1`,
    [page.limit, isOpen, page.after?.[0] ?? null],
  );
}

export function getHold(sql: Sql, id: string): Promise<HoldRow | null> {
  return sql.one(holdRow, `SELECT ${columns} FROM standfirst.hold WHERE id = $1`, [id]);
}

const releasedRow = z.object({
  id: z.string(),
  accountId: z.string(),
  network: z.string(),
  wake: z.number(),
  urgency: z.string(),
});
const dueRow = releasedRow.extend({ dueAt: z.date(), staleAt: z.date().nullable() });
export type Released = z.infer<typeof dueRow>;

/** Scheduled posts that this hold kept back, now that it is lifted: no other open hold matches them. `$1`, `$2`: scope, target. */
const RELEASED = `standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
    WHERE post.state = 'scheduled' AND NOT ${HELD} AND ($1 = 'all' OR ($1 = 'network' AND $2 = post.network)
       OR ($1 = 'account' AND $2 = post.account_id) OR ($1 = 'story' AND $2 = post.story_id) OR ($1 = 'post' AND $2 = post.id) OR ($1 = 'word' AND ${saysWord('$2::text')}))`;

/** The accounts of those posts. */
export async function accountsUnderHold(sql: Sql, hold: Pick<HoldRow, 'scope' | 'target'>): Promise<string[]> {
  const rows = await sql.many(z.object({ id: z.string() }), `SELECT DISTINCT post.account_id AS id FROM ${RELEASED}`, [
    hold.scope,
    hold.target,
  ]);
  return rows.map(({ id }) => id);
}

/** Those of them that came due under the hold, and are worth something yet: breaking news first, then the oldest. */
export function dueUnderHold(sql: Sql, hold: Pick<HoldRow, 'scope' | 'target'>): Promise<Released[]> {
  return sql.many(
    dueRow,
    `SELECT post.id, post.account_id AS "accountId", post.network, post.wake, post.urgency, post.due_at AS "dueAt", post.stale_at AS "staleAt" FROM ${RELEASED} AND post.wake_at <= standfirst.clock()
        AND (post.stale_at IS NULL OR post.stale_at > standfirst.clock())
      ORDER BY (post.urgency = 'breaking') DESC, post.due_at, post.id`,
    [hold.scope, hold.target],
  );
}

/** Those that came due under the hold are worth nothing any more. @returns how many. */
export async function dropDueUnderHold(sql: Sql, hold: HoldRow, actor: string): Promise<number> {
  const gone = await sql.many(
    z.object({ id: z.string() }),
    `WITH gone AS (
       UPDATE standfirst.post AS dropped SET state = 'stale', wake_at = NULL, wake = wake + 1, version = version + 1,
              updated_at = standfirst.clock(), reason = $3
        WHERE dropped.state = 'scheduled' AND dropped.id IN (SELECT post.id FROM ${RELEASED} AND post.wake_at <= standfirst.clock())
       RETURNING id
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT 'post.stale', id, $4, jsonb_build_object('hold', $5::text), ${changeSql('state', "'scheduled'", "'stale'")} FROM gone
     )
     SELECT id FROM gone`,
    [hold.scope, hold.target, `Due while held: ${hold.reason}`, actor, hold.id],
  );
  await leaveToPerson(
    sql,
    gone.map(({ id }) => id),
  );
  return gone.length;
}

/** Somebody gave the post a time while hold `$4` was on it: after its event came one of that. `post` must be in scope. SQL. */
const TIMED_MEANWHILE = `EXISTS (SELECT 1 FROM standfirst.event
    WHERE event.subject = post.id AND (event.type IN ('post.scheduled', 'post.retried') OR (event.type = 'post.moved' AND event.data ? 'dueAt'))
      AND event.seq > (SELECT min(placed.seq) FROM standfirst.event AS placed WHERE placed.subject = $4 AND placed.type = 'publishing.held'))`;

type Shifted = z.infer<typeof shiftedRow>;

/**
 * Those of them that had their time before the hold move by as long as it lasted, and with it when they are worthless, unless
 * a person said when: what would be worthless by its new time is stale at once. What was given its time meanwhile keeps it.
 * @returns those that moved.
 */
export async function shiftByHold(sql: Sql, hold: HoldRow, actor: string): Promise<Shifted[]> {
  const shifted = await sql.many(
    shiftedRow.extend({ at: z.date().nullable() }),
    `WITH held AS (
       SELECT lifted_at - placed_at AS lasted FROM standfirst.hold WHERE id = $4
     ), later AS (
       SELECT later.*, coalesce(later.stale_at <= later.wake_at, false) AS is_over FROM (
         SELECT post.id, post.due_at AS due_before, post.due_at + lasted AS due_at, post.wake_at + lasted AS wake_at,
                CASE WHEN ${WORTH_AS_WRITTEN} THEN post.worthless_after + lasted ELSE post.worthless_after END AS worthless_after,
                CASE WHEN post.worthless_after IS NULL OR ${WORTH_AS_WRITTEN} THEN least(post.stale_at + lasted, post.approved_until) ELSE post.stale_at END AS stale_at
           FROM held, ${RELEASED} AND NOT ${TIMED_MEANWHILE}
       ) AS later
     ), moved AS (
       UPDATE standfirst.post AS shifted
          SET state = CASE WHEN is_over THEN 'stale' ELSE 'scheduled' END, wake_at = CASE WHEN NOT is_over THEN later.wake_at END,
              due_at = CASE WHEN is_over THEN shifted.due_at ELSE later.due_at END,
              stale_at = CASE WHEN is_over THEN shifted.stale_at ELSE later.stale_at END,
              worthless_after = CASE WHEN is_over THEN shifted.worthless_after ELSE later.worthless_after END,
              reason = CASE WHEN is_over THEN $5 ELSE reason END, wake = wake + 1, version = version + 1, updated_at = standfirst.clock()
         FROM later WHERE shifted.state = 'scheduled' AND shifted.id = later.id
       RETURNING shifted.id, network, wake, shifted.wake_at, urgency, due_before, shifted.due_at, is_over
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT CASE WHEN is_over THEN 'post.stale' ELSE 'post.moved' END, id, $3, jsonb_strip_nulls(jsonb_build_object('hold', $4::text, 'wakeAt', wake_at)),
              CASE WHEN is_over THEN ${changeSql('state', "'scheduled'", "'stale'")} ELSE ${changeSql('dueAt', timeSql('due_before'), timeSql('due_at'))} END FROM moved
     )
     SELECT id AS "postId", network, wake, wake_at AS at, urgency FROM moved`,
    [hold.scope, hold.target, actor, hold.id, `Worthless by its time after the hold: ${hold.reason}`],
  );
  const over = shifted.filter(({ at }) => at === null).map(({ postId }) => postId);
  await leaveToPerson(sql, over);
  return shifted.filter((post): post is Shifted => post.at !== null);
}
