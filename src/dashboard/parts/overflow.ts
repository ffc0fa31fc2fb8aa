import type { LengthRule } from '../../domain/limits.ts';
import { fits, measure } from '../../text/length.ts';
import { findLinks } from '../../text/links.ts';

/** How a text fills its budget, in the unit of the rule. */
export interface Breakdown {
  readonly total: number;
  readonly max: number;
  readonly left: number;
  readonly link: number;
  readonly tags: number;
  readonly text: number;
  readonly isOver: boolean;
}

const HASHTAG = /(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+/gu;

/** The same `measure` that the worker runs, told apart by what the budget goes to. */
export function breakdownOf(text: string, rule: LengthRule): Breakdown {
  const total = measure(text, rule);
  const links = findLinks(text, rule.bareLinks ? 'bare' : 'schemed');
  const withoutLinks = cut(text, links);
  const tags = [...withoutLinks.matchAll(HASHTAG)].reduce((sum, match) => sum + measure(match[0], rule), 0);
  const link =
    rule.linkCost === 'length'
      ? links.reduce((sum, { start, end }) => sum + measure(text.slice(start, end), rule), 0)
      : links.length * rule.linkCost;
  return {
    total,
    max: rule.max,
    left: rule.max - total,
    link,
    tags,
    text: Math.max(0, total - link - tags),
    isOver: !fits(text, rule),
  };
}

/** UTF-16 offset from which a text no longer fits; its length where all of it does. Never inside a character. */
export function overflowAt(text: string, rule: LengthRule): number {
  if (fits(text, rule)) return text.length;
  const ends = [0, ...Array.from(new Intl.Segmenter().segment(text), ({ index, segment }) => index + segment.length)];
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, ends[middle]), rule)) low = middle;
    else high = middle - 1;
  }
  return ends[low] ?? 0;
}

function cut(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of spans) {
    rest += `${text.slice(at, start)} `;
    at = end;
  }
  return rest + text.slice(at);
}
