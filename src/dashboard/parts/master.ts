import type { Limits } from '../../domain/limits.ts';
import type { Part } from '../../domain/post.ts';
import { fits } from '../../text/length.ts';
import { shortenToWords } from '../../text/shorten.ts';
import type { Post } from '../api/types.ts';

/**
 * The master text as one account says it: with the post's own hashtags and link, within its network's limits. Hashtags give
 * way first, the last one before the others, then words. Images and the card of the first message stay.
 */
export function partsFromMaster(master: string, post: Post, limits: Limits): Part[] {
  const rule = limits.text;
  const link = limits.link === 'in-text' && post.link !== null && limits.maxLinks !== 0 ? `\n${post.link}` : '';
  const lay = (text: string, tags: readonly string[]): string => `${[text, ...tags].join(' ').trim()}${link}`;
  let tags = [...post.tags];
  while (tags.length > 0 && !fits(lay(master, tags), rule)) tags = tags.slice(0, -1);
  const text = fits(lay(master, tags), rule)
    ? master
    : (shortenToWords(master, (shorter) => fits(lay(shorter, []), rule)) ?? master);
  const [first] = post.parts;
  return [{ text: lay(text, tags), media: first?.media ?? [], card: first?.card ?? null }];
}

/** Whether a post still follows: the master text, or what was written from the article where there is none. */
export function isLinked(post: Post, master: string | null, limits: Limits | null): boolean {
  if (master === null) return post.revision === 1;
  if (limits === null) return false;
  const parts = partsFromMaster(master, post, limits);
  return parts.length === post.parts.length && parts[0]?.text === post.parts[0]?.text;
}
