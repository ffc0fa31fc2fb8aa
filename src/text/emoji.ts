import type { Span } from './span.ts';

/** Elements joined by U+200D, by the grammar of UTS 51 section 1.4.9: more than what fonts show, so each is looked up. */
const candidate =
  /(?:\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|\p{Emoji}(?:\p{EMod}|\uFE0F)?(?:[\u{E0020}-\u{E007E}]+\u{E007F})?(?:\u200D\p{Emoji}(?:\p{EMod}|\uFE0F)?)*)/gu;
const known = /^\p{RGI_Emoji}$/v;
/** Most elements that one emoji joins, with room for those to come: Unicode 17 has none over 5. */
const LONGEST = 10;
/** Every emoji has a character from U+203C on, if only its selector; curly quotation marks stand before. */
const mayHoldEmoji = /[\u2030-\uffff]/;

/**
 * Every emoji of a text as one span each, in order: the sequences recommended for general interchange
 * (https://www.unicode.org/reports/tr51/), also where a variation selector is missing inside a longer sequence.
 * A character that is text unless told otherwise (`©`, `™`, `1`) is not an emoji here without its selector.
 */
export function findEmoji(text: string): Span[] {
  const spans: Span[] = [];
  if (!mayHoldEmoji.test(text)) return spans;
  for (const match of text.matchAll(candidate)) {
    const word = match[0];
    if (word.length === 1 && word < '\u2000') continue;
    let start = match.index;
    for (const piece of split(word)) {
      if (isEmoji(piece)) spans.push({ start, end: start + piece.length });
      start += piece.length;
    }
  }
  return spans;
}

/** Cuts a chain that no font knows as one into the longest known emoji, and the joiners between them. */
function split(chain: string): string[] {
  if (isEmoji(chain)) return [chain];
  const elements = chain.split('\u200D');
  const pieces: string[] = [];
  for (let from = 0; from < elements.length;) {
    let to = Math.min(elements.length, from + LONGEST);
    while (to > from + 1 && !isEmoji(elements.slice(from, to).join('\u200D'))) to -= 1;
    if (from > 0) pieces.push('\u200D');
    pieces.push(elements.slice(from, to).join('\u200D'));
    from = to;
  }
  return pieces;
}

function isEmoji(word: string): boolean {
  return known.test(word) || (/\u200D|\u20E3/.test(word) && known.test(qualified(word)));
}

/** The sequence with every variation selector that its fully-qualified form has. */
function qualified(sequence: string): string {
  return sequence
    .replace(/^([#*0-9])\u20E3$/, '$1\uFE0F\u20E3')
    .split('\u200D')
    .map((element) =>
      /^\p{Emoji}$/u.test(element) && !/^\p{Emoji_Presentation}$/u.test(element) ? `${element}\uFE0F` : element,
    )
    .join('\u200D');
}
