import type { Markup } from '../domain/limits.ts';
import type { FoundLink } from './links.ts';
import type { Span } from './span.ts';
import { findWebLinks, linkWithin } from './web-links.ts';

/** Letters, marks, digits and `_` of any script. */
const hashtag = /(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+/gu;
const linkRun = /https?:\/\/[^\s<]+<?/giu;

/**
 * A text as a network with markup of its own must be given it, so that what is read is what was written. Counting and sending
 * both ask this function, so what was approved is what fits.
 */
export function escapeMarkup(text: string, markup: Markup): string {
  const marks = marksOf(markup);
  const hasMarks = text.search(marks) >= 0;
  if (!hasMarks && markup.spares !== 'link-runs') return text;
  const kept = spared(text, markup);
  let next = 0;
  let escaped = '';
  let at = 0;
  const copyUpTo = (end: number): void => {
    escaped += text.slice(at, end);
    at = end;
  };
  const keepUpTo = (end: number): void => {
    for (let span = kept[next]; span !== undefined && span.end <= end; span = kept[next]) {
      copyUpTo(span.start);
      if (span.isBracketed) escaped += '<';
      copyUpTo(span.end);
      if (span.isBracketed) escaped += '>';
      next += 1;
    }
  };
  for (const { 0: mark, index } of hasMarks ? text.matchAll(marks) : []) {
    keepUpTo(index);
    if ((kept[next]?.start ?? Infinity) <= index) continue;
    copyUpTo(index);
    escaped += markup.escapes?.[mark] ?? `\\${mark}`;
    at = index + mark.length;
  }
  keepUpTo(text.length);
  copyUpTo(text.length);
  return escaped;
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

interface Spared extends Span {
  /** An address that ends before what is glued to it: brackets say where. */
  readonly isBracketed?: boolean;
}

/** What stays as it is, in order and without overlap: what begins first wins. */
function spared(text: string, { spares, leavesOut = '' }: Markup): Spared[] {
  if (spares === 'nothing') return [];
  if (spares === 'link-runs') return linkRuns(text, leavesOut);
  const found: Span[] = [...Array.from(findWebLinks(text), upToBar), ...Array.from(text.matchAll(hashtag), spanOf)];
  found.sort((a, b) => a.start - b.start);
  let at = 0;
  return found.filter(({ start, end }) => {
    const isFree = start >= at;
    if (isFree) at = end;
    return isFree;
  });
}

/** `|` stands in no address of RFC 3986, and a network that reserves it might end the text there. */
function upToBar({ start, end, url }: FoundLink): Span {
  const bar = url.indexOf('|');
  return { start, end: bar < 0 ? end : start + bar };
}

/** A run that the network cuts as its reader would stays whole; elsewhere the address alone does, in brackets. */
function linkRuns(text: string, leavesOut: string): Spared[] {
  const spans: Spared[] = [];
  const cutRight = new RegExp(`^(?:${leavesOut})$`, 'u');
  linkRun.lastIndex = 0;
  for (let run = linkRun.exec(text); run !== null; run = linkRun.exec(text)) {
    const link = linkWithin(run[0]);
    const isBracketed = !cutRight.test(run[0].slice(link.length)) && !/^https?:\/*$/iu.test(link);
    spans.push(isBracketed ? { start: run.index, end: run.index + link.length, isBracketed } : spanOf(run));
    // What is glued to it may hold the next one.
    if (isBracketed) linkRun.lastIndex = run.index + link.length;
  }
  return spans;
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
