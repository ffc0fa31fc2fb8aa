import { readMachineDate } from './dates.ts';
import { readXml, type XmlElement } from './feed-xml.ts';
import { parseHtml } from './html-parse.ts';
import { oneLine, plainText } from './html-text.ts';

export interface Feed {
  readonly kind: 'feed';
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string;
  /** The site the feed belongs to. */
  readonly link: string | null;
  readonly description: string | null;
  readonly lang: string | null;
  /** RFC 3339 instant. */
  readonly updatedAt: string | null;
  readonly items: readonly FeedItem[];
}

export interface FeedItem {
  /** What the feed calls this item for ever; its link where it names nothing; null where it has neither. */
  readonly guid: string | null;
  readonly title: string;
  readonly link: string | null;
  /** RFC 3339 instant, or `YYYY-MM-DD`. */
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  readonly authors: readonly string[];
  /** Plain text. */
  readonly summary: string | null;
  /** The full text as the feed gives it: HTML that nobody has checked. Pass it to `extractArticle`, never to a page. */
  readonly content: string | null;
  readonly categories: readonly string[];
  readonly enclosures: readonly FeedEnclosure[];
}

export interface FeedEnclosure {
  readonly url: string;
  readonly type: string | null;
  /** Bytes, where the feed says. */
  readonly length: number | null;
}

export interface FeedRefusal {
  readonly kind: 'refused';
  readonly reason: 'empty' | 'hostile' | 'too-large' | 'not-a-feed';
  readonly detail: string;
}

/** Most UTF-16 units of one feed, and most items read from it; the newest come first in practice. */
export const MAX_FEED_LENGTH = 5 * 1024 * 1024;
export const MAX_FEED_ITEMS = 1000;

/**
 * RSS 0.9–2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.x, read leniently. `headers` are the response's, lower-case;
 * `content-location` serves as a base for relative links. Never throws.
 */
export function parseFeed(xml: string, headers: Readonly<Record<string, string>> = {}): Feed | FeedRefusal {
  if (xml.trim() === '') return refuse('empty', 'The feed is empty.');
  const tree = readXml(xml);
  if ('kind' in tree) return tree;
  void headers;
  const root = find(tree, ['rss', 'rdf:rdf', 'atom:feed', 'feed', 'channel']);
  if (!root) return refuse('not-a-feed', 'The document is not RSS, Atom, RDF or JSON Feed.');
  const channel = child(root, ['channel']) ?? root;
  const items = [...children(channel, ['item', 'atom:entry', 'entry']), ...children(root, ['item'])];
  return {
    kind: 'feed',
    format: root.name.endsWith('feed') ? 'atom' : root.name === 'rdf:rdf' ? 'rdf' : 'rss',
    title: words(child(channel, ['title', 'atom:title'])),
    link: linkOf(channel),
    description: words(child(channel, ['description', 'atom:subtitle', 'subtitle'])) || null,
    lang: text(child(channel, ['language', 'dc:language'])) || null,
    updatedAt: readMachineDate(text(child(channel, ['lastbuilddate', 'pubdate', 'atom:updated', 'dc:date']))),
    items: items.slice(0, MAX_FEED_ITEMS).map(readItem),
  };
}

function readItem(item: XmlElement): FeedItem {
  const link = linkOf(item);
  return {
    guid: text(child(item, ['guid', 'atom:id', 'id'])) || link,
    title: words(child(item, ['title', 'atom:title'])),
    link,
    publishedAt: readMachineDate(text(child(item, ['pubdate', 'atom:published', 'dc:date', 'atom:updated']))),
    updatedAt: readMachineDate(text(child(item, ['atom:updated']))),
    authors: [text(child(item, ['dc:creator', 'author'])) || words(child(item, ['atom:author']))].filter(Boolean),
    summary: words(child(item, ['description', 'atom:summary'])) || null,
    content: text(child(item, ['content:encoded', 'atom:content'])) || null,
    categories: children(item, ['category', 'atom:category', 'dc:subject'])
      .map((element) => element.attributes['term'] ?? oneLine(text(element)))
      .filter(Boolean),
    enclosures: children(item, ['enclosure']).flatMap(({ attributes: { url, type, length } }) =>
      url ? [{ url, type: type ?? null, length: Number(length) || null }] : [],
    ),
  };
}

function linkOf(element: XmlElement): string | null {
  for (const link of children(element, ['link', 'atom:link'])) {
    if ((link.attributes['rel'] ?? 'alternate') !== 'alternate') continue;
    const href = link.attributes['href'] ?? text(link).trim();
    if (href) return href;
  }
  return null;
}

function refuse(reason: FeedRefusal['reason'], detail: string): FeedRefusal {
  return { kind: 'refused', reason, detail };
}

function find(element: XmlElement, names: readonly string[]): XmlElement | null {
  for (const node of element.children) {
    if (typeof node === 'string') continue;
    if (names.includes(node.name)) return node;
    const inner = find(node, names);
    if (inner) return inner;
  }
  return null;
}

function children(element: XmlElement, names: readonly string[]): XmlElement[] {
  return element.children.filter((node) => typeof node !== 'string' && names.includes(node.name)) as XmlElement[];
}

function child(element: XmlElement, names: readonly string[]): XmlElement | null {
  return children(element, names)[0] ?? null;
}

function text(element: XmlElement | null): string {
  return element ? element.children.map((node) => (typeof node === 'string' ? node : text(node))).join('') : '';
}

function words(element: XmlElement | null): string {
  const raw = text(element);
  return /[<&]/.test(raw) ? oneLine(plainText(parseHtml(raw, 'about:blank').body)) : oneLine(raw);
}
