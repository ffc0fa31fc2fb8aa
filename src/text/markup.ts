import type { Markup } from '../domain/limits.ts';
import type { Span } from './span.ts';
import { findWebLinks } from './web-links.ts';

/** Letters, marks, digits and `_` of any script. */
const hashtag = /(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+/gu;

/**
 * A text as a network with markup of its own must be given it, so that what is read is what was written. Counting and sending
 * both ask this function, so what was approved is what fits.
 */
export function escapeMarkup(text: string, markup: Markup): string {
  if (!needsEscapes(text, markup)) return text;
  let written = '';
  let at = 0;
  for (const { start, end } of spared(text, markup)) {
    written += escapeAll(text.slice(at, start), markup) + text.slice(start, end);
    at = end;
  }
  return written + escapeAll(text.slice(at), markup);
}

/** How many characters the escapes add; they are ASCII, so one each in any unit. */
export function addedByMarkup(text: string, markup: Markup): number {
  return escapeMarkup(text, markup).length - text.length;
}

/** The most that one character becomes. */
export function longestEscape({ escapes }: Markup): number {
  return Math.max(...Object.values(escapes).map(({ length }) => length));
}

function needsEscapes(text: string, { escapes }: Markup): boolean {
  for (const character of text) if (Object.hasOwn(escapes, character)) return true;
  return false;
}

function escapeAll(text: string, { escapes }: Markup): string {
  let written = '';
  for (const character of text) written += Object.hasOwn(escapes, character) ? escapes[character] : character;
  return written;
}

/** What stays as it is, in order and without overlap: what begins first wins. */
function spared(text: string, { spares }: Markup): Span[] {
  if (spares === 'nothing') return [];
  const tags = spares === 'links' ? [] : Array.from(text.matchAll(hashtag), spanOf);
  const found = [...findWebLinks(text), ...tags].sort((a, b) => a.start - b.start);
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
