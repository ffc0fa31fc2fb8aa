import { isDeepStrictEqual } from 'node:util';
import { remediesFor } from '../domain/correction.ts';
import { Refusal } from '../domain/errors.ts';
import { networkOf } from '../networks/registry.ts';
import { powersOf } from '../networks/way.ts';
import { latestArticle } from '../store/article.ts';
import type { ArticleRow } from '../store/article.ts';
import { raiseCorrection } from '../store/correction.ts';
import type { Wrong } from '../store/correction.ts';
import type { Sql } from '../store/database.ts';
import { revisePost } from '../store/post.ts';
import type { Content } from '../store/post.ts';
import { listLiveParts } from '../store/published.ts';
import { postsOfStory, returnToReview, setArticle } from '../store/story-posts.ts';
import type { StoryPost } from '../store/story-posts.ts';
import type { Tools } from './tools.ts';

const FLAG = 'The article has changed since somebody wrote this text: compare, and approve it again.';

/**
 * Lets the posts that a story has follow a new revision of its article: what has not left is written anew and waits for
 * approval, what a person wrote stays and is flagged, and what is out raises a correction. A post that would say the same
 * keeps its approval. In the caller's transaction.
 * @param writeFor what the article would say on an account; null where the account is gone.
 * @returns the accounts that need no new post; null where a later revision has been read already, which decides.
 */
export async function revisePosts(
  sql: Sql,
  { io }: Pick<Tools, 'io'>,
  row: Pick<ArticleRow, 'id' | 'storyId' | 'revision' | 'sourceId'>,
  writeFor: (accountId: string) => Content | null,
): Promise<Set<string> | null> {
  const { storyId } = row;
  if (storyId === null) return new Set();
  const latest = await latestArticle(sql, storyId);
  if (latest !== null && latest.revision > row.revision) return null;
  const posts = await postsOfStory(sql, storyId);
  const wrong: Wrong[] = [];
  for (const post of posts) {
    const content = writeFor(post.accountId);
    if (content === null || content.hash === post.hash) continue;
    const hasLeft = await reviseOne(sql, post, row.id, content);
    if (hasLeft) wrong.push(await wrongPost(sql, post, content));
  }
  if (wrong.length > 0) await raiseCorrection(sql, { id: io.id('correction'), storyId, articleId: row.id }, wrong);
  // Who hands an article in again may want what was turned down to be written again; a source may not.
  const over = new Set(row.sourceId === null ? ['cancelled', 'superseded', 'stale'] : []);
  return new Set(posts.filter(({ state }) => !over.has(state)).map(({ accountId }) => accountId));
}

/** @returns whether it has left, so that nothing here can change what readers see. */
async function reviseOne(sql: Sql, post: StoryPost, articleId: string, content: Content): Promise<boolean> {
  const { id, state } = post;
  if (['cancelled', 'superseded', 'stale'].includes(state) || post.removedAt !== null) return false;
  if (post.isOut) return true;
  if (post.isByHand) return !(await returnToReview(sql, id, articleId, FLAG));
  try {
    await revisePost(sql, id, null, content, 'line');
  } catch (error) {
    // It was claimed in this moment: the old text goes out, and has to be corrected.
    if (error instanceof Refusal && error.reason === 'conflict') return true;
    throw error;
  }
  await setArticle(sql, id, articleId);
  return false;
}

async function wrongPost(sql: Sql, post: StoryPost, content: Content): Promise<Wrong> {
  const powers = powersOf(networkOf(post.network).profile, post.accountPowers);
  const live = await listLiveParts(sql, post.id);
  const options = remediesFor(powers, {
    isKnown: live.length > 0 && live.every(({ receipt }) => receipt !== null),
    isSameLength: content.parts.length === post.parts.length,
    isSameCard: content.parts.every(({ card }, index) => isDeepStrictEqual(card, post.parts[index]?.card ?? null)),
  });
  return { postId: post.id, content, options };
}
