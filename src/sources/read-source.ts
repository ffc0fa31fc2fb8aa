import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { itemAt, type SourceItem, type SourceKind } from '../domain/source.ts';
import type { Fetched } from '../http/page.ts';
import type { Http } from '../http/client.ts';
import type { Feed, FeedRefusal } from '../text/feed.ts';
import { MAX_FEED_ITEMS, MAX_FEED_LENGTH, MAX_PIECES } from '../text/feed-limits.ts';
import { decode } from '../text/input.ts';
import type { Sitemap } from '../text/sitemap.ts';
import { type FeedFailure, type FeedMark, fetchFeed, getMarked, markOf, textIn } from './feed.ts';
import type { Parse } from './readers.ts';

/** What a source showed, whatever its kind. */
export interface Reading {
  readonly kind: 'read';
  readonly items: readonly SourceItem[];
  readonly title: string | null;
  readonly marks: Marks;
  /** Where it has moved for good. */
  readonly movedTo: string | null;
  /** Where it offers to tell when it changes, and what it calls itself there. */
  readonly hub: { readonly url: string; readonly topic: string } | null;
  /** What a person should know although all went well: one sentence. */
  readonly note: string | null;
  /** Whether all was read: what is not among `items` is not shown any more. */
  readonly isWhole: boolean;
}

/** Address → what its server said last time. */
export type Marks = Readonly<Record<string, FeedMark>>;

export type SourceAnswer =
  | Reading
  | { readonly kind: 'unchanged'; readonly marks: Marks; readonly movedTo: string | null }
  | FeedRefusal
  | FeedFailure;

export interface Place {
  readonly kind: SourceKind;
  readonly url: string | null;
  /** For `urls`. */
  readonly urls: readonly string[];
}

/** Sitemaps of an index that are read at one poll, those that changed last. */
const MOST_SITEMAPS = 10;
const UNKNOWN: FeedMark = { etag: null, lastModified: null };

interface Io {
  readonly get: Http['get'];
  readonly parse: Parse;
  readonly signal?: AbortSignal;
}

/** Asks a source what it has. Every failure is a value. */
export async function readSource(place: Place, marks: Marks, io: Io): Promise<SourceAnswer> {
  if (place.kind === 'push') return { ...nothing, items: [] };
  if (place.kind === 'urls' || place.url === null) return { ...nothing, items: place.urls.map(itemAt) };
  return place.kind === 'sitemap' ? readSitemap(place.url, marks, io) : readFeed(place.url, marks, io);
}

const nothing = { kind: 'read', title: null, marks: {}, movedTo: null, hub: null, note: null, isWhole: true } as const;

async function readFeed(url: string, marks: Marks, io: Io): Promise<SourceAnswer> {
  const answer = await fetchFeed(url, marks[url] ?? UNKNOWN, io);
  if (answer.kind === 'refused' || answer.kind === 'failed') return answer;
  const kept = { [answer.movedTo ?? url]: answer.mark };
  if (answer.kind === 'unchanged') return { kind: 'unchanged', marks: kept, movedTo: answer.movedTo };
  return { ...readingOf(answer.feed, answer.movedTo ?? url), marks: kept, movedTo: answer.movedTo };
}

/** A feed that has been parsed, wherever it came from. */
export function readingOf(feed: Feed, url: string): Reading {
  return {
    ...nothing,
    items: feed.items.map((item) => ({
      guid: item.guid,
      url: item.link !== null && URL.canParse(item.link) ? item.link : null,
      title: item.title,
      teaser: item.summary,
      content: item.content,
      sections: item.categories,
      lang: feed.lang,
      publishedAt: item.publishedAt,
    })),
    title: feed.title === '' ? null : feed.title,
    hub: feed.hub === null ? null : { url: feed.hub, topic: feed.self ?? url },
    note: feed.isCut ? cutNote('feed') : null,
  };
}

function cutNote(what: string): string {
  return `The ${what} has more than ${MAX_FEED_ITEMS} items, ${MAX_FEED_LENGTH / 1024 / 1024} MB or ${MAX_PIECES} elements: only its beginning is read.`;
}

async function readSitemap(url: string, marks: Marks, io: Io): Promise<SourceAnswer> {
  const answer = await getMarked(url, marks[url] ?? UNKNOWN, io);
  if (answer.kind === 'failed') return answer;
  const movedTo = answer.movedForGood ? answer.url : null;
  if (answer.status === 304) return { kind: 'unchanged', marks, movedTo };
  const sitemap = await sitemapIn(answer, io.parse);
  if (sitemap.kind === 'refused') return { ...sitemap, detail: `${url}: ${sitemap.detail}` };
  if (sitemap.kind === 'urlset') {
    const note =
      sitemap.isCut || answer.isCut ? 'The sitemap has more than 1,000 pages: only the newest are read.' : null;
    return { ...nothing, items: sitemap.items, marks: { [movedTo ?? url]: markOf(answer) }, movedTo, note };
  }
  // An index keeps no mark: a sitemap under it may change without it.
  const listed = await readListed(sitemap.sitemaps.slice(0, MOST_SITEMAPS), marks, io);
  return listed.kind === 'read' ? { ...listed, movedTo } : listed;
}

async function readListed(
  urls: readonly string[],
  before: Marks,
  io: Io,
): Promise<Reading | FeedFailure | FeedRefusal> {
  const items: SourceItem[] = [];
  const marks: Record<string, FeedMark> = {};
  const faults: string[] = [];
  let failure: FeedFailure | FeedRefusal | null = null;
  let isWhole = true;
  for (const url of urls) {
    const answer = await getMarked(url, before[url] ?? UNKNOWN, io);
    if (answer.kind === 'failed') {
      failure = answer;
      faults.push(answer.detail);
      continue;
    }
    if (answer.status === 304) {
      isWhole = false;
      marks[url] = before[url] ?? UNKNOWN;
      continue;
    }
    const sitemap = await sitemapIn(answer, io.parse);
    if (sitemap.kind === 'refused') {
      failure = sitemap;
      faults.push(`${url}: ${sitemap.detail}`);
      continue;
    }
    marks[url] = markOf(answer);
    if (sitemap.kind === 'urlset') items.push(...sitemap.items);
  }
  // One that cannot be read is told; all of them is a failure.
  if (failure !== null && faults.length === urls.length) return failure;
  return {
    ...nothing,
    items: items.slice(0, MAX_FEED_ITEMS),
    marks,
    note: faults[0] ?? null,
    isWhole: isWhole && failure === null,
  };
}

/** Sitemaps are often served as a file that was packed beforehand, which is no encoding of HTTP's. */
async function sitemapIn(answer: Fetched, parse: Parse): Promise<Sitemap | FeedRefusal> {
  const [first, second] = answer.body;
  if (first !== 0x1f || second !== 0x8b) return parse.sitemap(textIn(answer));
  let text: string;
  try {
    text = decode(await unpack(answer.body, { maxOutputLength: MAX_UNPACKED }), null);
  } catch {
    const detail = `The packed sitemap is not valid gzip, or has more than ${MAX_UNPACKED / 1024 / 1024} MB.`;
    return { kind: 'refused', reason: 'too-large', detail };
  }
  return parse.sitemap(text);
}

const unpack = promisify(gunzip);

/** Ten megabytes hold 50,000 addresses, the most of the protocol. */
const MAX_UNPACKED = 10 * 1024 * 1024;
