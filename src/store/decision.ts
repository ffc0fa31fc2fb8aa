import { z } from 'zod';
import { outcomes } from '../domain/source.ts';
import type { ItemOutcome } from '../domain/source.ts';
import type { Sql } from './database.ts';
import type { PageRequest } from './page.ts';

export const decisionRow = z.object({
  id: z.string(),
  sourceId: z.string(),
  guid: z.string().nullable(),
  urlKey: z.string().nullable(),
  outcome: z.enum(outcomes),
  /** The rule that filtered it. */
  rule: z.string().nullable(),
  /** Why, in one sentence. */
  detail: z.string().nullable(),
  articleId: z.string().nullable(),
  /** The story it belongs to, or duplicates. */
  storyId: z.string().nullable(),
  url: z.string().nullable(),
  title: z.string(),
  teaser: z.string().nullable(),
  sections: z.array(z.string()),
  lang: z.string().nullable(),
  publishedAt: z.string().nullable(),
  /** Characters of the article, once it was read. */
  length: z.number().nullable(),
  hash: z.string(),
  promotedBy: z.string().nullable(),
  createdAt: z.date(),
  decidedAt: z.date(),
  /** When its source last showed it, to the day. */
  shownAt: z.date(),
});
export type DecisionRow = z.infer<typeof decisionRow>;

const columns = `id, source_id AS "sourceId", guid, url_key AS "urlKey", outcome, rule, detail, article_id AS "articleId", story_id AS "storyId",
  url, title, teaser, sections, lang, published_at AS "publishedAt", length, hash, promoted_by AS "promotedBy",
  created_at AS "createdAt", decided_at AS "decidedAt", shown_at AS "shownAt"`;

export type NewDecision = Omit<DecisionRow, 'length' | 'promotedBy' | 'createdAt' | 'decidedAt' | 'shownAt'> & {
  readonly content: string | null;
};

/** Writes what was decided about items that were not known; one that is known meanwhile stays. */
export async function insertDecisions(sql: Sql, decisions: readonly NewDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  await sql.run(
    `INSERT INTO standfirst.decision (id, source_id, guid, url_key, outcome, rule, detail, article_id, story_id, url, title, teaser, sections,
            lang, published_at, content, hash, created_at, decided_at, shown_at)
     SELECT id, "sourceId", guid, "urlKey", outcome, rule, detail, "articleId", "storyId", url, title, teaser, sections,
            lang, "publishedAt", content, hash, standfirst.clock(), standfirst.clock(), standfirst.clock()
       FROM jsonb_to_recordset($1) AS item (id text, "sourceId" text, guid text, "urlKey" text, outcome text, rule text, detail text,
            "articleId" text, "storyId" text, url text, title text, teaser text, sections text[], lang text, "publishedAt" text,
            content text, hash text)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(decisions)],
  );
}

/** The decisions about items that have one of these guids or addresses. */
export function decisionsAbout(
  sql: Sql,
  sourceId: string,
  guids: readonly string[],
  urlKeys: readonly string[],
): Promise<DecisionRow[]> {
  return sql.many(
    decisionRow,
    `SELECT ${columns} FROM standfirst.decision WHERE source_id = $1 AND (guid = ANY ($2) OR url_key = ANY ($3))`,
    [sourceId, guids, urlKeys],
  );
}

/** Says that the source still shows these items. */
export async function noteShown(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.run(`UPDATE standfirst.decision SET shown_at = standfirst.clock() WHERE id = ANY ($1)`, [ids]);
}

/** Another decision about an item that is known, with the words it has now. */
export async function decideAgain(sql: Sql, next: Omit<NewDecision, 'sourceId' | 'guid' | 'urlKey'>): Promise<void> {
  await sql.run(
    `UPDATE standfirst.decision SET outcome = $2, rule = $3, detail = $4, article_id = $5, story_id = $6, url = $7, title = $8, teaser = $9,
            sections = $10, lang = $11, published_at = $12, content = $13, hash = $14, decided_at = standfirst.clock() WHERE id = $1`,
    [
      next.id,
      next.outcome,
      next.rule,
      next.detail,
      next.articleId,
      next.storyId,
      next.url,
      next.title,
      next.teaser,
      next.sections,
      next.lang,
      next.publishedAt,
      next.content,
      next.hash,
    ],
  );
}

/** Items over the cap that are younger than a day, the newest first: they wait for their turn. */
export function waitingItems(
  sql: Sql,
  sourceId: string,
  limit: number,
): Promise<(DecisionRow & { content: string | null })[]> {
  return sql.many(
    withContent,
    `SELECT ${columns}, content FROM standfirst.decision
      WHERE source_id = $1 AND outcome = 'over-cap' AND created_at > standfirst.clock() - interval '1 day' ORDER BY id DESC LIMIT $2`,
    [sourceId, limit],
  );
}

const withContent = decisionRow.extend({ content: z.string().nullable() });

/** Locks a decision until the transaction ends, with what is needed to overrule it. */
export function lockDecision(sql: Sql, id: string): Promise<(DecisionRow & { content: string | null }) | null> {
  return sql.one(withContent, `SELECT ${columns}, content FROM standfirst.decision WHERE id = $1 FOR UPDATE`, [id]);
}

/** The decision that an article comes from; null where somebody handed it in. */
export function decisionOf(sql: Sql, articleId: string): Promise<DecisionRow | null> {
  return sql.one(decisionRow, `SELECT ${columns} FROM standfirst.decision WHERE article_id = $1`, [articleId]);
}

/** A person has overruled it: no rule and no likeness stops its article. */
export async function promoteDecision(sql: Sql, id: string, articleId: string, actor: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.decision SET outcome = 'accepted', rule = NULL, detail = NULL, article_id = $2, story_id = NULL, promoted_by = $3,
            decided_at = standfirst.clock() WHERE id = $1`,
    [id, articleId, actor],
  );
}

/**
 * What became of an article that a source brought, once it was read. An item that was taken in stays so: what became of a
 * later revision of it is told beside it.
 */
export async function settleDecision(
  sql: Sql,
  articleId: string,
  settled: {
    outcome: ItemOutcome;
    rule?: string;
    detail?: string;
    storyId?: string;
    article?: { title: string; lang: string; length: number };
  },
): Promise<void> {
  const { article } = settled;
  await sql.run(
    `UPDATE standfirst.decision
        SET outcome = CASE WHEN outcome = 'accepted' AND story_id IS NOT NULL THEN outcome ELSE $2 END, rule = $3, detail = $4, story_id = coalesce($5, story_id), length = coalesce($6, length),
            lang = coalesce(lang, $7), title = CASE WHEN title = '' THEN coalesce($8, title) ELSE title END, decided_at = standfirst.clock()
      WHERE article_id = $1`,
    [
      articleId,
      settled.outcome,
      settled.rule ?? null,
      settled.detail ?? null,
      settled.storyId ?? null,
      article?.length ?? null,
      article?.lang ?? null,
      article?.title ?? null,
    ],
  );
}

/** The log of a source, the newest item first. */
export function pageDecisions(
  sql: Sql,
  sourceId: string,
  outcome: ItemOutcome | null,
  page: PageRequest,
): Promise<DecisionRow[]> {
  return sql.many(
    decisionRow,
    `SELECT ${columns} FROM standfirst.decision
      WHERE source_id = $2 AND ($3::text IS NULL OR outcome = $3) AND ($4::text IS NULL OR id < $4) ORDER BY id DESC LIMIT $1`,
    [page.limit, sourceId, outcome, page.after?.[0] ?? null],
  );
}
