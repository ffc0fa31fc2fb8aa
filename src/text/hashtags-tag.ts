import { primarySubtag } from './stopwords/all.ts';

/**
 * The hashtag of a phrase, or null where none can be made: letters, digits and underscores only, at least one letter,
 * apostrophes and dots dropped, NFC: what every network we post to links whole. Phrases become CamelCase, which a screen
 * reader can speak; scripts without capitals take underscores, scripts without spaces nothing.
 * Rule: https://docs.x.com/fundamentals/counting-characters and https://docs.joinmastodon.org/user/posting/#hashtags
 */
export function toTag(phrase: string, lang = 'und'): string | null {
  const parts = phrase
    .normalize('NFC')
    .replace(/[’‘'ʼ.]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}_]+/u)
    .filter((part) => part !== '');
  const joined = parts.length < 2 ? (parts[0] ?? '') : parts.map((part) => capitalise(part, lang)).join(joiner(phrase));
  return /\p{L}/u.test(joined) ? `#${joined}` : null;
}

/** First letter in upper case, the rest as it is: `eBay` stays an `EBay` only at the head of a phrase. */
export function capitalise(word: string, lang: string): string {
  if (/^[\p{Lu}\p{N}]/u.test(word)) return word;
  const first = /^\P{M}\p{M}*/u.exec(word)?.[0] ?? '';
  const upper = primarySubtag(lang) === 'tr' ? first.toLocaleUpperCase('tr') : first.toUpperCase();
  return upper + word.slice(first.length);
}

function joiner(phrase: string): string {
  return /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}]/u.test(phrase) ? '_' : '';
}
