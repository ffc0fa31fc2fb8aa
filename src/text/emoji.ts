import type { Span } from './span.ts';

/**
 * The longest that may be one emoji from here on, by the grammar of UTS 51 section 1.4.9 with room for more than the 4
 * joined that Unicode 17 has: more than what fonts show, so each is looked up.
 */
const candidate =
  /\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|\p{Emoji}(?:\p{EMod}|\uFE0F)?(?:[\u{E0020}-\u{E007E}]{1,8}\u{E007F})?(?:\u200D\p{Emoji}(?:\p{EMod}|\uFE0F)?){0,9}/gu;
const known = /^\p{RGI_Emoji}$/v;
/** Every emoji has a character from U+203C on, if only its selector; curly quotation marks stand before. */
const mayHoldEmoji = /[\u2030-\uffff]/;

/**
 * Every emoji of a text as one span each, in order, the longest from each character on: the sequences recommended for
 * general interchange (https://www.unicode.org/reports/tr51/), also where a variation selector is missing inside a
 * longer sequence. A character that is text unless told otherwise (`©`, `™`, `1`) is not an emoji without its selector.
 */
export function findEmoji(text: string): Span[] {
  const spans: Span[] = [];
  if (!mayHoldEmoji.test(text)) return spans;
  const search = new RegExp(candidate);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const emoji = longestEmoji(match[0]);
    if (emoji !== '') spans.push({ start: match.index, end: match.index + emoji.length });
    search.lastIndex = match.index + (emoji === '' ? firstCharacter(match[0]).length : emoji.length);
  }
  return spans;
}

/** The longest beginning that fonts know as one, or nothing. */
function longestEmoji(word: string): string {
  if (word.length === 1 && word < '\u2000') return '';
  const characters = [...word];
  for (let rest = word; rest !== ''; rest = rest.slice(0, -(characters.pop()?.length ?? 1)))
    if (isEmoji(rest)) return rest;
  return '';
}

function firstCharacter(word: string): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 0);
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
