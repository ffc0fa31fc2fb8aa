import type { Article } from '../domain/article.ts';
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
  const unspaced = UNSPACED.test(text);
  for (const match of text.matchAll(WORD)) {
    if (unspaced && UNSPACED.test(match[0])) {
      for (const part of segmenter(lang).segment(match[0])) {
        if (part.isWordLike === true) words.push(word(part.segment, match.index + part.index, lang));
      }
    } else words.push(word(match[0], match.index, lang));
  }
  return words;
}

/** No article is read past this many UTF-16 units: a long report. */
export const READ_TO = 60_000;
const ofArticle = new WeakMap<Article, readonly Word[]>();

/** The words of an article's body up to {@link READ_TO}: split once, for its sentences and its hashtags. */
export function wordsOfBody(article: Article): readonly Word[] {
  let words = ofArticle.get(article);
  if (words === undefined) ofArticle.set(article, (words = splitWords(article.text.slice(0, READ_TO), article.lang)));
  return words;
}

/**
 * What two spellings of one word share: lower case, straight apostrophes, and without the English possessive or the
 * Turkish case ending.
 * `Russia’s` and `Russia` → `russia`.
 */
export function wordKey(text: string, lang: string): string {
  let lower = text.toLowerCase();
  if (lower.includes('’') || lower.includes('‘')) lower = lower.replace(/[’‘]/gu, "'");
  if (!lower.includes("'")) return lower;
  const primary = primarySubtag(lang);
  if (primary === 'en') return lower.replace(/'s?$/u, '');
  // Turkish parts a name from its case ending so: `Ankara’da`.
  return primary === 'tr' ? lower.replace(/'\p{L}*$/u, '') : lower;
}

/**
 * A rough stem, so that `sanction`, `sanctions` and `sanctioned` count as one idea: inflections off, nothing else.
 * @param key from {@link wordKey}
 */
export function wordStem(key: string, lang: string): string {
  const endings = ENDINGS[primarySubtag(lang)];
  if (endings === undefined || key.length < 5) return key;
  const match = endings.exec(key);
  return match === null || match.index < 3 ? key : key.slice(0, match.index);
}

/** Inflections that may be dropped where at least three letters stay. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  en: /(?:ies|ied|ers|ings?|ed|es|er|ly|[ysei])$/u,
  es: /(?:es|as|os|[aoes])$/u,
  fr: /(?:ées|ée|és|es|aux|[esé])$/u,
  de: /(?:ern|en|er|es|em|[ens])$/u,
  it: /[aeio]$/u,
  pt: /(?:es|as|os|[aoes])$/u,
  nl: /(?:en|s|e)$/u,
};

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
