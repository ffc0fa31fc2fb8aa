import { z } from 'zod';
import { HELD } from './claim.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';

export const holdScopes = ['all', 'network', 'account', 'word', 'story'] as const;

/** How publishing goes on after a hold. */
export const resumes = ['as-planned', 'shift', 'drop-stale'] as const;
export type Resume = (typeof resumes)[number];

export const holdRow = z.object({
  id: z.string(),
  scope: z.enum(holdScopes),
  target: z.string().nullable(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: z.date(),
  liftedBy: z.string().nullable(),
  liftedAt: z.date().nullable(),
  resume: z.enum(resumes).nullable(),
});
export type HoldRow = z.infer<typeof holdRow>;

const columns = `id, scope, target, reason, placed_by AS "placedBy", placed_at AS "placedAt", lifted_by AS "liftedBy",
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
  await recordEvent(sql, {
    type: 'publishing.held',
    subject: hold.id,
    actor,
    data: { scope: hold.scope, target: hold.target, reason: hold.reason },
  });
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
  if (row !== null) await recordEvent(sql, { type: 'publishing.resumed', subject: id, actor, data: { resume } });
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

/** Whether any open hold matches a post as it stands now. */
export async function isHeld(sql: Sql, postId: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ isHeld: z.boolean() }),
    `SELECT ${HELD} AS "isHeld" FROM standfirst.post AS post
       JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision WHERE post.id = $1`,
    [postId],
  );
  return row?.isHeld ?? true;
}

const releasedRow = z.object({
  id: z.string(),
  accountId: z.string(),
  network: z.string(),
  wake: z.number(),
  urgency: z.string(),
});
export type Released = z.infer<typeof releasedRow>;

/** Scheduled posts that this hold kept back, now that it is lifted: no other open hold matches them. `$1`, `$2`: scope, target. */
const RELEASED = `standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
    WHERE post.state = 'scheduled' AND NOT ${HELD} AND ($1 = 'all' OR ($1 = 'network' AND $2 = post.network)
       OR ($1 = 'account' AND $2 = post.account_id) OR ($1 = 'story' AND $2 = post.story_id) OR ($1 = 'word' AND strpos(lower(rev.parts::text), lower($2::text)) > 0))`;

/** Those of them that came due under the hold: breaking news first, then the oldest. */
export function dueUnderHold(sql: Sql, hold: Pick<HoldRow, 'scope' | 'target'>): Promise<Released[]> {
  return sql.many(
    releasedRow,
    `SELECT post.id, post.account_id AS "accountId", post.network, post.wake, post.urgency FROM ${RELEASED} AND post.wake_at <= standfirst.clock()
      ORDER BY (post.urgency = 'breaking') DESC, post.due_at, post.id`,
    [hold.scope, hold.target],
  );
}

/** Those that came due under the hold are worth nothing any more. @returns how many. */
export function dropDueUnderHold(sql: Sql, hold: HoldRow, actor: string): Promise<number> {
  return sql.run(
    `WITH gone AS (
       UPDATE standfirst.post AS dropped SET state = 'stale', wake_at = NULL, wake = wake + 1, version = version + 1,
              updated_at = standfirst.clock(), reason = $3
        WHERE dropped.state = 'scheduled' AND dropped.id IN (SELECT post.id FROM ${RELEASED} AND post.wake_at <= standfirst.clock())
       RETURNING id)
     INSERT INTO standfirst.event (type, subject, actor, data) SELECT 'post.stale', id, $4, jsonb_build_object('hold', $5::text) FROM gone`,
    [hold.scope, hold.target, `Due while held: ${hold.reason}`, actor, hold.id],
  );
}

/** Every one of them moves by as long as the hold lasted, and with it when it is worthless, unless a person said when. */
export function shiftByHold(
  sql: Sql,
  hold: HoldRow,
  actor: string,
): Promise<{ postId: string; network: string; wake: number; at: Date; urgency: string }[]> {
  return sql.many(
    z.object({ postId: z.string(), network: z.string(), wake: z.number(), at: z.date(), urgency: z.string() }),
    `WITH moved AS (
       UPDATE standfirst.post AS shifted
          SET due_at = due_at + held.lasted, wake_at = wake_at + held.lasted, wake = wake + 1, version = version + 1,
              updated_at = standfirst.clock(),
              stale_at = CASE WHEN worthless_after IS NULL THEN least(stale_at + held.lasted, approved_until) ELSE stale_at END
         FROM (SELECT lifted_at - placed_at AS lasted FROM standfirst.hold WHERE id = $4) AS held
        WHERE shifted.state = 'scheduled' AND shifted.id IN (SELECT post.id FROM ${RELEASED})
       RETURNING id, network, wake, wake_at, urgency
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data)
       SELECT 'post.moved', id, $3, jsonb_build_object('hold', $4::text, 'wakeAt', wake_at) FROM moved
     )
     SELECT id AS "postId", network, wake, wake_at AS at, urgency FROM moved`,
    [hold.scope, hold.target, actor, hold.id],
  );
}
