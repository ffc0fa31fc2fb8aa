import type { Article } from '../domain/article.ts';
import type { Span } from './span.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { findTickers } from './tickers.ts';

/** One word of a text, with UTF-16 offsets; `key` is what two spellings of the same word share. */
export interface Word {
  readonly text: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Below Thai, and from general punctuation to the radicals, no character is of these scripts: looked at first, being quick. */
const MAY_BE_UNSPACED = /[\u0e00-\u1fff\u2e80-\uffff]/;
const WORD = /[\p{L}\p{N}\p{M}]+(?:[’'‘.&\u200c·-][\p{L}\p{N}\p{M}]+)*/gu;
/** 1 for the letters and digits of ASCII, 2 for what joins two of them inside a word, 0 for the rest of ASCII. */
const KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z0-9]/.test(character) ? 1 : "'.&-".includes(character) ? 2 : 0;
});
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The words of a text in order: letters, digits and marks, joined over an inner apostrophe, hyphen, dot, ampersand or
 * zero-width non-joiner. Scripts without spaces are cut by the dictionaries of `Intl.Segmenter`.
 */
export function splitWords(text: string, lang: string): Word[] {
  const words: Word[] = [];
  const unspaced = isUnspaced(text);
  let at = 0;
  while (at < text.length) {
    const plain = plainWordEnd(text, at);
    if (plain > at) words.push(word(text.slice(at, plain), at, lang));
    if (plain >= 0) {
      at = Math.max(plain, at + 1);
      continue;
    }
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (match === null) break;
    at = WORD.lastIndex;
    if (unspaced && UNSPACED.test(match[0])) {
      for (const part of segmenter(lang).segment(match[0])) {
        if (part.isWordLike === true) words.push(word(part.segment, match.index + part.index, lang));
      }
    } else words.push(word(match[0], match.index, lang));
  }
  return words;
}

/**
 * Where a word of ASCII that begins at `start` ends; `start` where none does; -1 where another script has a say, which
 * the pattern decides. Nine words of ten need no pattern.
 */
function plainWordEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 128) return -1;
    const kind = KIND[code];
    if (kind === 1) continue;
    if (kind === 0 || at === start) break;
    const next = text.charCodeAt(at + 1);
    if (next >= 128) return -1;
    if (KIND[next] !== 1) break;
  }
  return at;
}

/** No article is read past this many UTF-16 units: a long report. */
export const READ_TO = 60_000;
const ofArticle = new WeakMap<Article, readonly StemmedWord[]>();

/** A word with what is asked of it again and again. */
export interface StemmedWord extends Word {
  /** {@link wordStem} of its key. */
  readonly stem: string;
  /** Its language has it on the list of words that name nothing. */
  readonly isStop: boolean;
}

/** The words of an article's body up to {@link READ_TO}, tickers left out: read once, for its sentences and its hashtags. */
export function wordsOfBody(article: Article): readonly StemmedWord[] {
  let words = ofArticle.get(article);
  if (words === undefined) {
    const text = article.text.slice(0, READ_TO);
    words = outside(findTickers(text), stemmedWords(text, article.lang));
    ofArticle.set(article, words);
  }
  return words;
}

function outside(spans: readonly Span[], words: readonly StemmedWord[]): readonly StemmedWord[] {
  if (spans.length === 0) return words;
  let next = 0;
  return words.filter((word) => {
    while ((spans[next]?.end ?? Infinity) <= word.start) next += 1;
    return word.end <= (spans[next]?.start ?? Infinity);
  });
}

/** {@link splitWords} with stems and stop words. */
export function stemmedWords(text: string, lang: string): StemmedWord[] {
  const stops = stopWords(lang);
  return splitWords(text, lang).map(({ text: written, key, start, end }) => {
    return { text: written, key, start, end, stem: wordStem(key, lang), isStop: stops.has(key) };
  });
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
  if (key.length < 5) return key;
  const primary = primarySubtag(lang);
  const endings = ENDINGS[primary];
  if (endings === undefined) return key;
  if (primary !== stemmedIn || stemmed.size > MOST_STEMMED) {
    stemmed.clear();
    stemmedIn = primary;
  }
  let stem = stemmed.get(key);
  if (stem === undefined) {
    const match = endings.exec(key);
    stem = match === null || match.index < 3 ? key : key.slice(0, match.index);
    stemmed.set(key, stem);
  }
  return stem;
}

/** Stems of the language read last: an article asks for the same words three times, and news for the same words always. */
const stemmed = new Map<string, string>();
let stemmedIn = '';
/** A few megabytes. */
const MOST_STEMMED = 20_000;

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
  return MAY_BE_UNSPACED.test(text) && UNSPACED.test(text);
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
