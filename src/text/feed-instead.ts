import { Parser } from 'htmlparser2';

/** Where a page says which feeds it has is at its beginning; UTF-16 units of it that are looked at. */
const HEAD = 512 * 1024;
/** Feeds of a page that are named. */
const NAMED = 3;
const ADVICE = 'Give the address of the feed itself, or take its articles by a sitemap or by push.';

/**
 * What a document is that is no feed, and what to do, in one sentence or two. A page instead of its feed is the commonest
 * mistake, and the page often says where its feed is: `<link rel="alternate">`, as
 * https://www.rssboard.org/rss-autodiscovery has it.
 * @param headers as `parseFeed`: `content-location` is what the addresses of a page are relative to.
 */
export function notAFeed(text: string, headers: Readonly<Record<string, string>>): string {
  if (/^[{[]/.test(text)) return `The document is JSON, but not a JSON Feed. ${ADVICE}`;
  if (!/<html|<!doctype html|<body/i.test(text.slice(0, 4096)))
    return `The document is not RSS, Atom, RDF or JSON Feed. ${ADVICE}`;
  const feeds = feedsNamedIn(text.slice(0, HEAD), headers['content-location'] ?? '').slice(0, NAMED);
  if (feeds.length === 0) return `The address leads to a web page, not to a feed, and the page names none. ${ADVICE}`;
  const named = feeds.length === 1 ? 'this feed' : 'these feeds';
  return `The address leads to a web page, not to a feed. The page names ${named}, so give that address: ${feeds.join(' ')}`;
}

function feedsNamedIn(html: string, base: string): string[] {
  const found = new Set<string>();
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '' }) {
      if (name !== 'link' || href === '' || !/(?:^|\s)alternate(?:\s|$)/i.test(rel)) return;
      if (/\b(?:rss|atom|feed)\+/i.test(type)) found.add(URL.parse(href, base)?.href ?? href);
    },
  });
  parser.end(html);
  return [...found];
}
