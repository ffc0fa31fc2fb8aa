import { z } from 'zod';
import type { LinkCard } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { cardImage } from './post.ts';

const idRow = z.object({ id: z.string() });
const card = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string(),
  image: cardImage.nullable(),
});
export const timelineRow = z.object({
  id: z.string(),
  accountId: z.string(),
  text: z.string(),
  card: card.nullable(),
  replyTo: z.string().nullable(),
  createdAt: z.date(),
});
export type TimelineRow = z.infer<typeof timelineRow>;

/** Keeps a message of the sandbox; a second one with the same key answers the first one's id. */
export async function keepMessage(
  sql: Sql,
  id: string,
  entry: { accountId: string; key: string; text: string; card: LinkCard | null; replyTo: string | null },
): Promise<{ id: string }> {
  const row = await sql.one(
    idRow,
    `INSERT INTO standfirst.timeline AS kept (id, account_id, key, text, card, reply_to) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (account_id, key) DO UPDATE SET key = kept.key RETURNING id`,
    [
      id,
      entry.accountId,
      entry.key,
      entry.text,
      entry.card === null ? null : JSON.stringify(entry.card),
      entry.replyTo,
    ],
  );
  return row ?? { id };
}

export function findMessage(sql: Sql, accountId: string, key: string): Promise<{ id: string } | null> {
  return sql.one(
    idRow,
    `SELECT id FROM standfirst.timeline WHERE account_id = $1 AND key = $2 AND removed_at IS NULL`,
    [accountId, key],
  );
}

export async function removeMessage(sql: Sql, accountId: string, id: string): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE standfirst.timeline SET removed_at = standfirst.clock() WHERE account_id = $1 AND id = $2 AND removed_at IS NULL`,
      [accountId, id],
    )) > 0
  );
}

export async function editMessage(sql: Sql, accountId: string, id: string, text: string): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE standfirst.timeline SET text = $3 WHERE account_id = $1 AND id = $2 AND removed_at IS NULL`,
      [accountId, id, text],
    )) > 0
  );
}

/** Newest first. */
export function listTimeline(sql: Sql, limit: number, accountId?: string): Promise<TimelineRow[]> {
  return sql.many(
    timelineRow,
    `SELECT id, account_id AS "accountId", text, card, reply_to AS "replyTo", created_at AS "createdAt" FROM standfirst.timeline
      WHERE removed_at IS NULL AND ($2::text IS NULL OR account_id = $2) ORDER BY created_at DESC, id DESC LIMIT $1`,
    [limit, accountId ?? null],
  );
}
