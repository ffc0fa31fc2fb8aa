import { primarySubtag } from './stopwords/all.ts';

/** One word of a text, with UTF-16 offsets; `key` is what two spellings of the same word share. */
export interface Word {
  readonly text: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORD = /[\p{L}\p{N}\p{M}]+(?:[’'‘.&\u200c·-][\p{L}\p{N}\p{M}]+)*/gu;
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The words of a text in order: letters, digits and marks, joined over an inner apostrophe, hyphen, dot, ampersand or
 * zero-width non-joiner. Scripts without spaces are cut by the dictionaries of `Intl.Segmenter`.
 */
export function splitWords(text: string, lang: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    if (UNSPACED.test(match[0])) {
      for (const part of segmenter(lang).segment(match[0])) {
        if (part.isWordLike === true) words.push(word(part.segment, match.index + part.index, lang));
      }
    } else words.push(word(match[0], match.index, lang));
  }
  return words;
}

/**
 * What two spellings of one word share: lower case, straight apostrophes, and without the English possessive.
 * `Russia’s` and `Russia` → `russia`.
 */
export function wordKey(text: string, lang: string): string {
  const lower = text.toLowerCase().replace(/[’‘]/gu, "'");
  return primarySubtag(lang) === 'en' ? lower.replace(/'s?$/u, '') : lower;
}

/** Whether the text is written in a script that puts no spaces between words. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text);
}

function word(text: string, start: number, lang: string): Word {
  return { text, key: wordKey(text, lang), start, end: start + text.length };
}

function segmenter(lang: string): Intl.Segmenter {
  const primary = primarySubtag(lang);
  let known = segmenters.get(primary);
  if (known === undefined) segmenters.set(primary, (known = new Intl.Segmenter(primary, { granularity: 'word' })));
  return known;
}
