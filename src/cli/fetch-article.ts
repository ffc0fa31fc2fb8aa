import { openHttp } from '../context-http.ts';
import type { Article } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import type { RefusalReason } from '../domain/errors.ts';
import type { FetchFailure, FetchFailureKind } from '../http/failure.ts';
import { extractArticle } from '../text/html.ts';
import { decode } from '../text/input.ts';
import { version } from '../version.ts';

/**
 * Fetches a page through the guarded client and extracts its article.
 * @throws Refusal with the guard's sentence: `not-allowed` for a private address or a page that is not for us,
 * `not-found`, `too-large`, `unavailable`, `invalid`
 */
export async function fetchArticle(url: string): Promise<Article> {
  await using http = openHttp(version);
  const page = await http.get(url, { accept: ['text/html', 'application/xhtml+xml', 'text/plain'] });
  if (page.kind !== 'fetched') throw new Refusal(reasonOf(page), page.sentence);
  const type = page.charset === null ? page.contentType : `${page.contentType}; charset=${page.charset}`;
  const found = extractArticle(decode(page.body, type), page.url);
  if (found.kind === 'refused') throw new Refusal('invalid', `${page.url}: ${found.detail}`);
  return found.article;
}

const reasons: Record<FetchFailureKind, RefusalReason> = {
  'bad-url': 'invalid',
  'blocked-address': 'not-allowed',
  'redirect-loop': 'unavailable',
  'too-large': 'too-large',
  timeout: 'unavailable',
  dns: 'unavailable',
  refused: 'unavailable',
  tls: 'unavailable',
  broken: 'unavailable',
  'http-status': 'unavailable',
  'wrong-type': 'invalid',
  aborted: 'unavailable',
};

function reasonOf(failure: FetchFailure): RefusalReason {
  const { status } = failure;
  if (status === 404 || status === 410) return 'not-found';
  if (status === 401 || status === 402 || status === 403 || status === 451) return 'not-allowed';
  return reasons[failure.kind];
}
