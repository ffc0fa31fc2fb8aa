import { embargoOn } from '../store/embargo.ts';
import type { Sql } from '../store/database.ts';
import { urlKey } from '../text/url.ts';
import { shownBy } from './link-answers.ts';
import { keyOfAddress } from './place.ts';

/**
 * When the embargo ends on a story whose address a post shows, whatever its own story is: as its link, in a card or within a
 * text. Null where none does. Stories are found by their addresses as an article's is.
 */
export function shownEmbargo(sql: Sql, post: Parameters<typeof shownBy>[0]): Promise<Date | null> {
  const { own, others } = shownBy(post);
  const keys = [...own, ...others].map((address) => keyOfAddress(urlKey(address)));
  return keys.length === 0 ? Promise.resolve(null) : embargoOn(sql, keys);
}
