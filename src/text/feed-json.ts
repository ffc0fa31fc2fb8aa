/** JSON Feed 1.0 and 1.1. https://www.jsonfeed.org/version/1.1/ */
import { readMachineDate } from './dates.ts';
import type { Feed } from './feed.ts';
import type { FeedItem } from './feed-item.ts';
import { plainOf } from './feed-text.ts';
import { oneLine } from './html-text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Null where the text is not a JSON Feed. */
export function readJsonFeed(text: string, maxItems: number): Feed | null {
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(feed) || !string(feed['version'])?.includes('jsonfeed.org/version/')) return null;
  const items = list(feed['items']).filter(isObject);
  return {
    kind: 'feed',
    format: 'json',
    title: oneLine(string(feed['title']) ?? ''),
    link: address(feed['home_page_url']),
    description: string(feed['description']),
    lang: string(feed['language']),
    updatedAt: null,
    hub: hubIn(feed['hubs']),
    self: address(feed['feed_url']),
    items: items.slice(0, maxItems).map(readItem),
    isCut: items.length > maxItems,
  };
}

function readItem(item: Json): FeedItem {
  const link = address(item['url']) ?? address(item['external_url']);
  const id = item['id'];
  const html = string(item['content_html']);
  const text = string(item['content_text']);
  return {
    guid: typeof id === 'number' ? String(id) : (string(id) ?? link),
    title: oneLine(string(item['title']) ?? ''),
    link,
    publishedAt: readMachineDate(string(item['date_published']) ?? string(item['date_modified']) ?? ''),
    updatedAt: readMachineDate(string(item['date_modified']) ?? ''),
    authors: [item['author'], ...list(item['authors'])].flatMap((author) =>
      isObject(author) ? (string(author['name']) ?? []) : [],
    ),
    summary: plainOf(string(item['summary']) ?? '') || null,
    content: html ?? (text === null ? null : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    categories: list(item['tags']).flatMap((tag) => string(tag) ?? []),
    enclosures: list(item['attachments'])
      .filter(isObject)
      .flatMap((attachment) => {
        const url = address(attachment['url']);
        const bytes = attachment['size_in_bytes'];
        return url
          ? [{ url, type: string(attachment['mime_type']), length: typeof bytes === 'number' ? bytes : null }]
          : [];
      }),
  };
}

function hubIn(hubs: unknown): string | null {
  const hub = list(hubs)
    .filter(isObject)
    .find(({ type }) => string(type)?.toLowerCase() === 'websub');
  return address(hub?.['url']);
}

function address(value: unknown): string | null {
  const text = string(value);
  return text && /^https?:\/\//i.test(text) ? text : null;
}

function string(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
