import { z } from 'zod';
import type { Urgency } from '../domain/post.ts';
import type { Fingerprint } from '../text/fingerprint.ts';
import type { Sql } from './database.ts';

/** How a story is found again: by its keys, and by what its text sounds like. */

const fingerprintColumn: z.ZodType<Fingerprint> = z.object({
  version: z.literal(1),
  url: z.string().nullable(),
  headline: z.array(z.number()),
  sample: z.array(z.number()),
  sequences: z.number(),
  facts: z.array(z.number()).optional(),
});

const LOCK = 7_305_004;

/** Until the transaction ends nobody else places an article: two that tell one story never make two of it. */
export async function lockStories(sql: Sql): Promise<void> {
  await sql.run('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

/** The stories that keys lead to: key → story. */
export async function storiesByKey(sql: Sql, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.many(
    z.object({ key: z.string(), storyId: z.string() }),
    `SELECT key, story_id AS "storyId" FROM standfirst.story_key WHERE key = ANY ($1)`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.storyId]));
}

/** A key that leads to a story already goes on leading there. */
export async function addStoryKeys(sql: Sql, storyId: string, keys: readonly string[]): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.story_key (key, story_id) SELECT DISTINCT key, $2 FROM unnest($1::text[]) AS key ON CONFLICT DO NOTHING`,
    [keys, storyId],
  );
}

const printedRow = z.object({ id: z.string(), fingerprint: fingerprintColumn });
export type PrintedStory = z.infer<typeof printedRow>;

/** Copies come within days. */
const ALIKE_WITHIN = `interval '14 days'`;

/** Stories of late that share the most with a fingerprint, in text or headline, the likeliest first. */
export function storiesLike(sql: Sql, { sample, headline }: Fingerprint, limit: number): Promise<PrintedStory[]> {
  return sql.many(
    printedRow,
    `SELECT id, fingerprint FROM standfirst.story
      WHERE (sample && $1::bigint[] OR headline && $2::bigint[]) AND updated_at > standfirst.clock() - ${ALIKE_WITHIN} AND fingerprint IS NOT NULL
      ORDER BY (SELECT count(*) FROM unnest(sample) AS own WHERE own = ANY ($1::bigint[]))
             + (SELECT count(*) FROM unnest(headline) AS own WHERE own = ANY ($2::bigint[])) DESC, id DESC LIMIT $3`,
    [sample, headline, limit],
  );
}

export function storyPrint(sql: Sql, id: string): Promise<PrintedStory | null> {
  return sql.one(printedRow, `SELECT id, fingerprint FROM standfirst.story WHERE id = $1 AND fingerprint IS NOT NULL`, [
    id,
  ]);
}

/** A new story. */
export async function insertStory(
  sql: Sql,
  story: { id: string; title: string; url: string | null; urgency: Urgency },
): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.story (id, title, canonical_url, urgency, created_at, updated_at)
     VALUES ($1, $2, CASE WHEN EXISTS (SELECT 1 FROM standfirst.story WHERE canonical_url = $3) THEN NULL ELSE $3 END, $4,
             standfirst.clock(), standfirst.clock())`,
    [story.id, story.title, story.url, story.urgency],
  );
}

/** The words a story has now: of its newest article. */
export async function retellStory(sql: Sql, id: string, title: string, print: Fingerprint): Promise<void> {
  await sql.run(
    `UPDATE standfirst.story SET title = $2, fingerprint = $3, sample = $4, headline = $5, updated_at = standfirst.clock() WHERE id = $1`,
    [id, title, JSON.stringify(print), print.sample, print.headline],
  );
}
