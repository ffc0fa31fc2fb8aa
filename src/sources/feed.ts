import type { Http } from '../http/client.ts';
import type { FetchFailure } from '../http/failure.ts';
import { type Feed, type FeedRefusal, parseFeed } from '../text/feed.ts';
import { decode } from '../text/input.ts';

/** What the feed's server said last time; send it back so that an unchanged feed costs nothing. */
export interface FeedMark {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type FeedAnswer =
  | { readonly kind: 'unchanged'; readonly mark: FeedMark }
  | { readonly kind: 'read'; readonly feed: Feed; readonly mark: FeedMark }
  | FeedRefusal
  | FeedFailure;

export interface FeedFailure {
  readonly kind: 'failed';
  readonly reason: 'gone' | 'not-found' | 'not-allowed' | 'server-error' | 'blocked' | 'unreachable';
  readonly detail: string;
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
  { get, signal }: { get: Http['get']; signal?: AbortSignal },
): Promise<FeedAnswer> {
  const headers: Record<string, string> = {};
  if (mark.etag) headers['if-none-match'] = mark.etag;
  if (mark.lastModified) headers['if-modified-since'] = mark.lastModified;
  const answer = await get(url, { accept: feedTypes, headers, ...(signal && { signal }) });
  signal?.throwIfAborted();
  if (answer.kind !== 'fetched') return failed(url, answer);
  if (answer.status === 304) return { kind: 'unchanged', mark };
  const feed = parseFeed(decode(answer.body, answer.headers.get('content-type')), {
    ...Object.fromEntries(answer.headers),
    'content-location': new URL(answer.headers.get('content-location') ?? '', answer.url).href,
  });
  if (feed.kind === 'refused') return { ...feed, detail: `${url}: ${feed.detail}` };
  const fresh = { etag: answer.headers.get('etag'), lastModified: answer.headers.get('last-modified') };
  return { kind: 'read', feed, mark: fresh };
}

function failed(url: string, failure: FetchFailure): FeedFailure {
  const wait = failure.retryAfterMs === undefined ? {} : { retryAfterSeconds: failure.retryAfterMs / 1000 };
  const say = (reason: FeedFailure['reason'], detail: string): FeedFailure => ({
    kind: 'failed',
    reason,
    detail,
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
  if ([401, 402, 403, 451].includes(status)) return ['not-allowed', 'the site does not let us read this feed.'];
  return ['server-error', 'the site has trouble of its own. It is tried again later.'];
}
