import { countGraphemes } from './graphemes.ts';
import { topLevelDomains } from './top-level-domains.ts';
import { findWebLinks, linkWithin } from './web-links.ts';

/** A stretch of a post that a network shows as a link only where the client says so. */
export interface Facet {
  readonly kind: 'link' | 'tag' | 'mention';
  /** The absolute address, the tag without its `#` (a stock symbol with its `$`, in capitals), the handle without its `@`. */
  readonly value: string;
  /** UTF-8 bytes, end exclusive. */
  readonly byteStart: number;
  readonly byteEnd: number;
}

const MAX_TAG_GRAPHEMES = 64;
const invisible = '\\u00AD\\u2060\\u200A-\\u200D\\u20E2';
const bareLink = /(?<=^|\s|\()([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)\S*/giu;
const mention = /(?<=^|\s|\()@([a-z0-9.-]*[a-z0-9])/giu;
const tag = new RegExp(
  `(?<=^|\\s)[#＃]((?!\\uFE0F)[^\\s${invisible}]*[^\\d\\s\\p{P}${invisible}][^\\s${invisible}]*)`,
  'gu',
);
const symbol = /(?<=^|[\s(])\$([a-z][a-z0-9]{0,4})(?=$|[\s.,;:!?)"'’])/giu;

interface Found extends Omit<Facet, 'byteStart' | 'byteEnd'> {
  readonly start: number;
  readonly end: number;
}

/**
 * Links, tags and mentions of a text with their places in bytes, in order, none inside another, as the reference client
 * of the AT protocol finds them (https://docs.bsky.app/docs/advanced-guides/post-richtext): an address without a scheme
 * counts where it ends in a top-level domain, a tag keeps hyphens and apostrophes, punctuation at an end is left out.
 */
export function findFacets(text: string): Facet[] {
  const found = [...findLinks(text), ...findMentions(text), ...findTags(text), ...findSymbols(text)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const bytes = new TextEncoder();
  const facets: Facet[] = [];
  let at = 0;
  let byte = 0;
  for (const { kind, value, start, end } of found) {
    if (start < at) continue;
    const byteStart = byte + bytes.encode(text.slice(at, start)).length;
    byte = byteStart + bytes.encode(text.slice(start, end)).length;
    facets.push({ kind, value, byteStart, byteEnd: byte });
    at = end;
  }
  return facets;
}

function findLinks(text: string): Found[] {
  const found = findWebLinks(text).map(({ url, start, end }): Found => ({ kind: 'link', value: url, start, end }));
  for (const match of text.matchAll(bareLink)) {
    if (!hasTopLevel(match[1] ?? '')) continue;
    const url = linkWithin(match[0]);
    found.push({ kind: 'link', value: `https://${url}`, start: match.index, end: match.index + url.length });
  }
  return found;
}

function findMentions(text: string): Found[] {
  return Array.from(text.matchAll(mention), (match): Found => {
    return { kind: 'mention', value: match[1] ?? '', start: match.index, end: match.index + match[0].length };
  }).filter(({ value }) => hasTopLevel(value) || value.endsWith('.test'));
}

function findTags(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(tag)) {
    const value = (match[1] ?? '').replace(/\p{P}+$/u, '');
    if (value === '' || countGraphemes(value) > MAX_TAG_GRAPHEMES) continue;
    found.push({ kind: 'tag', value, start: match.index, end: match.index + 1 + value.length });
  }
  return found;
}

function findSymbols(text: string): Found[] {
  return Array.from(text.matchAll(symbol), (match): Found => {
    return { kind: 'tag', value: match[0].toUpperCase(), start: match.index, end: match.index + match[0].length };
  });
}

function hasTopLevel(host: string): boolean {
  const dot = host.lastIndexOf('.');
  return dot > 0 && topLevelDomains.has(host.slice(dot + 1).toLowerCase());
}
