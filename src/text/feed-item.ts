import { readMachineDate } from './dates.ts';
import { markupOf, plainOf, wordsOf } from './feed-text.ts';
import { child, children, inherited, textOf, type XmlElement } from './feed-xml.ts';
import { oneLine } from './html-text.ts';

export interface FeedItem {
  /** What the feed calls this item for ever; its link where it names nothing; null where it has neither. */
  readonly guid: string | null;
  readonly title: string;
  /** Absolute http(s) address where the feed allows to tell; as written where it does not. */
  readonly link: string | null;
  /** RFC 3339 instant, or `YYYY-MM-DD`. */
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  readonly authors: readonly string[];
  /** Plain text, one paragraph a line. */
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

/** An RSS or RDF `item` or an Atom `entry`. `base` resolves relative addresses where the feed has no `xml:base`. */
export function readItem(item: XmlElement, base: string | null): FeedItem {
  const media = child(item, 'media:group') ?? item;
  const link = linkOf(item, base) ?? permalinkOf(item, base);
  const content = markupOf(child(item, 'content:encoded', 'content', 'xhtml:body', 'body', 'xhtml:div', 'fullitem'));
  const summary = plainOf(
    markupOf(
      child(item, 'description', 'summary', 'dc:description', 'itunes:summary', 'itunes:subtitle', 'abstract') ??
        child(media, 'media:description'),
    ),
  );
  const publishedAt = dateOf(
    item,
    'pubdate',
    'published',
    'issued',
    'dcterms:issued',
    'created',
    'dcterms:created',
    'dc:date',
    'date',
  );
  const updatedAt = dateOf(item, 'updated', 'modified', 'dcterms:modified', 'dc:date');
  return {
    guid: textOf(child(item, 'guid', 'id', 'dc:identifier')) || (item.attributes['rdf:about'] ?? link),
    title: wordsOf(child(item, 'title', 'dc:title') ?? child(media, 'media:title') ?? child(item, 'itunes:title')),
    link,
    publishedAt: publishedAt ?? updatedAt,
    updatedAt,
    authors: authorsOf(item),
    summary: summary || null,
    content: content || null,
    categories: categoriesOf(item, media),
    enclosures: enclosuresOf(item, media, base),
  };
}

/** The first of these elements that holds a readable date. */
export function dateOf(element: XmlElement, ...names: string[]): string | null {
  for (const node of names.flatMap((name) => children(element, name))) {
    const date = readMachineDate(textOf(node));
    if (date) return date;
  }
  return null;
}

/** The page an element stands for: `rel="alternate"` or no `rel` in Atom, the text of `link` in RSS. */
export function linkOf(element: XmlElement, base: string | null): string | null {
  const links = children(element, 'link').filter(
    ({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate',
  );
  const isPage = ({ attributes }: XmlElement): boolean => !attributes['type'] || attributes['type'].includes('html');
  for (const link of [...links.filter(isPage), ...links]) {
    const address = absolute(link.attributes['href'] ?? textOf(link), link, base);
    if (address) return address;
  }
  return null;
}

/** The address that a link of this relation names, e.g. `hub` or `self`. */
export function relation(element: XmlElement, base: string | null, name: string): string | null {
  const link = children(element, 'link').find(({ attributes }) => attributes['rel']?.toLowerCase() === name);
  return link === undefined ? null : absolute(link.attributes['href'] ?? '', link, base);
}

/** An RSS `guid` is the address of the item unless it says that it is not. */
function permalinkOf(item: XmlElement, base: string | null): string | null {
  const guid = child(item, 'guid');
  if (guid && guid.attributes['ispermalink']?.toLowerCase() !== 'false' && /^https?:/i.test(textOf(guid))) {
    return absolute(textOf(guid), guid, base);
  }
  const about = item.attributes['rdf:about'];
  return about && /^https?:/i.test(about) ? absolute(about, item, base) : null;
}

/** Only addresses that lead to a page: never `javascript:` or `data:`. */
function absolute(address: string, element: XmlElement, base: string | null): string | null {
  const clean = address.trim();
  if (clean === '') return null;
  const own = inherited(element, 'xml:base');
  const url = URL.parse(clean, (own && URL.parse(own, base ?? undefined)?.href) ?? base ?? undefined);
  if (url)
    return url.protocol === 'http:' || url.protocol === 'https:' ? (URL.canParse(clean) ? clean : url.href) : null;
  return /^[a-z][a-z0-9+.-]*:/i.test(clean) ? null : clean;
}

function authorsOf(item: XmlElement): string[] {
  const people = ['author', 'dc:creator', 'dc:author', 'itunes:author', 'managingeditor', 'media:credit']
    .map((name) => children(item, name).map(personOf).filter(Boolean))
    .find((names) => names.length > 0);
  return [...new Set(people ?? [])];
}

/** Atom parts the name from the address; RSS writes `ada@example.org (Ada Lindqvist)` or `Ada Lindqvist <ada@…>`. */
function personOf(element: XmlElement): string {
  const name = child(element, 'name', 'foaf:name');
  if (name) return wordsOf(name);
  const text = wordsOf(element) || oneLine(textOf(element));
  const named = /^\S+@\S+\s+\((.+)\)$/.exec(text)?.[1] ?? /^(.+?)\s*[<(]\S+@\S+[>)]$/.exec(text)?.[1];
  return (named ?? text).trim();
}

function categoriesOf(item: XmlElement, media: XmlElement): string[] {
  const lists = children(item, 'tags', 'itunes:keywords', 'media:keywords').flatMap((list) => textOf(list).split(','));
  const single = [
    ...children(item, 'category', 'dc:subject', 'media:category'),
    ...(media === item ? [] : children(media, 'media:category')),
  ];
  const names = single.map(
    (node) => node.attributes['term'] ?? (wordsOf(node) || (node.attributes['text'] ?? node.attributes['label'] ?? '')),
  );
  return [...new Set([...lists, ...names].map((name) => oneLine(name)).filter(Boolean))];
}

function enclosuresOf(item: XmlElement, media: XmlElement, base: string | null): FeedEnclosure[] {
  const linked = children(item, 'link').filter(({ attributes }) => attributes['rel'] === 'enclosure');
  const nodes = [
    ...children(item, 'enclosure'),
    ...linked,
    ...children(item, 'media:content'),
    ...(media === item ? [] : children(media, 'media:content')),
  ];
  return nodes.flatMap((node) => {
    const { url, href, type, length, filesize } = node.attributes;
    const address = absolute(url ?? href ?? '', node, base);
    const bytes = Number(length ?? filesize);
    return address ? [{ url: address, type: type ?? null, length: bytes > 0 ? bytes : null }] : [];
  });
}
