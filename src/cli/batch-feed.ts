import { parseFeed } from '../text/feed.ts';
import type { FeedItem } from '../text/feed-item.ts';
import { stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/** `{xml, headers}` → `{feed, items}`, or `{error, reason}` where it is no feed. */
export function answerFeed(request: BatchRequest): BatchAnswer {
  const found = parseFeed(stringOf(request, 'xml'), headersOf(request['headers']));
  if (found.kind === 'refused') return { error: found.detail, reason: found.reason };
  const { title, link, description, lang, updatedAt, items } = found;
  return { feed: { title, link, description, language: lang, updated: updatedAt }, items: items.map(itemOf) };
}

function itemOf(item: FeedItem): Record<string, unknown> {
  const { title, link, guid, publishedAt, updatedAt, authors, summary, content, categories, enclosures } = item;
  const author = authors.join(', ') || null;
  return {
    title,
    link,
    id: guid,
    published: publishedAt,
    updated: updatedAt,
    author,
    summary,
    content,
    categories,
    enclosures: enclosures.map((enclosure) => enclosure.url),
  };
}

function headersOf(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name.toLowerCase(), String(text)]));
}
