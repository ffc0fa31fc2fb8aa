import { z } from 'zod';
import type { Article } from '../domain/article.ts';
import type { Urgency } from '../domain/post.ts';
import { recordEvent } from './event.ts';
import type { Sql } from './database.ts';

/** What somebody asked for: exactly one of `url`, `text` and `html` carries the article; the rest overrides what is found. */
export const articleRequest = z.object({
  url: z.string().optional(),
  text: z.string().optional(),
  html: z.string().optional(),
  title: z.string().optional(),
  section: z.string().optional(),
  tags: z.array(z.string()).default([]),
  lang: z.string().optional(),
  accountIds: z.array(z.string()).optional(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']).default('normal'),
  /** No post of its story goes out before, as an instant. */
  embargoUntil: z.string().optional(),
  /** False: whoever handed it in may not move posts that are there, and its embargo is for a new story alone. */
  mayMovePosts: z.boolean().default(true),
  /** A test key handed it in: it touches no story but its own. */
  isTest: z.boolean().default(false),
});
export type ArticleRequest = z.infer<typeof articleRequest>;

const refusal = z.object({ reason: z.string(), detail: z.string() });
const image = z.object({ url: z.string(), alt: z.string().nullable() });

export const articleRow = z.object({
  id: z.string(),
  storyId: z.string().nullable(),
  sourceId: z.string().nullable(),
  revision: z.number(),
  state: z.enum(['pending', 'ready', 'refused']),
  request: articleRequest,
  refusal: refusal.nullable(),
  url: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string().nullable(),
  lang: z.string().nullable(),
  siteName: z.string().nullable(),
  section: z.string().nullable(),
  keywords: z.array(z.string()),
  authors: z.array(z.string()),
  description: z.string().nullable(),
  publishedAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  image: image.nullable(),
  confidence: z.number().nullable(),
  /** What was left out of its address because it may be a key. */
  linkCut: z.array(z.string()),
  /** A story that may be the same, for a person to look at. */
  possibleDuplicate: z
    .object({
      storyId: z.string(),
      why: z.string(),
      /** A person has compared the two: it tells another story. */
      isAnother: z.boolean().default(false),
    })
    .nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  ingestedAt: z.date().nullable(),
});
export type ArticleRow = z.infer<typeof articleRow>;

export const articleColumns = `id, story_id AS "storyId", source_id AS "sourceId", revision, state, request, refusal, url, title, text, lang,
  site_name AS "siteName", section, keywords, authors, description, published_at AS "publishedAt", modified_at AS "modifiedAt",
  image, confidence, link_cut AS "linkCut", possible_duplicate AS "possibleDuplicate", created_by AS "createdBy", created_at AS "createdAt", ingested_at AS "ingestedAt"`;

/** @param sourceId the source that brought it; null where somebody handed it in. */
export async function insertArticle(
  sql: Sql,
  id: string,
  request: ArticleRequest,
  actor: string,
  sourceId: string | null = null,
): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.article (id, request, created_by, source_id, created_at) VALUES ($1, $2, $3, $4, standfirst.clock())`,
    [id, JSON.stringify(request), actor, sourceId],
  );
  await recordEvent(sql, {
    type: 'article.requested',
    subject: id,
    actor,
    data: {
      ...(request.url === undefined ? {} : { url: request.url }),
      ...(sourceId === null ? {} : { sourceId }),
    },
  });
}

/** How many articles a source has brought within the last hour: what its cap counts. */
export async function articlesInHour(sql: Sql, sourceId: string): Promise<number> {
  const row = await sql.one(
    z.object({ count: z.number() }),
    `SELECT count(*) AS count FROM standfirst.article WHERE source_id = $1 AND created_at > standfirst.clock() - interval '1 hour'`,
    [sourceId],
  );
  return row?.count ?? 0;
}

export function getArticle(sql: Sql, id: string): Promise<ArticleRow | null> {
  return sql.one(articleRow, `SELECT ${articleColumns} FROM standfirst.article WHERE id = $1`, [id]);
}

/** The newest revision of a story that was read. */
export function latestArticle(sql: Sql, storyId: string): Promise<ArticleRow | null> {
  return sql.one(
    articleRow,
    `SELECT ${articleColumns} FROM standfirst.article WHERE story_id = $1 AND state = 'ready' ORDER BY revision DESC LIMIT 1`,
    [storyId],
  );
}

/** Writes what ingest made of a pending article. @returns false where it was not pending any more. */
export async function writeIngested(
  sql: Sql,
  id: string,
  placed: {
    storyId: string;
    revision: number;
    urgency: Urgency;
    confidence: number;
    likeness: { storyId: string; why: string } | null;
    linkCut: readonly string[];
  },
  article: Article,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE standfirst.article SET state = 'ready', story_id = $2, revision = $3, url = $4, title = $5, text = $6, lang = $7,
            site_name = $8, section = $9, keywords = $10, authors = $11, description = $12, published_at = $13, modified_at = $14,
            image = $15, confidence = $16, request = jsonb_set(request, '{urgency}', to_jsonb($17::text)), possible_duplicate = $18, link_cut = $19, ingested_at = standfirst.clock()
      WHERE id = $1 AND state = 'pending'`,
    [
      id,
      placed.storyId,
      placed.revision,
      article.url,
      article.title,
      article.text,
      article.lang,
      article.siteName,
      article.section,
      article.keywords,
      article.authors,
      article.description,
      article.publishedAt,
      article.modifiedAt,
      article.image === null ? null : JSON.stringify(article.image),
      placed.confidence,
      placed.urgency,
      placed.likeness === null ? null : JSON.stringify(placed.likeness),
      placed.linkCut,
    ],
  );
  if (changed > 0)
    await recordEvent(sql, {
      type: 'article.ingested',
      subject: id,
      data: { storyId: placed.storyId, revision: placed.revision, title: article.title, lang: article.lang },
    });
  return changed > 0;
}

/** @param storyId the story that has all of it already. */
export async function refuseArticle(
  sql: Sql,
  id: string,
  reason: string,
  detail: string,
  storyId: string | null = null,
): Promise<void> {
  const changed = await sql.run(
    `UPDATE standfirst.article SET state = 'refused', refusal = $2, story_id = $3, ingested_at = standfirst.clock() WHERE id = $1 AND state = 'pending'`,
    [id, JSON.stringify({ reason, detail }), storyId],
  );
  if (changed > 0) await recordEvent(sql, { type: 'article.refused', subject: id, data: { reason, detail } });
}

/** The noun that `text/` reads. @throws Error where the article is not ready: a caller's defect. */
export function articleOf(row: ArticleRow): Article {
  if (row.state !== 'ready' || row.text === null) throw new Error(`Article ${row.id} is ${row.state}, not ready.`);
  return {
    title: row.title ?? '',
    text: row.text,
    lang: row.lang ?? 'und',
    url: row.url,
    siteName: row.siteName,
    section: row.section,
    keywords: row.keywords,
    authors: row.authors,
    description: row.description,
    publishedAt: row.publishedAt,
    modifiedAt: row.modifiedAt,
    image: row.image,
  };
}
