import { z } from 'zod';
import type { PageRequest } from './page.ts';
import type { Sql } from './database.ts';

const item = z.object({
  id: z.string(),
  storyId: z.string().nullable(),
  sourceId: z.string().nullable(),
  revision: z.number(),
  state: z.enum(['pending', 'ready', 'refused']),
  url: z.string().nullable(),
  title: z.string().nullable(),
  opening: z.string().nullable(),
  siteName: z.string().nullable(),
  section: z.string().nullable(),
  lang: z.string().nullable(),
  description: z.string().nullable(),
  publishedAt: z.string().nullable(),
  refusal: z.object({ reason: z.string(), detail: z.string() }).nullable(),
  postCount: z.number(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  ingestedAt: z.date().nullable(),
});
export type ArticleItemRow = z.infer<typeof item>;

// What was asked for stands in for what ingest has not found yet, so that a pending article has a name in the list.
const columns = `id, story_id AS "storyId", source_id AS "sourceId", revision, state, coalesce(url, request->>'url') AS url,
  coalesce(title, request->>'title') AS title,
  CASE WHEN coalesce(title, request->>'title', '') = '' THEN nullif(left(coalesce(text, request->>'text'), 200), '') END AS opening, site_name AS "siteName", coalesce(section, request->>'section') AS section, lang,
  description, published_at AS "publishedAt", refusal,
  (SELECT count(*) FROM standfirst.post WHERE post.article_id = article.id) AS "postCount",
  created_by AS "createdBy", created_at AS "createdAt", ingested_at AS "ingestedAt"`;

/** Articles, newest first; those with `words` where they are given, as somebody typed them. */
export function pageArticles(
  sql: Sql,
  page: PageRequest,
  state: string | null,
  words: string | null = null,
): Promise<ArticleItemRow[]> {
  return sql.many(
    item,
    `SELECT ${columns} FROM standfirst.article
      WHERE ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR id < $3)
        AND ($4::text IS NULL OR words @@ standfirst.search_for($4)) ORDER BY id DESC LIMIT $1`,
    [page.limit, state, page.after?.[0] ?? null, words],
  );
}

/** One article as the list shows it. */
export function getArticleItem(sql: Sql, id: string): Promise<ArticleItemRow | null> {
  return sql.one(item, `SELECT ${columns} FROM standfirst.article WHERE id = $1`, [id]);
}

const step = z.object({
  name: z.enum(['ingest', 'summarize', 'compose']),
  state: z.enum(['done', 'failed']),
  tries: z.number(),
  problem: z.string().nullable(),
  at: z.date(),
});

/** What became of each step of an article, in the order they ran. */
export function listSteps(sql: Sql, articleId: string): Promise<z.infer<typeof step>[]> {
  return sql.many(
    step,
    `SELECT name, state, tries, problem, at FROM standfirst.step WHERE article_id = $1 ORDER BY at, name`,
    [articleId],
  );
}
