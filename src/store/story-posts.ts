import { z } from 'zod';
import { postCan } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { IN_DOUBT } from './in-doubt.ts';
import { postColumns, postFrom, postRow } from './post.ts';
import { takeBackRecurrences } from './recurrence.ts';

const storyPost = postRow.extend({
  /** Somebody changed its text after the line wrote it. */
  isByHand: z.boolean(),
  /** At least one of its messages is on the network, or may be. */
  isOut: z.boolean(),
});
export type StoryPost = z.infer<typeof storyPost>;

/** Authors of revisions that no person wrote. */
const OWN_AUTHORS = ['line', 'policy'];

const STORY_POSTS = `SELECT ${postColumns},
            EXISTS (SELECT 1 FROM standfirst.post_revision AS other WHERE other.post_id = post.id AND NOT (other.author = ANY ($2))) AS "isByHand",
            EXISTS (SELECT 1 FROM standfirst.attempt WHERE attempt.post_id = post.id
                      AND attempt.phase IN ('reserved', 'sent', 'unknown', 'published')) OR ${IN_DOUBT} AS "isOut"
       FROM ${postFrom}`;

/** The posts that the line wrote of a story; neither those that come again by a clock, nor answers. */
export function postsOfStory(sql: Sql, storyId: string): Promise<StoryPost[]> {
  return sql.many(
    storyPost,
    `${STORY_POSTS}
      WHERE post.story_id = $1 AND post.article_id IS NOT NULL AND post.recurrence_id IS NULL AND post.reply_to IS NULL
      ORDER BY post.id`,
    [storyId, OWN_AUTHORS],
  );
}

/** Whatever tells a story and can still be edited, wherever its words came from. */
export function openPostsOfStory(sql: Sql, storyId: string): Promise<StoryPost[]> {
  return sql.many(storyPost, `${STORY_POSTS} WHERE post.story_id = $1 AND post.state = ANY ($3) ORDER BY post.id`, [
    storyId,
    OWN_AUTHORS,
    postCan.edit,
  ]);
}

/** The revision of the article that a post was written from. */
export async function setArticle(sql: Sql, postId: string, articleId: string): Promise<void> {
  await sql.run(`UPDATE standfirst.post SET article_id = $2 WHERE id = $1`, [postId, articleId]);
}

/**
 * The article has changed under a text that a person wrote: it stays, loses its approval and waits for one again.
 * @returns false where it left meanwhile, or may have.
 */
export async function returnToReview(sql: Sql, postId: string, articleId: string, why: string): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE standfirst.post AS post SET state = CASE WHEN state = 'draft' THEN 'draft' ELSE 'in_review' END, reason = $2, approved_hash = NULL,
            approved_by = NULL, approved_at = NULL, approved_until = NULL, wake = wake + 1, wake_at = NULL, version = version + 1,
            updated_at = standfirst.clock()
      WHERE id = $1 AND state IN ('draft', 'in_review', 'approved', 'scheduled', 'failed') AND NOT ${IN_DOUBT}`,
    [postId, why],
  );
  if (changed === 0) return false;
  await recordEvent(sql, { type: 'post.flagged', subject: postId, data: { articleId, why } });
  await takeBackRecurrences(sql, postId, 'changes-requested', 'policy', why);
  return true;
}
