import { z } from 'zod';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';

const commentRow = z.object({
  id: z.string(),
  storyId: z.string(),
  author: z.string(),
  text: z.string(),
  createdAt: z.date(),
});
export type CommentRow = z.infer<typeof commentRow>;

const columns = `id, story_id AS "storyId", author, text, created_at AS "createdAt"`;

export async function addComment(
  sql: Sql,
  comment: { readonly id: string; readonly storyId: string; readonly text: string },
  author: string,
): Promise<CommentRow> {
  const row = await sql.one(
    commentRow,
    `INSERT INTO standfirst.comment (id, story_id, author, text) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
    [comment.id, comment.storyId, author, comment.text],
  );
  const data = { commentId: comment.id };
  await recordEvent(sql, { type: 'story.commented', subject: comment.storyId, actor: author, data });
  return row as CommentRow;
}

/** What was said about a story, oldest first. */
export function pageComments(sql: Sql, storyId: string, page: PageRequest): Promise<CommentRow[]> {
  return sql.many(
    commentRow,
    `SELECT ${columns} FROM standfirst.comment WHERE story_id = $2 AND ($3::text IS NULL OR id > $3) ORDER BY id LIMIT $1`,
    [page.limit, storyId, page.after?.[0] ?? null],
  );
}
