import { findCashtags } from '../text/cashtags.ts';
import { findLinks } from '../text/links.ts';
import { findMentions } from '../text/mentions.ts';
import type { Mention } from '../text/mentions.ts';
import { findHashtags } from '../text/post-hashtags.ts';
import type { Span } from '../text/span.ts';

/** A stretch of a text and the HTML that replaces it. */
export interface Markup extends Span {
  readonly html: string;
}

const SITE = 'https://twitter.com';

/** Puts the markup of each stretch in its place; of two that overlap, the earlier one, then the longer one. */
export function withMarkup(text: string, markups: readonly Markup[]): string {
  let html = '';
  let at = 0;
  for (const one of markups.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.start < at) continue;
    html += text.slice(at, one.start) + one.html;
    at = one.end;
  }
  return html + text.slice(at);
}

export function linkMarkup(text: string): Markup[] {
  return findLinks(text, 'bare')
    .filter(({ url }) => /^https?:/i.test(url))
    .map((link) => ({ ...link, html: `<a href="${escapeHtml(link.url)}">${escapeHtml(link.url)}</a>` }));
}

export function hashtagMarkup(text: string): Markup[] {
  return findHashtags(text).map((found) => ({ ...found, html: searchLink(text.charAt(found.start), '#', found.tag) }));
}

export function cashtagMarkup(text: string): Markup[] {
  return findCashtags(text).map((found) => ({ ...found, html: searchLink('$', '$', found.symbol) }));
}

export function mentionMarkup(text: string): Markup[] {
  return findMentions(text).map((found) => ({ ...found, html: userLink(text.charAt(found.start), found) }));
}

/** Marks hits with `<em>`; offsets count the characters of the text outside its tags. */
export function withHits(html: string, hits: readonly (readonly [number, number])[]): string {
  let marked = '';
  let offset = 0;
  let depth: number | null = null;
  const close = (): void => {
    marked += '</em>';
    depth = null;
  };
  for (const [token] of html.matchAll(/<[^>]*>|[\s\S]/gu)) {
    const isOver = depth !== null && hits.some(([, end]) => end === offset);
    if (isOver && depth === 0) close();
    if (token.length > 1 && token.startsWith('<')) {
      if (depth !== null) depth += token.startsWith('</') ? -1 : 1;
      marked += token;
      continue;
    }
    if (depth === null && hits.some(([start]) => start === offset)) {
      marked += '<em>';
      depth = 0;
    }
    marked += token;
    offset += 1;
  }
  if (depth !== null) close();
  return marked;
}

/** Entities as the network's own API gives them beside a text: offsets in code points. */
export interface GivenEntities {
  readonly hashtags?: readonly { readonly text: string; readonly indices: readonly [number, number] }[];
  readonly user_mentions?: readonly { readonly screen_name: string; readonly indices: readonly [number, number] }[];
  readonly urls?: readonly GivenUrl[];
}

interface GivenUrl {
  readonly url: string;
  readonly expanded_url: string;
  readonly display_url: string;
  readonly indices: readonly [number, number];
}

export function givenMarkup(text: string, entities: GivenEntities): Markup[] {
  const characters = Array.from(text);
  const span = ([from, to]: readonly [number, number]): Span => ({
    start: characters.slice(0, from).join('').length,
    end: characters.slice(0, to).join('').length,
  });
  return [
    ...(entities.hashtags ?? []).map((one) => ({ ...span(one.indices), html: searchLink('#', '#', one.text) })),
    ...(entities.user_mentions ?? []).map((one) => ({
      ...span(one.indices),
      html: userLink('@', { user: one.screen_name, list: '' }),
    })),
    ...(entities.urls ?? []).map((one) => ({ ...span(one.indices), html: shortenedLink(one) })),
  ];
}

/** A shortened link that shows a piece of the address it stands for; the rest is hidden, so that copying gives it whole. */
function shortenedLink({ url, expanded_url: whole, display_url: shown }: GivenUrl): string {
  const piece = shown.replaceAll('…', '');
  const at = whole.indexOf(piece);
  if (at < 0) return `<a href="${escapeHtml(url)}">${escapeHtml(shown)}</a>`;
  const hide = (part: string): string => `<span style='position:absolute;left:-9999px;'>${part}</span>`;
  const edge = (mark: string): string => `<span class='tco-ellipsis'>${mark}${hide('&nbsp;')}</span>`;
  const before = edge(shown.startsWith('…') ? '…' : '') + hide(escapeHtml(whole.slice(0, at)));
  const after = hide(escapeHtml(whole.slice(at + piece.length))) + edge(shown.endsWith('…') ? '…' : '');
  const visible = `<span class='js-display-url'>${escapeHtml(piece)}</span>`;
  return `<a href="${escapeHtml(url)}" title="${escapeHtml(whole)}">${before}${visible}${after}</a>`;
}

function searchLink(mark: string, plainMark: '#' | '$', word: string): string {
  const kind = plainMark === '$' ? 'cashtag' : /[\p{sc=Arabic}\p{sc=Hebrew}]/u.test(word) ? 'hashtag rtl' : 'hashtag';
  const query = encodeURIComponent(plainMark) + word;
  return `<a href="${SITE}/search?q=${query}" title="${plainMark}${word}" class="tweet-url ${kind}">${mark}${word}</a>`;
}

function userLink(mark: string, { user, list }: Pick<Mention, 'user' | 'list'>): string {
  const kind = list === '' ? 'username' : 'list-slug';
  return `${mark}<a class="tweet-url ${kind}" href="${SITE}/${user}${list}">${user}${list}</a>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
