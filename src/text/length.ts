import type { LengthRule, LengthUnit } from '../domain/limits.ts';
import { findEmoji } from './emoji.ts';
import { countGraphemes, graphemes } from './graphemes.ts';
import { findLinks } from './links.ts';
import { addedByMarkup, longestEscape } from './markup.ts';
import { findRemoteMentions } from './mentions.ts';

/**
 * The length of a text in the unit of a network's rule, links, mentions and escapes counted as the network counts them.
 * The editor's meter, the API and the last check before sending all run this function on the same table
 * (`profile.limits.text`; each profile links to its rule).
 */
export function measure(text: string, rule: LengthRule): number {
  const before = measured.get(rule);
  if (before?.text === text) return before.length;
  const length = measureAnew(text, rule);
  measured.set(rule, { text, length });
  return length;
}

/** What each rule measured last: a post that was tried and kept is asked for again at once. */
const measured = new WeakMap<LengthRule, { readonly text: string; readonly length: number }>();

function measureAnew(text: string, rule: LengthRule): number {
  const counted = rule.unit === 'weighted' ? text.normalize('NFC') : text;
  const linkCost = rule.linkCost;
  if (linkCost === 'length') return count(withoutHosts(counted, rule), rule) + escapes(counted, rule);
  const links = findLinks(counted, rule.bareLinks ? 'bare' : 'schemed');
  let rest = '';
  let at = 0;
  for (const link of links) {
    rest += `${counted.slice(at, link.start)} `;
    at = link.end;
  }
  rest += counted.slice(at);
  return count(withoutHosts(rest, rule), rule) + links.length * (linkCost - 1) + escapes(rest, rule);
}

/** Whether a text is within a rule's budget, and within its second ceiling in bytes where there is one. */
export function fits(text: string, rule: LengthRule): boolean {
  if (rule.maxBytes !== undefined && text.length * 3 > rule.maxBytes && countBytes(text) > rule.maxBytes) return false;
  return longest(text, rule) <= rule.max || measure(text, rule) <= rule.max;
}

/** No text measures more than this, which costs nothing to know; infinite where nothing is known so cheaply. */
function longest(text: string, rule: LengthRule): number {
  if (rule.unit !== 'utf16' && rule.unit !== 'graphemes' && rule.unit !== 'codepoints') return Infinity;
  if (rule.linkCost === 'length') return text.length * (rule.markup === undefined ? 1 : longestEscape(rule.markup));
  if (rule.bareLinks || rule.markup !== undefined) return Infinity;
  return text.length + rule.linkCost * (text.split('://').length - 1);
}

/**
 * UTF-16 offset from which on a text is over its budget, `text.length` where it is not: what an editor's meter marks.
 * A grapheme or a link that begins within the budget and ends beyond it is over as a whole.
 */
export function overflowAt(text: string, rule: LengthRule): number {
  if (measure(text, rule) <= rule.max) return text.length;
  const ends = tokenEnds(text, rule);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (measure(text.slice(0, ends[middle]), rule) <= rule.max) low = middle + 1;
    else high = middle;
  }
  return ends[low - 1] ?? 0;
}

/** Offsets after each grapheme; a link with a price of its own counts as one. */
function tokenEnds(text: string, rule: LengthRule): number[] {
  const links = rule.linkCost === 'length' ? [] : findLinks(text, rule.bareLinks ? 'bare' : 'schemed');
  const ends: number[] = [];
  let at = 0;
  for (const stop of [...links, { start: text.length, end: text.length }]) {
    for (const grapheme of graphemes(text.slice(at, stop.start))) ends.push((at += grapheme.length));
    if (stop.end > stop.start) ends.push((at = stop.end));
  }
  return ends;
}

function count(text: string, rule: LengthRule): number {
  return counters[rule.unit](text);
}

const counters: Record<LengthUnit, (text: string) => number> = {
  weighted: countWeighted,
  graphemes: countGraphemes,
  utf16: (text) => text.length,
  codepoints: countCodePoints,
  bytes: countBytes,
  'emoji-bytes': countEmojiBytes,
};

/**
 * Most of Latin, Greek, Cyrillic, Hebrew and Arabic script and common punctuation weighs 1, any other character 2, and an
 * emoji 2 however many characters it is made of: https://docs.x.com/fundamentals/counting-characters. Expects NFC.
 */
function countWeighted(text: string): number {
  let weight = 0;
  let at = 0;
  for (const emoji of findEmoji(text)) {
    weight += weigh(text.slice(at, emoji.start)) + 2;
    at = emoji.end;
  }
  return weight + weigh(text.slice(at));
}

function weigh(text: string): number {
  if (!HEAVY.test(text)) return text.length;
  let weight = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    weight += isLight(code) ? 1 : 2;
    // The second half of a pair was counted with the first.
    if (code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) index += 1;
  }
  return weight;
}

/** What is not {@link isLight}. */
const HEAVY = /[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/;

function isLight(code: number): boolean {
  return (
    code <= 0x10ff ||
    (code >= 0x2000 && code <= 0x200d) ||
    (code >= 0x2010 && code <= 0x201f) ||
    (code >= 0x2032 && code <= 0x2037)
  );
}

function countCodePoints(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** UTF-8 bytes; a lone surrogate counts as the three bytes of its replacement. */
function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * Code points, but each emoji its UTF-8 bytes: https://developers.facebook.com/docs/threads/posts. What an emoji is is not
 * written there; the dear reading is safe: any character that holds one, half a flag and a lone skin tone too.
 */
function countEmojiBytes(text: string): number {
  if (!MAY_HOLD_EMOJI.test(text)) return countCodePoints(text);
  let total = 0;
  for (const grapheme of graphemes(text)) {
    total += MAY_HOLD_EMOJI.test(grapheme) ? countBytes(grapheme) : countCodePoints(grapheme);
  }
  return total;
}

const MAY_HOLD_EMOJI = /[\p{Emoji_Presentation}\uFE0F\u20E3]/u;

function withoutHosts(text: string, rule: LengthRule): string {
  if (!rule.remoteMentionsCostLocalPart || !text.includes('@')) return text;
  let rest = '';
  let at = 0;
  for (const mention of findRemoteMentions(text)) {
    rest += text.slice(at, mention.localEnd);
    at = mention.end;
  }
  return rest + text.slice(at);
}

function escapes(text: string, { markup }: LengthRule): number {
  return markup === undefined ? 0 : addedByMarkup(text, markup);
}
