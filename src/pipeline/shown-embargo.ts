import { embargoOn } from '../store/embargo.ts';
import type { Sql } from '../store/database.ts';
import { storiesByKey } from '../store/story-likeness.ts';
import { embargoOnOriginal, embargoedTexts } from '../store/told-under-embargo.ts';
import { addressesWithin } from '../text/addresses-within.ts';
import { bareWords, longestRun } from '../text/same-words.ts';
import { addressesOf } from './link-answers.ts';
import type { Showing } from './link-answers.ts';
import { keysOfUrl } from './place.ts';

type ShowingPost = Showing & { readonly postId: string };

/**
 * When the embargo ends on a story that a post shows or tells, whatever its own story is; the last where several do, null where
 * none does. It shows one by its address: as its link, in a card or within a text, or within another address; one that only a
 * shortener knows is not seen. It tells one with the words of a post of it, and where its own story may be a copy of it, until
 * a person has told the two apart.
 */
export async function shownEmbargo(sql: Sql, post: ShowingPost): Promise<Date | null> {
  const ends = [await embargoOnPages(sql, post), await embargoOnWords(sql, post), await embargoOnOriginal(sql, post)];
  return ends.reduce((last, end) => (end !== null && (last === null || end > last) ? end : last), null);
}

/** Stories are found by their addresses as an article's is, and by those that are within another's. */
async function embargoOnPages(sql: Sql, post: ShowingPost): Promise<Date | null> {
  const { pages: links, named } = addressesOf(post);
  const shown = [...new Set([...links, ...named])].flatMap((address) => [address, ...addressesWithin(address)]);
  const keys = shown.flatMap(keysOfUrl);
  if (keys.length === 0) return null;
  const asked = shown.filter((address) => address.includes('?'));
  const known = asked.length === 0 ? null : await storiesByKey(sql, asked.flatMap(keysOfUrl));
  // What is asked of a page may name the article (?id=7), and then this address is a story's own; else the page is the same.
  const pages = asked.filter((address) => !keysOfUrl(address).some((key) => known?.has(key))).map(pageOf);
  return embargoOn(sql, [...keys, ...pages.flatMap(keysOfUrl)]);
}

function pageOf(address: string): string {
  return address.replace(/[?#].*$/u, '');
}

async function embargoOnWords(sql: Sql, { postId, parts }: ShowingPost): Promise<Date | null> {
  const told = parts.filter(({ text }) => bareWords(text) !== null);
  if (told.length === 0) return null;
  const words = new Set(told.map(({ text }) => bareWords(text)));
  const near = await embargoedTexts(
    sql,
    postId,
    told.map(({ text }) => longestRun(text)),
  );
  const ends = near
    .filter(({ texts }) => texts.some((text) => words.has(bareWords(text))))
    .map(({ until }) => until.getTime());
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}
