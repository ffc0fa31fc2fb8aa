import type { FetchFailure } from '../http/failure.ts';
import type { Http } from '../http/client.ts';
import { decode } from '../text/input.ts';
import { isNoindex } from '../text/noindex.ts';

export interface Page {
  readonly kind: 'page';
  readonly html: string;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** It asks search engines to leave it out. */
  readonly isNoindex: boolean;
}

export interface PageFailure {
  readonly kind: 'failed';
  readonly reason: 'not-found' | 'not-allowed' | 'server-error' | 'not-html' | 'blocked' | 'unreachable';
  /** One sentence for the journalist: what happened, where, and what helps. */
  readonly detail: string;
}

/** Reads a page through the guarded client, decoded by its own charset. Extraction is the caller's next step. */
export async function readPage(
  url: string,
  { get, signal }: { get: Http['get']; signal?: AbortSignal },
): Promise<Page | PageFailure> {
  const answer = await get(url, {
    accept: ['text/html', 'application/xhtml+xml', 'text/plain'],
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.kind !== 'fetched') return failed(url, answer);
  const html = decode(answer.body, answer.charset === null ? null : `text/html; charset=${answer.charset}`);
  return { kind: 'page', html, url: answer.url, isNoindex: isNoindex(html, answer.headers.get('x-robots-tag')) };
}

function failed(url: string, failure: FetchFailure): PageFailure {
  const say = (reason: PageFailure['reason'], detail: string): PageFailure => ({ kind: 'failed', reason, detail });
  switch (failure.kind) {
    case 'http-status':
      return ofStatus(url, failure.status ?? 0);
    case 'wrong-type':
      return say('not-html', `${failure.sentence} Give the address of the article itself.`);
    case 'bad-url':
    case 'blocked-address':
    case 'redirect-loop':
      return say('blocked', failure.sentence);
    default:
      return say('unreachable', failure.sentence);
  }
}

function ofStatus(url: string, status: number): PageFailure {
  const say = (reason: PageFailure['reason'], detail: string): PageFailure => ({ kind: 'failed', reason, detail });
  if (status === 404 || status === 410) {
    return say('not-found', `${url} answered ${status}: there is no such page. Check the address.`);
  }
  if (status === 401 || status === 402 || status === 403 || status === 451) {
    return say('not-allowed', `${url} answered ${status}: the site does not let us read this page. Paste the text.`);
  }
  return say('server-error', `${url} answered ${status}: the site has trouble of its own. Try again later.`);
}
