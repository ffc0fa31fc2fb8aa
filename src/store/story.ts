import { z } from 'zod';
import type { Urgency } from '../domain/post.ts';
import type { Sql } from './database.ts';

export const storyRow = z.object({
  id: z.string(),
  title: z.string(),
  canonicalUrl: z.string().nullable(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  embargoUntil: z.date().nullable(),
  createdAt: z.date(),
});
export type StoryRow = z.infer<typeof storyRow>;

const columns = `id, title, canonical_url AS "canonicalUrl", urgency, embargo_until AS "embargoUntil", created_at AS "createdAt"`;

export function getStory(sql: Sql, id: string): Promise<StoryRow | null> {
  return sql.one(storyRow, `SELECT ${columns} FROM standfirst.story WHERE id = $1`, [id]);
}

/**
 * The story an article belongs to: the one with its canonical URL, or a new one.
 * @returns the story's id and the number the article's revision takes, from 1.
 */
export async function placeInStory(
  sql: Sql,
  newId: string,
  article: { title: string; url: string | null; urgency: Urgency },
): Promise<{ storyId: string; revision: number }> {
  const row = await sql.one(
    z.object({ id: z.string() }),
    `INSERT INTO standfirst.story (id, title, canonical_url, urgency) VALUES ($1, $2, $3, $4)
     ON CONFLICT (canonical_url) WHERE canonical_url IS NOT NULL
     DO UPDATE SET title = excluded.title, updated_at = standfirst.clock() RETURNING id`,
    [newId, article.title, article.url, article.urgency],
  );
  const storyId = row?.id ?? newId;
  const latest = await sql.one(
    z.object({ revision: z.number() }),
    `SELECT coalesce(max(revision), 0) AS revision FROM standfirst.article WHERE story_id = $1`,
    [storyId],
  );
  return { storyId, revision: (latest?.revision ?? 0) + 1 };
}
