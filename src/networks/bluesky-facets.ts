import type { Json } from './network.ts';

export interface Stretch {
  readonly kind: 'link' | 'tag' | 'mention';
  /** The link's address, the tag without its `#`, or the handle without its `@`. */
  readonly value: string;
  /** UTF-8 bytes, end exclusive. */
  readonly byteStart: number;
  readonly byteEnd: number;
}

/** Any address with a scheme: what is a link here is for us to say, so no list of top-level domains decides. */
const link = /https?:\/\/[^\s<>"]+/giu;
const afterLink = /[.,;:!?'*]+$/u;
/** A tag begins a word, holds no white space, and ends before punctuation; 64 graphemes at most. */
const tag =
  /(?<=^|\s)[#＃]((?!\ufe0f)[^\s\u00ad\u2060\u200a-\u200d]*[^\d\s\p{P}\u00ad\u2060\u200a-\u200d]+[^\s\u00ad\u2060\u200a-\u200d]*)/gu;
const handle = /(?<=^|\s|\()@([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)/giu;
const MAX_TAG_GRAPHEMES = 64;

/**
 * What Bluesky would show as plain words unless told: links, tags and mentions of a text, with their places in bytes.
 * https://docs.bsky.app/docs/advanced-guides/post-richtext
 */
export function stretchesOf(text: string): Stretch[] {
  const bytesBefore = (at: number): number => Buffer.byteLength(text.slice(0, at));
  const stretch = (kind: Stretch['kind'], value: string, start: number, end: number): Stretch => {
    return { kind, value, byteStart: bytesBefore(start), byteEnd: bytesBefore(end) };
  };
  const links = linksOf(text);
  const isFree = (at: number): boolean => !links.some((link) => at >= link.start && at < link.end);
  const found = links.map((link) => stretch('link', link.url, link.start, link.end));
  for (const match of text.matchAll(tag)) {
    const word = (match[1] ?? '').replace(/\p{P}+$/u, '');
    const length = [...new Intl.Segmenter().segment(word)].length;
    if (length > 0 && length <= MAX_TAG_GRAPHEMES && isFree(match.index)) {
      found.push(stretch('tag', word, match.index, match.index + 1 + word.length));
    }
  }
  for (const match of text.matchAll(handle)) {
    if (isFree(match.index)) {
      found.push(stretch('mention', match[1] ?? '', match.index, match.index + match[0].length));
    }
  }
  return found.toSorted((a, b) => a.byteStart - b.byteStart);
}

/** Punctuation behind an address belongs to the sentence, and so does a bracket that was opened before it. */
function linksOf(text: string): { start: number; end: number; url: string }[] {
  return Array.from(text.matchAll(link), (match) => {
    let url = match[0].replace(afterLink, '');
    if (url.endsWith(')') && !url.includes('(')) url = url.slice(0, -1).replace(afterLink, '');
    return { start: match.index, end: match.index + url.length, url };
  });
}

/** A stretch as the lexicon writes it; a mention needs the account's DID, null where the handle leads nowhere. */
export function facetOf(one: Stretch, did: string | null): Json {
  const index = { byteStart: one.byteStart, byteEnd: one.byteEnd };
  const type = 'app.bsky.richtext.facet';
  if (one.kind === 'link') return { index, features: [{ $type: `${type}#link`, uri: one.value }] };
  if (one.kind === 'tag') return { index, features: [{ $type: `${type}#tag`, tag: one.value }] };
  return did === null ? null : { index, features: [{ $type: `${type}#mention`, did }] };
}
