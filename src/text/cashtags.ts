import type { Span } from './span.ts';

export interface Cashtag extends Span {
  /** Without its `$`, as written. */
  readonly symbol: string;
}

const cashtag =
  /(?<=^|[\s\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069])\$([a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$])/giu;

/**
 * Every stock symbol that becomes a link: one to six letters after `$`, alone between spaces or before punctuation. A post
 * with two of them is refused by a network that sells them (https://docs.x.com/x-api/posts/manage-tweets/introduction).
 */
export function findCashtags(text: string): Cashtag[] {
  return Array.from(text.matchAll(cashtag), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    symbol: match[1] ?? '',
  }));
}

/** The text with at most `max` stock symbols: the others lose their `$` and stay as words. */
export function limitCashtags(text: string, max: number): string {
  return findCashtags(text)
    .slice(max)
    .reduceRight((rest, { start }) => rest.slice(0, start) + rest.slice(start + 1), text);
}
