import { z } from 'zod';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';

const shareRow = z.object({
  id: z.string(),
  storyId: z.string(),
  createdBy: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
});
export type ShareRow = z.infer<typeof shareRow>;

const columns = `id, story_id AS "storyId", created_by AS "createdBy", created_at AS "createdAt", expires_at AS "expiresAt"`;
const OPEN = 'ended_at IS NULL AND expires_at > standfirst.clock()';

export interface NewShare {
  readonly id: string;
  readonly storyId: string;
  readonly tokenHash: string;
  readonly hours: number;
}

export async function openShare(sql: Sql, share: NewShare, actor: string): Promise<ShareRow> {
  const row = await sql.one(
    shareRow,
    `INSERT INTO standfirst.share (id, story_id, token_hash, created_by, expires_at)
     VALUES ($1, $2, $3, $4, standfirst.clock() + make_interval(hours => $5)) RETURNING ${columns}`,
    [share.id, share.storyId, share.tokenHash, actor, share.hours],
  );
  const shared = row as ShareRow;
  const data = { shareId: share.id };
  const after = { expiresAt: shared.expiresAt };
  await recordEvent(sql, { type: 'story.shared', subject: share.storyId, actor, data, after });
  return shared;
}

/** The share that a link opens; null where it has ended or never was. */
export function getOpenShare(sql: Sql, tokenHash: string): Promise<ShareRow | null> {
  return sql.one(shareRow, `SELECT ${columns} FROM standfirst.share WHERE token_hash = $1 AND ${OPEN}`, [tokenHash]);
}

/** The links of a story that still open it, oldest first. */
export function pageShares(sql: Sql, storyId: string, page: PageRequest): Promise<ShareRow[]> {
  return sql.many(
    shareRow,
    `SELECT ${columns} FROM standfirst.share WHERE story_id = $2 AND ${OPEN} AND ($3::text IS NULL OR id > $3)
      ORDER BY id LIMIT $1`,
    [page.limit, storyId, page.after?.[0] ?? null],
  );
}

/** @returns false where it had ended already. */
export async function endShare(sql: Sql, id: string, actor: string): Promise<boolean> {
  const row = await sql.one(
    shareRow,
    `UPDATE standfirst.share SET ended_at = standfirst.clock() WHERE id = $1 AND ${OPEN} RETURNING ${columns}`,
    [id],
  );
  if (row === null) return false;
  const before = { expiresAt: row.expiresAt };
  await recordEvent(sql, { type: 'story.unshared', subject: row.storyId, actor, data: { shareId: id }, before });
  return true;
}
