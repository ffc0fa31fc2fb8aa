import { z } from 'zod';
import type { Summary } from '../domain/summary.ts';
import { recordEvent } from './event.ts';
import type { Sql } from './database.ts';

const reason = z.object({ name: z.string(), points: z.number(), detail: z.string().exactOptional() });
const sentence = z.object({
  index: z.number(),
  text: z.string(),
  start: z.number(),
  end: z.number(),
  score: z.number(),
  rank: z.number().nullable(),
  reasons: z.array(reason),
});
const hashtag = z.object({
  tag: z.string(),
  phrase: z.string(),
  origin: z.enum(['person', 'place', 'organisation', 'event', 'topic', 'headline', 'keyword', 'section', 'house']),
  score: z.number(),
  kept: z.boolean(),
  reasons: z.array(reason),
});

export const summaryRow = z.object({
  id: z.string(),
  articleId: z.string(),
  engine: z.string(),
  version: z.string(),
  lang: z.string(),
  sentences: z.array(sentence),
  hashtags: z.array(hashtag),
  createdAt: z.date(),
});
export type SummaryRow = z.infer<typeof summaryRow>;

/** Keeps a summary; the same article, engine and version give the same one, so a second write is a no-op. */
export async function insertSummary(sql: Sql, id: string, articleId: string, summary: Summary): Promise<void> {
  const added = await sql.run(
    `INSERT INTO standfirst.summary (id, article_id, engine, version, lang, sentences, hashtags) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (article_id, engine, version) DO NOTHING`,
    [
      id,
      articleId,
      summary.engine,
      summary.version,
      summary.lang,
      JSON.stringify(summary.sentences),
      JSON.stringify(summary.hashtags),
    ],
  );
  if (added > 0)
    await recordEvent(sql, {
      type: 'article.summarized',
      subject: articleId,
      data: { engine: summary.engine, version: summary.version },
    });
}

/** The newest summary of an article. */
export function getSummary(sql: Sql, articleId: string): Promise<SummaryRow | null> {
  return sql.one(
    summaryRow,
    `SELECT id, article_id AS "articleId", engine, version, lang, sentences, hashtags, created_at AS "createdAt"
       FROM standfirst.summary WHERE article_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
    [articleId],
  );
}
