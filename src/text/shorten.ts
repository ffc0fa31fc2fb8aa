import { isClosed } from './open-marks.ts';

/** How a shortened text ends. */
export const ELLIPSIS = '…';

const clauseEnd = /(?:[,;:،؛，；：、](?=\s|[^\x20-\u2FFF])|\s+[–—-](?=\s)|[–—])/gu;
const word = new Intl.Segmenter('en', { granularity: 'word' });
/** A clause shorter than this says nothing by itself. */
const FEWEST_WORDS = 5;

/**
 * The longest beginning of a sentence that ends at a clause and passes `fits`, with an ellipsis; null where none does.
 * Quotations and brackets that it opens are closed in it.
 */
export function shortenToClause(sentence: string, fits: (text: string) => boolean): string | null {
  const ends = Array.from(sentence.matchAll(clauseEnd), (match) => match.index).reverse();
  for (const end of ends) {
    const clause = sentence.slice(0, end).trimEnd();
    if (countWords(clause) < FEWEST_WORDS) return null;
    if (isClosed(clause) && fits(clause + ELLIPSIS)) return clause + ELLIPSIS;
  }
  return null;
}

/**
 * The longest beginning of a text that ends with a whole word, tears no name of several words apart, closes what it opens
 * and passes `fits`, with an ellipsis; null where not even one word does.
 */
export function shortenToWords(text: string, fits: (text: string) => boolean): string | null {
  const ends = wordEnds(text);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(tidyEnd(text.slice(0, ends[middle])) + ELLIPSIS)) low = middle + 1;
    else high = middle;
  }
  for (let index = Math.min(low + 2, ends.length) - 1; index >= 0; index -= 1) {
    const end = ends[index] ?? 0;
    const beginning = tidyEnd(text.slice(0, end));
    if (beginning === '' || tearsName(text, end) || !isClosed(beginning)) continue;
    if (fits(beginning + ELLIPSIS)) return beginning + ELLIPSIS;
  }
  return null;
}

/** Offsets after each word of a text, in order; scripts without spaces are parted by dictionary. */
export function wordEnds(text: string): number[] {
  const ends: number[] = [];
  for (const part of word.segment(text)) {
    const end = part.index + part.segment.length;
    if (part.isWordLike && !joins(text, end)) ends.push(end);
  }
  return ends;
}

/** Whether what follows belongs to the same written word: `Jean-Luc`, `AT&T`, `U.S.`, `3.5%`, `#tag`. */
function joins(text: string, end: number): boolean {
  return /^(?:[-‐‑’'_&@/.+:·=?%#~]+[\p{L}\p{N}]|[%‰°€$£]|\.\p{L}\.)/u.test(text.slice(end, end + 8));
}

/** Whether a cut here would part two capitalised words of one name. */
function tearsName(text: string, end: number): boolean {
  const before = /(\p{Lu}[\p{L}\p{M}\p{N}’'.-]*)$/u.test(text.slice(Math.max(0, end - 60), end));
  return before && /^[\s.]+\p{Lu}/u.test(text.slice(end, end + 4));
}

function tidyEnd(text: string): string {
  return text.replace(/[\s,;:–—(-]+$/u, '');
}

function countWords(text: string): number {
  let words = 0;
  for (const part of word.segment(text)) if (part.isWordLike) words += 1;
  return words;
}
