import { z } from 'zod';
import type { Sql } from './database.ts';

/** The steps an article goes through before it has posts, in order. */
export const articleSteps = ['ingest', 'summarize', 'compose'] as const;
export type ArticleStep = (typeof articleSteps)[number];

export async function finishStep(sql: Sql, articleId: string, name: ArticleStep): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.step (article_id, name, state) VALUES ($1, $2, 'done')
     ON CONFLICT (article_id, name) DO UPDATE SET state = 'done', problem = NULL, at = standfirst.clock()`,
    [articleId, name],
  );
}

/** Tries after which a step is left alone: the article says why, and a person may ask again. */
const MAX_TRIES = 3;

/** @returns whether that was the last try. */
export async function failStep(sql: Sql, articleId: string, name: ArticleStep, problem: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ tries: z.number() }),
    `INSERT INTO standfirst.step AS step (article_id, name, state, problem) VALUES ($1, $2, 'failed', $3)
     ON CONFLICT (article_id, name) DO UPDATE
        SET tries = step.tries + 1, problem = excluded.problem, at = standfirst.clock() WHERE step.state <> 'done'
     RETURNING step.tries`,
    [articleId, name, problem],
  );
  return (row?.tries ?? 0) >= MAX_TRIES;
}

export async function isStepDone(sql: Sql, articleId: string, name: ArticleStep): Promise<boolean> {
  const row = await sql.one(
    z.object({ state: z.string() }),
    `SELECT state FROM standfirst.step WHERE article_id = $1 AND name = $2`,
    [articleId, name],
  );
  return row?.state === 'done';
}

/**
 * Articles whose next step is not done although nothing has moved for `idleMs`: its job was lost, or the step failed and
 * has tries left. Refused articles are at their end.
 */
export async function openSteps(
  sql: Sql,
  idleMs: number,
  limit: number,
): Promise<{ articleId: string; name: ArticleStep }[]> {
  return sql.many(
    z.object({ articleId: z.string(), name: z.enum(articleSteps) }),
    `SELECT article.id AS "articleId", next.name
       FROM standfirst.article
       CROSS JOIN LATERAL (
         SELECT wanted.name FROM unnest(ARRAY['ingest', 'summarize', 'compose']) WITH ORDINALITY AS wanted (name, place)
          WHERE NOT EXISTS (SELECT 1 FROM standfirst.step WHERE article_id = article.id AND step.name = wanted.name AND step.state = 'done')
          ORDER BY wanted.place LIMIT 1) AS next
       LEFT JOIN standfirst.step AS last ON last.article_id = article.id AND last.name = next.name
      WHERE article.state <> 'refused'
        AND article.created_at > standfirst.clock() - interval '7 days'
        AND coalesce(last.tries, 0) < $3
        AND greatest(article.created_at, article.ingested_at, last.at) < standfirst.clock() - make_interval(secs => $1 / 1000.0)
      ORDER BY article.created_at LIMIT $2`,
    [idleMs, limit, MAX_TRIES],
  );
}
