import { z } from 'zod';
import type { Sql } from './database.ts';
import { storyCampaign } from './story-campaign.ts';

const storyToTell = z.object({
  id: z.string(),
  utm: storyCampaign.nullable(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  embargoUntil: z.date().nullable(),
  /** Its newest that is ready. */
  articleId: z.string().nullable(),
});
export type StoryToTell = z.infer<typeof storyToTell>;

/**
 * What a new post has of its story, for those of these that are there: in one statement, since a thousand texts handed in
 * together may tell a thousand stories.
 */
export async function storiesToTell(sql: Sql, ids: readonly string[]): Promise<Map<string, StoryToTell>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.many(
    storyToTell,
    `SELECT story.id, utm, urgency, embargo_until AS "embargoUntil",
            (SELECT article.id FROM standfirst.article WHERE article.story_id = story.id AND article.state = 'ready'
              ORDER BY revision DESC LIMIT 1) AS "articleId"
       FROM standfirst.story WHERE story.id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
