import type { Markup } from '../domain/limits.ts';
import type { Span } from './span.ts';
import { findWebLinks } from './web-links.ts';

/** Letters, marks, digits and `_` of any script. */
const hashtag = /(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+/gu;
/** A backslash before the `<` that ends it would be part of the address. */
const linkRun = /https?:\/\/[^\s<]+<?/giu;

/**
 * A text as a network with markup of its own must be given it, so that what is read is what was written. Counting and sending
 * both ask this function, so what was approved is what fits.
 */
export function escapeMarkup(text: string, markup: Markup): string {
  const marks = marksOf(markup);
  if (text.search(marks) < 0) return text;
  const kept = spared(text, markup);
  let next = 0;
  return text.replace(marks, (mark, ...more: unknown[]) => {
    const at = more.find((one) => typeof one === 'number') ?? 0;
    while ((kept[next]?.end ?? Infinity) <= at) next += 1;
    return (kept[next]?.start ?? Infinity) <= at ? mark : (markup.escapes?.[mark] ?? `\\${mark}`);
  });
}

/** How many characters the escapes add; they are ASCII, so one each in any unit. */
export function addedByMarkup(text: string, markup: Markup): number {
  return escapeMarkup(text, markup).length - text.length;
}

/** The most that one character becomes. */
export function longestEscape({ escapes = {} }: Markup): number {
  return Math.max(2, ...Object.values(escapes).map(({ length }) => length));
}

const compiled = new Map<string, RegExp>();

function marksOf({ marks }: Markup): RegExp {
  const known = compiled.get(marks) ?? new RegExp(marks, 'gmu');
  compiled.set(marks, known);
  return known;
}

/** What stays as it is, in order and without overlap: what begins first wins. */
function spared(text: string, { spares }: Markup): Span[] {
  if (spares === 'nothing') return [];
  if (spares === 'link-runs') return Array.from(text.matchAll(linkRun), spanOf);
  const found: Span[] = [...findWebLinks(text), ...Array.from(text.matchAll(hashtag), spanOf)];
  found.sort((a, b) => a.start - b.start);
  let at = 0;
  return found.filter(({ start, end }) => {
    const isFree = start >= at;
    if (isFree) at = end;
    return isFree;
  });
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
