import { z } from 'zod';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';

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

/** Nobody lifts it until the transaction ends. Before accounts and posts are locked, as whoever lifts it does: no deadlock. */
export async function keepHeld(sql: Sql, id: string): Promise<void> {
  await sql.run(`SELECT id FROM standfirst.hold WHERE id = $1 FOR SHARE`, [id]);
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
