import { z } from 'zod';
import type { Sql } from './database.ts';
import type { PageRequest } from './page.ts';
import { storyColumns, storyRow } from './story.ts';

const storyItem = storyRow.extend({
  articleId: z.string().nullable(),
  revision: z.number(),
  copies: z.number(),
  posts: z.record(z.string(), z.number()),
});
export type StoryItemRow = z.infer<typeof storyItem>;

/** Stories, the newest first; those of which an article holds `words` where they are given, as somebody typed them. */
export function pageStories(
  sql: Sql,
  urgency: string | null,
  words: string | null,
  page: PageRequest,
): Promise<StoryItemRow[]> {
  return sql.many(
    storyItem,
    `SELECT ${storyColumns},
            (SELECT article.id FROM standfirst.article WHERE article.story_id = story.id AND article.state = 'ready'
              ORDER BY article.revision DESC LIMIT 1) AS "articleId",
            (SELECT coalesce(max(article.revision), 0) FROM standfirst.article
              WHERE article.story_id = story.id AND article.state = 'ready') AS revision,
            (SELECT count(*) FROM standfirst.article WHERE article.story_id = story.id AND article.state = 'refused') AS copies,
            (SELECT coalesce(jsonb_object_agg(counted.state, counted.n), '{}') FROM (
               SELECT post.state, count(*) AS n FROM standfirst.post WHERE post.story_id = story.id GROUP BY post.state) AS counted) AS posts
       FROM standfirst.story WHERE ($2::text IS NULL OR urgency = $2) AND ($3::text IS NULL OR id < $3)
        AND ($4::text IS NULL OR id IN (SELECT story_id FROM standfirst.article WHERE article.words @@ standfirst.search_for($4)))
      ORDER BY id DESC LIMIT $1`,
    [page.limit, urgency, page.after?.[0] ?? null, words],
  );
}
