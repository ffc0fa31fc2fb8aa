const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/**
 * The user-perceived characters of a text, in order: extended grapheme clusters of UAX 29
 * (https://www.unicode.org/reports/tr29/), in the Unicode version of the engine that runs this.
 */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** How many user-perceived characters a text has. */
export function countGraphemes(text: string): number {
  if (joinsNothing(text)) return text.length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/**
 * Whether every character is surely one by itself: below U+0300 (but for a carriage return), Greek and Cyrillic letters,
 * dashes and quotation marks. Most news text is, and then need not be segmented.
 */
function joinsNothing(text: string): boolean {
  return !MAY_JOIN.test(text);
}

const MAY_JOIN = /\r|[\u0300-\u036f]|[\u0483-\u0489\u0530-\u200f\u2028-\u{10ffff}]/u;
