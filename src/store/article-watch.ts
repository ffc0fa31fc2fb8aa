import { z } from 'zod';
import type { Sql } from './database.ts';

/** Pages whose posts wait are looked at this often, and those whose posts are out. */
const WAITING = `interval '15 minutes'`;
const OUT = `interval '1 hour'`;
/** How long after the last of its posts went out a page is still looked at. */
const OUT_FOR = `interval '2 days'`;

const UNSENT = `EXISTS (SELECT 1 FROM standfirst.post WHERE post.story_id = article.story_id AND post.state IN ('draft', 'in_review', 'approved', 'scheduled'))`;

/** Pages whose time has come. Those that no post needs any more are forgotten. */
export async function pagesToWatch(sql: Sql, limit: number): Promise<{ articleId: string; at: number }[]> {
  await sql.run(
    `UPDATE standfirst.article SET watch_at = NULL
      WHERE watch_at <= standfirst.clock() AND NOT (${UNSENT} OR EXISTS (
              SELECT 1 FROM standfirst.post WHERE post.story_id = article.story_id AND post.removed_at IS NULL
                 AND post.published_at > standfirst.clock() - ${OUT_FOR}))
        -- Its posts may not be written yet.
        AND ingested_at < standfirst.clock() - interval '1 hour'`,
  );
  return sql.many(
    z.object({ articleId: z.string(), at: z.number() }),
    `SELECT id AS "articleId", floor(extract(epoch FROM watch_at))::float8 AS at FROM standfirst.article
      WHERE watch_at <= standfirst.clock() ORDER BY watch_at LIMIT $1`,
    [limit],
  );
}

/** Takes a page for one look. Of two workers one gets it. @returns whether it is ours, and still its story's newest revision. */
export async function claimWatch(sql: Sql, articleId: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ isLatest: z.boolean() }),
    `UPDATE standfirst.article SET watch_at = standfirst.clock() + CASE WHEN ${UNSENT} THEN ${WAITING} ELSE ${OUT} END
      WHERE id = $1 AND watch_at <= standfirst.clock()
     RETURNING NOT EXISTS (SELECT 1 FROM standfirst.article AS later WHERE later.story_id = article.story_id
                              AND later.state IN ('ready', 'pending') AND later.revision > article.revision) AS "isLatest"`,
    [articleId],
  );
  if (row !== null && !row.isLatest)
    await sql.run(`UPDATE standfirst.article SET watch_at = NULL WHERE id = $1`, [articleId]);
  return row?.isLatest ?? false;
}

/** The page of an article's story is looked at in the next round: somebody has doubts about it. */
export async function watchSoon(sql: Sql, articleId: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.article SET watch_at = standfirst.clock()
      WHERE story_id = (SELECT story_id FROM standfirst.article WHERE id = $1) AND watch_at IS NOT NULL`,
    [articleId],
  );
}

/** Who holds the posts of a page that is gone. */
export const WATCH = 'watch';

/**
 * From now on the page of an article is looked at; of the story's earlier revisions no more. Where the story is held because
 * the page was gone, it is looked at in the next round: it has just been read, so it is back.
 */
export async function startWatch(sql: Sql, articleId: string, storyId: string, isNoindex: boolean): Promise<void> {
  await sql.run(
    `UPDATE standfirst.article SET watch_at = CASE WHEN id = $1 THEN standfirst.clock() + CASE WHEN EXISTS (
              SELECT 1 FROM standfirst.hold WHERE lifted_at IS NULL AND scope = 'story' AND target = $2 AND placed_by = $4)
              THEN interval '0' ELSE ${WAITING} END END,
            is_noindex = CASE WHEN id = $1 THEN $3 ELSE is_noindex END
      WHERE story_id = $2 AND (id = $1 OR watch_at IS NOT NULL)`,
    [articleId, storyId, isNoindex, WATCH],
  );
}

export async function wasNoindex(sql: Sql, articleId: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ isNoindex: z.boolean() }),
    `SELECT is_noindex AS "isNoindex" FROM standfirst.article WHERE id = $1`,
    [articleId],
  );
  return row?.isNoindex ?? false;
}
