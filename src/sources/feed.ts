import type { Fetched } from '../http/page.ts';
import type { Http } from '../http/client.ts';
import type { FetchFailure } from '../http/failure.ts';
import type { Feed, FeedRefusal } from '../text/feed.ts';
import { decode } from '../text/input.ts';
import type { Parse } from './readers.ts';

/** What the feed's server said last time; send it back so that an unchanged feed costs nothing. */
export interface FeedMark {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type FeedAnswer = Unchanged | FeedRead | FeedRefusal | FeedFailure;

export interface Unchanged {
  readonly kind: 'unchanged';
  readonly mark: FeedMark;
  /** Where it has moved for good. */
  readonly movedTo: string | null;
}

export interface FeedRead {
  readonly kind: 'read';
  readonly feed: Feed;
  readonly mark: FeedMark;
  readonly movedTo: string | null;
}

export interface FeedFailure {
  readonly kind: 'failed';
  readonly reason: 'gone' | 'not-found' | 'not-allowed' | 'server-error' | 'blocked' | 'unreachable';
  readonly detail: string;
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  /** When the server asked us to come back, from `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Feeds are served under every name, HTML's included: what it is, the parser tells. */
const feedTypes = [
  'application/atom+xml',
  'application/rss+xml',
  'application/feed+json',
  'application/xml;q=0.9',
  'text/xml;q=0.9',
  '*/*;q=0.1',
];

/**
 * Conditional GET of a feed (RFC 9110, section 13.1: If-None-Match, If-Modified-Since) through the guarded client.
 * `gone` (410) means that the feed has ended and should not be asked for again.
 */
export async function fetchFeed(
  url: string,
  mark: FeedMark,
  io: { get: Http['get']; parse: Parse; signal?: AbortSignal },
): Promise<FeedAnswer> {
  const answer = await getMarked(url, mark, io);
  if (answer.kind !== 'fetched') return answer;
  const movedTo = answer.movedForGood ? answer.url : null;
  if (answer.status === 304) return { kind: 'unchanged', mark, movedTo };
  const feed = await readFeed(answer, io.parse);
  if (feed.kind === 'refused') return { ...feed, detail: `${url}: ${feed.detail}` };
  return { kind: 'read', feed, mark: markOf(answer), movedTo };
}

/** The request that a feed and a sitemap share: patient, conditional, and cut where it never ends. */
export async function getMarked(
  url: string,
  mark: FeedMark,
  { get, signal }: { get: Http['get']; signal?: AbortSignal },
): Promise<Fetched | FeedFailure> {
  const headers: Record<string, string> = {};
  if (mark.etag) headers['if-none-match'] = mark.etag;
  if (mark.lastModified) headers['if-modified-since'] = mark.lastModified;
  const answer = await get(url, {
    accept: feedTypes,
    headers,
    isPatient: true,
    isCutAtMost: true,
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  return answer.kind === 'fetched' ? answer : failed(url, answer);
}

export function markOf({ headers }: Fetched): FeedMark {
  return { etag: headers.get('etag'), lastModified: headers.get('last-modified') };
}

/** The text of an answer; of one that was cut, as far as its last whole tag. */
export function textIn({ body, headers, isCut }: Fetched): string {
  const whole = isCut ? body.subarray(0, body.lastIndexOf(GREATER_THAN) + 1) : body;
  return decode(whole, headers.get('content-type'));
}

const GREATER_THAN = 0x3e;

async function readFeed(answer: Fetched, parse: Parse): Promise<Feed | FeedRefusal> {
  const location = new URL(answer.headers.get('content-location') ?? '', answer.url).href;
  const headers = { ...Object.fromEntries(answer.headers), 'content-location': location };
  const feed = await parse.feed(textIn(answer), headers, answer.isCut);
  if (feed.kind === 'refused') return feed;
  const link = answer.headers.get('link') ?? '';
  return { ...feed, hub: linkIn(link, 'hub', location) ?? feed.hub, self: linkIn(link, 'self', location) ?? feed.self };
}

/** The first target of a relation in a `Link` header (RFC 8288). */
function linkIn(header: string, relation: string, base: string): string | null {
  for (const [, target = '', parameters = ''] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s,;]+))*)/g,
  )) {
    const names = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s,;]+))/i.exec(parameters);
    if ((names?.[1] ?? names?.[2] ?? '').toLowerCase().split(/\s+/).includes(relation))
      return URL.parse(target, base)?.href ?? null;
  }
  return null;
}

function failed(url: string, failure: FetchFailure): FeedFailure {
  const wait = failure.retryAfterMs === undefined ? {} : { retryAfterSeconds: failure.retryAfterMs / 1000 };
  const status = failure.status ?? null;
  const say = (reason: FeedFailure['reason'], detail: string): FeedFailure => ({
    kind: 'failed',
    reason,
    detail,
    status,
    ...wait,
  });
  if (failure.kind === 'http-status') {
    const [reason, advice] = meaningOf(failure.status ?? 0);
    return say(reason, `${url} answered ${failure.status}: ${advice}`);
  }
  const isBlocked =
    failure.kind === 'bad-url' || failure.kind === 'blocked-address' || failure.kind === 'redirect-loop';
  return say(isBlocked ? 'blocked' : 'unreachable', failure.sentence);
}

function meaningOf(status: number): [FeedFailure['reason'], string] {
  if (status === 410) return ['gone', 'this feed has ended. Remove it.'];
  if (status === 404) return ['not-found', 'there is no such feed. Check the address.'];
  if (status === 429) return ['server-error', 'the site asks us to come less often. It is tried again later.'];
  if ([401, 402, 403, 451].includes(status)) return ['not-allowed', 'the site does not let us read this feed.'];
  return ['server-error', 'the site has trouble of its own. It is tried again later.'];
}
