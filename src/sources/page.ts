import { decode } from '../text/input.ts';
import { extractArticle, type Extraction } from '../text/html.ts';

export interface PageFailure {
  readonly kind: 'failed';
  readonly reason: 'not-found' | 'not-allowed' | 'server-error' | 'not-html' | 'unreachable';
  /** One sentence for the journalist. */
  readonly detail: string;
  /** What the guarded client threw, where it did. */
  readonly cause?: unknown;
}

/**
 * Fetches a page through the guarded `fetch` given and extracts its article. Size, time and addresses are the guarded
 * client's business; whatever it throws comes back as `unreachable`, unless the caller's own `signal` was the reason.
 */
export async function fetchPage(
  url: string,
  { fetch, signal }: { fetch: typeof globalThis.fetch; signal?: AbortSignal },
): Promise<Extraction | PageFailure> {
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, {
      headers: { accept: 'text/html,application/xhtml+xml;q=0.9' },
      ...(signal && { signal }),
    });
    const refusal = refusalOf(response, url);
    if (refusal) {
      await response.body?.cancel();
      return refusal;
    }
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    const detail = `${url} could not be read: ${message.slice(0, 1024)}`;
    return { kind: 'failed', reason: 'unreachable', detail, cause: error };
  }
  return extractArticle(decode(bytes, response.headers.get('content-type')), response.url || url);
}

function refusalOf(response: Response, url: string): PageFailure | null {
  const { status } = response;
  const failed = (reason: PageFailure['reason'], detail: string): PageFailure => ({ kind: 'failed', reason, detail });
  if (status === 404 || status === 410) {
    return failed('not-found', `${url} answered ${status}: there is no such page. Check the address.`);
  }
  if (status === 401 || status === 402 || status === 403 || status === 451) {
    return failed('not-allowed', `${url} answered ${status}: the site does not let us read this page. Paste the text.`);
  }
  if (status >= 500 || status === 429) {
    return failed('server-error', `${url} answered ${status}: the site has trouble of its own. Try again later.`);
  }
  if (!response.ok) return failed('server-error', `${url} answered ${status}, which is not a page. Check the address.`);
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type && type !== 'text/html' && type !== 'application/xhtml+xml') {
    return failed('not-html', `${url} is ${type}, not an HTML page. Give the address of the article itself.`);
  }
  return null;
}
