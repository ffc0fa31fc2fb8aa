import type { Article } from '../domain/article.ts';
import type { Urgency } from '../domain/post.ts';
import { latestArticle } from '../store/article.ts';
import type { ArticleRow } from '../store/article.ts';
import type { Sql } from '../store/database.ts';
import { decisionOf } from '../store/decision.ts';
import {
  addStoryKeys,
  insertStory,
  lockStories,
  retellStory,
  storiesByKey,
  storiesLike,
  storyPrint,
} from '../store/story-likeness.ts';
import { fingerprint, isSameReport, mayBeSame, sameStory } from '../text/fingerprint.ts';
import type { Fingerprint } from '../text/fingerprint.ts';
import { urlKeys } from '../text/url.ts';

/** Where an article belongs. */
export type Placement =
  | {
      readonly kind: 'placed';
      readonly storyId: string;
      readonly revision: number;
      /** Why it belongs to a story that was there, as the end of a sentence; null where it begins its own. */
      readonly why: string | null;
      /** Another story that may be the same one. */
      readonly likeness: Likeness | null;
    }
  /** A story has all of it already: nothing is to be done. */
  | { readonly kind: 'copy'; readonly storyId: string; readonly why: string };

export interface Likeness {
  readonly storyId: string;
  /** One sentence. */
  readonly why: string;
}

/** Candidates that are compared; they share the most words. */
const COMPARED = 20;

/** A story's keys for an address. */
export function keysOfUrl(url: string): string[] {
  return urlKeys(url).map(keyOfAddress);
}

/** The same from what `urlKey` made of one. */
export function keyOfAddress(address: string): string {
  return `url:${address}`.slice(0, MAX_KEY);
}

/** PostgreSQL's indexes take keys of 2,700 bytes at most. */
const MAX_KEY = 600;

/**
 * Finds the story of an article, or begins one: the same item of a source, the same address, the address a redirect leads
 * to, the same headline and text. What a source brings is merged when it is the same beyond doubt; what a person hands in,
 * and what is only alike, stands by itself and says what it is like: a site's own words are in all of its articles. A
 * test's article begins a story that none after it finds. In the caller's transaction.
 * @param addresses where the page was found: after redirects, and what it calls itself.
 */
export async function placeArticle(
  sql: Sql,
  row: Pick<ArticleRow, 'id' | 'sourceId' | 'request'>,
  article: Article,
  addresses: readonly string[],
  { newId, urgency }: { newId: string; urgency: Urgency },
): Promise<Placement> {
  if (row.request.isTest) {
    await insertStory(sql, { id: newId, title: article.title, url: null, urgency });
    return { kind: 'placed', storyId: newId, revision: 1, why: null, likeness: null };
  }
  await lockStories(sql);
  const print = fingerprint(article);
  const decision = row.sourceId === null ? null : await decisionOf(sql, row.id);
  const mayMerge = decision !== null && decision.promotedBy === null;
  const guid =
    decision?.guid === undefined || decision.guid === null
      ? []
      : [`guid:${row.sourceId} ${decision.guid}`.slice(0, MAX_KEY)];
  // An address that all items of a feed share is none of theirs: `item-identity.ts` has left it out.
  const isAddressOwn = decision === null || decision.urlKey !== null;
  const asked = row.request.url === undefined || !isAddressOwn ? [] : keysOfUrl(row.request.url);
  const known = await storyByKey(sql, [...guid, ...asked], isAddressOwn ? addresses.flatMap(keysOfUrl) : [], print);
  const alike = known.storyId === null ? await likeStory(sql, print) : null;
  const isOwn = alike !== null && alike.isReport && mayMerge && siteOf(print) === alike.site;
  if (alike !== null && alike.isSame && mayMerge && siteOf(print) !== alike.site)
    return { kind: 'copy', storyId: alike.storyId, why: `It tells the same story: ${alike.why}` };

  const storyId = known.storyId ?? (isOwn ? alike.storyId : newId);
  const latest = storyId === newId ? null : await latestArticle(sql, storyId);
  if (latest !== null && mayMerge && latest.text === article.text && latest.title === article.title) {
    await addStoryKeys(sql, storyId, [...guid, ...asked]);
    return { kind: 'copy', storyId, why: `It says what revision ${latest.revision} of its story says.` };
  }
  if (storyId === newId) await insertStory(sql, { id: newId, title: article.title, url: article.url, urgency });
  await addStoryKeys(sql, storyId, [...guid, ...asked, ...known.keys]);
  await retellStory(sql, storyId, article.title, print);
  const likeness = alike === null || isOwn ? null : alike.original;
  const why = isOwn ? alike.why : known.why;
  return { kind: 'placed', storyId, revision: (latest?.revision ?? 0) + 1, why, likeness };
}

/**
 * The story that keys lead to. What was asked for counts in any case. Where a page was found only if headline and text
 * agree: on some sites every page calls the home page its canonical address, and every dead link leads there.
 */
async function storyByKey(
  sql: Sql,
  strong: readonly string[],
  weak: readonly string[],
  print: Fingerprint,
): Promise<{ storyId: string | null; why: string | null; keys: readonly string[] }> {
  const stories = await storiesByKey(sql, [...strong, ...weak]);
  const known = strong.find((key) => stories.has(key));
  const free = weak.filter((key) => !stories.has(key));
  if (known !== undefined) {
    const why = known.startsWith('url:') ? 'its address led there before.' : 'its source calls it the same item.';
    return { storyId: stories.get(known) ?? null, why, keys: free };
  }
  for (const key of weak) {
    const storyId = stories.get(key);
    const other = storyId === undefined ? null : await storyPrint(sql, storyId);
    if (other !== null && isSameReport(print, other.fingerprint))
      return { storyId: other.id, why: 'its page was found at an address of that story.', keys: free };
  }
  return { storyId: null, why: null, keys: free };
}

interface Alike extends Likeness {
  readonly isSame: boolean;
  /** The same headline too. */
  readonly isReport: boolean;
  readonly site: string | null;
  /** The first of those that are the same: what is asked of it, an embargo for one, is not asked of one of its copies. */
  readonly original: Likeness;
}

async function likeStory(sql: Sql, print: Fingerprint): Promise<Alike | null> {
  const alike = (await storiesLike(sql, print, COMPARED)).flatMap(({ id: storyId, fingerprint: other }): Alike[] => {
    const { same, why } = sameStory(print, other);
    const doubt = same ? why : mayBeSame(print, other);
    if (doubt === null) return [];
    const likeness = { storyId, why: doubt };
    const isReport = same && isSameReport(print, other);
    return [{ ...likeness, isSame: same, isReport, site: siteOf(other), original: likeness }];
  });
  const same = alike.filter(({ isSame }) => isSame);
  const likest = same[0] ?? alike[0];
  // Ids are in the order of their making.
  const first = same.reduce<Likeness | undefined>(
    (one, next) => (one === undefined || next.storyId < one.storyId ? next.original : one),
    undefined,
  );
  return likest === undefined ? null : { ...likest, original: first ?? likest.original };
}

/** The host of an address key; null for a text without an address. */
function siteOf({ url }: Fingerprint): string | null {
  return url?.split('/')[0] ?? null;
}
