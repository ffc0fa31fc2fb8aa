import { embargoOn } from '../store/embargo.ts';
import type { Sql } from '../store/database.ts';
import { storiesByKey } from '../store/story-likeness.ts';
import { shownBy } from './link-answers.ts';
import { keysOfUrl } from './place.ts';

/**
 * When the embargo ends on a story whose address a post shows, whatever its own story is: as its link, in a card or within a
 * text. Null where none does. Stories are found by their addresses as an article's is.
 */
export async function shownEmbargo(sql: Sql, post: Parameters<typeof shownBy>[0]): Promise<Date | null> {
  const { own, others } = shownBy(post);
  const shown = [...own, ...others];
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
