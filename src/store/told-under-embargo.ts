import { z } from 'zod';
import type { Sql } from './database.ts';
import { WAKE } from './embargo.ts';
import { recordEvent } from './event.ts';

/** What tells a story that is under embargo although it is none of its posts. */

/**
 * A story, those that it may be a copy of, those that may be copies of it, and so on, whichever was there first; but none that
 * a person has told apart.
 */
const NEAR = `WITH RECURSIVE near (story_id) AS (
    SELECT coalesce($2::text, (SELECT story_id FROM standfirst.post WHERE id = $1))
    UNION
    SELECT other.story_id FROM near CROSS JOIN LATERAL (
      SELECT possible_duplicate ->> 'storyId' AS story_id, possible_duplicate FROM standfirst.article WHERE article.story_id = near.story_id
      UNION ALL
      SELECT article.story_id, possible_duplicate FROM standfirst.article
       WHERE possible_duplicate IS NOT NULL AND possible_duplicate ->> 'storyId' = near.story_id
      OFFSET 0) AS other
     WHERE other.possible_duplicate IS NOT NULL AND other.possible_duplicate -> 'isAnother' IS DISTINCT FROM 'true')`;

/**
 * When the last embargo ends on the stories of which a post's own, or this one, may be a copy, or which may be one of it; null
 * where none is under one.
 */
export async function embargoOnOriginal(sql: Sql, of: { postId: string } | { storyId: string }): Promise<Date | null> {
  const row = await sql.one(
    z.object({ until: z.date().nullable() }),
    `${NEAR} SELECT max(story.embargo_until) AS until FROM near JOIN standfirst.story ON story.id = near.story_id
      WHERE story.id IS DISTINCT FROM coalesce($2::text, (SELECT story_id FROM standfirst.post WHERE id = $1))
        AND story.embargo_until > standfirst.clock()`,
    'postId' in of ? [of.postId, null] : [null, of.storyId],
  );
  return row?.until ?? null;
}

/** Those stories, with this one, and when their embargoes end. */
export function storiesNear(sql: Sql, storyId: string): Promise<{ id: string; embargoUntil: Date | null }[]> {
  return sql.many(
    z.object({ id: z.string(), embargoUntil: z.date().nullable() }),
    `${NEAR} SELECT story.id, story.embargo_until AS "embargoUntil" FROM near JOIN standfirst.story ON story.id = near.story_id ORDER BY id`,
    [null, storyId],
  );
}

const toldRow = z.object({ until: z.date(), texts: z.array(z.string()) });

/**
 * What posts of stories under embargo say, in every revision, where it has one of these runs of letters: what is equal has,
 * and to read letters is quicker than to compare words. Told to go from the few stories to their posts: where the database has
 * no figures yet, it read all revisions, 40,000 in 25 ms instead of 2. @param postId the one that asks.
 */
export function embargoedTexts(sql: Sql, postId: string, runs: readonly string[]): Promise<z.infer<typeof toldRow>[]> {
  return sql.many(
    toldRow,
    `SELECT story.embargo_until AS until, jsonb_path_query_array(rev.parts, '$[*].text') AS texts
       FROM (SELECT id, embargo_until FROM standfirst.story WHERE embargo_until > standfirst.clock() OFFSET 0) AS story
      CROSS JOIN LATERAL (SELECT id FROM standfirst.post WHERE post.story_id = story.id AND post.id <> $1 OFFSET 0) AS post
      CROSS JOIN LATERAL (SELECT parts FROM standfirst.post_revision WHERE post_id = post.id OFFSET 0) AS rev
      WHERE EXISTS (SELECT 1 FROM unnest($2::text[]) AS run WHERE strpos(rev.parts::text, run) > 0)`,
    [postId, runs],
  );
}

/** A person has compared the two: an article tells another story than the one that it may be a copy of. */
export async function markAnother(sql: Sql, articleId: string, otherStoryId: string, actor: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.article SET possible_duplicate = possible_duplicate || '{"isAnother": true}' WHERE id = $1`,
    [articleId],
  );
  await recordEvent(sql, { type: 'article.told-apart', subject: articleId, actor, data: { from: otherStoryId } });
}

const waitingRow = z.object({ id: z.string(), wake: z.number(), wakeAt: z.date(), dueAt: z.date() });

/** A story's scheduled posts that were due and were put off until one of these, and not by its own embargo. */
export function waitingUntil(sql: Sql, storyId: string, ends: readonly Date[]): Promise<z.infer<typeof waitingRow>[]> {
  return sql.many(
    waitingRow,
    `SELECT id, wake, wake_at AS "wakeAt", ${WAKE('due_at')} AS "dueAt" FROM standfirst.post
      WHERE story_id = $1 AND state = 'scheduled' AND wake_at = ANY ($2::timestamptz[]) AND ${WAKE('due_at')} < wake_at ORDER BY id`,
    [storyId, ends],
  );
}
