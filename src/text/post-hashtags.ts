import { findLinks } from './links.ts';
import type { Span } from './span.ts';

export interface PostHashtag extends Span {
  /** Without its `#`. */
  readonly tag: string;
}

/** Separators that may stand inside a tag, by script: Latin, Hebrew, Japanese, Tibetan and the joiners of Persian and Indic. */
const separators =
  '_\\u200C\\u200D\\uA67E\\u05BE\\u05F3\\u05F4\\uFF5E\\u301C\\u309B\\u309C\\u30A0\\u30FB\\u3003\\u0F0B\\u0F0C\\u00B7';
const inTag = `[\\p{L}\\p{M}\\p{Nd}${separators}]`;
const hashtag = new RegExp(
  `(?<=^|[\\uFE0E\\uFE0F]|[^&\\p{L}\\p{M}\\p{Nd}${separators}])[#＃](?![\\uFE0F\\u20E3])(${inTag}*[\\p{L}\\p{M}]${inTag}*)`,
  'gu',
);

/** Whether a word is a whole hashtag wherever one is made a link of: nothing of it is left outside. @param tag with its `#`. */
export function isHashtag(tag: string): boolean {
  const [found] = findHashtags(tag);
  return found?.start === 0 && found.end === tag.length;
}

/**
 * Every hashtag that a network makes a link of in a text: letters, marks, digits and underscore of any script, at least one
 * letter, not inside a word or a link (https://help.x.com/en/using-x/how-to-use-hashtags). A tag ends at an apostrophe,
 * a hyphen and a dot, so `#Côte-d’Or` is `#Côte`.
 */
export function findHashtags(text: string): PostHashtag[] {
  if (!/[#＃]/.test(text)) return [];
  const links = findLinks(text, 'bare');
  const isFree = ({ start, end }: Span): boolean => !links.some((link) => link.start < end && start < link.end);
  return Array.from(text.matchAll(hashtag), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    tag: match[1] ?? '',
  })).filter((found) => isFree(found) && !/^(?:[#＃]|:\/\/)/.test(text.slice(found.end, found.end + 3)));
}
