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
  readonly reason: 'gone' | 'not-found' | 'not-allowed' | 'server-error' | 'unreachable';
  readonly detail: string;
  /** When the server asked us to come back, from `Retry-After` in seconds. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * Conditional GET of a feed (RFC 9110, section 13.1: If-None-Match, If-Modified-Since) through the guarded `fetch`
 * given. `gone` (410) means that the feed has ended and should not be asked for again.
 */
export async function fetchFeed(
  url: string,
  mark: FeedMark,
  { fetch, signal }: { fetch: typeof globalThis.fetch; signal?: AbortSignal },
): Promise<FeedAnswer> {
  const accept =
    'application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1';
  const headers: Record<string, string> = { accept };
  if (mark.etag) headers['if-none-match'] = mark.etag;
  if (mark.lastModified) headers['if-modified-since'] = mark.lastModified;
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, { headers, ...(signal && { signal }) });
    if (!response.ok) {
      await response.body?.cancel();
      return response.status === 304 ? { kind: 'unchanged', mark } : failureOf(response, url);
    }
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    const detail = `${url} could not be read: ${message.slice(0, 1024)}`;
    return { kind: 'failed', reason: 'unreachable', detail, cause: error };
  }
  const feed = parseFeed(decode(bytes, response.headers.get('content-type')), {
    ...Object.fromEntries(response.headers),
    'content-location': new URL(response.headers.get('content-location') ?? '', response.url || url).href,
  });
  if (feed.kind === 'refused') return { ...feed, detail: `${url}: ${feed.detail}` };
  const fresh = { etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified') };
  return { kind: 'read', feed, mark: fresh };
}

function failureOf(response: Response, url: string): FeedFailure {
  const { status } = response;
  const failed = (reason: FeedFailure['reason'], advice: string): FeedFailure => {
    const retryAfterSeconds = Number(response.headers.get('retry-after'));
    return {
      kind: 'failed',
      reason,
      detail: `${url} answered ${status}: ${advice}`,
      ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
    };
  };
  if (status === 410) return failed('gone', 'this feed has ended. Remove it.');
  if (status === 404) return failed('not-found', 'there is no such feed. Check the address.');
  if ([401, 402, 403, 451].includes(status)) return failed('not-allowed', 'the site does not let us read this feed.');
  return failed('server-error', 'the site has trouble of its own. It is tried again later.');
}
