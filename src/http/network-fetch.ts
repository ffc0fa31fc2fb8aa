import { type Dispatcher, FormData as UndiciFormData, fetch as send } from 'undici';
import { ACCEPT_ENCODING } from './body.ts';
import { counted } from './counted.ts';
import { GuardError, guardErrorIn, markUnsent, unmarkUnsent } from './failure.ts';
import { nextHop } from './redirect.ts';
import { readUrl, type UrlRules } from './url-rules.ts';

export interface NetworkDoor {
  readonly rules: UrlRules;
  readonly dispatcher: Dispatcher;
  readonly userAgent: string;
  readonly maxBytes: number;
  /** Milliseconds for the whole request, the body of the answer included. */
  readonly totalMs: number;
}

/**
 * `fetch` for publishing: the same guard on every address, otherwise as fast as it goes: connections are kept, nothing
 * is queued. A redirect is an error unless asked for (`redirect: 'follow'`: at most five, each checked whole, and only
 * plain headers go to another origin; `'manual'`: the answer itself). Throws as `fetch` does, and `GuardError` where
 * the guard said no. `wasNeverSent` tells whether an error is proof that nothing left.
 */
export function guardedFetch(door: NetworkDoor): typeof fetch {
  return async (input, init = {}) => {
    const asked =
      typeof input === 'string' || input instanceof URL ? { url: String(input), init } : await unpack(input, init);
    const clock = new AbortController();
    const giveUp = (): void => clock.abort(asked.init.signal?.reason);
    const late = (): void => clock.abort(new GuardError('timeout', `No answer within ${door.totalMs / 1000} s.`));
    const timer = setTimeout(late, door.totalMs).unref();
    const settle = (): void => {
      clearTimeout(timer);
      asked.init.signal?.removeEventListener('abort', giveUp);
    };
    if (asked.init.signal?.aborted === true) giveUp();
    asked.init.signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await follow(door, asked.url, asked.init, clock, settle);
    } catch (error) {
      settle();
      throw guardErrorIn(error) ?? error;
    }
  };
}

async function follow(
  door: NetworkDoor,
  address: string,
  init: RequestInit,
  clock: AbortController,
  settle: () => void,
): Promise<Response> {
  let url = checked(address, door.rules);
  let step: RequestInit = { ...init, headers: withOurs(init.headers, door.userAgent), body: ownForm(init.body) };
  for (let hops = 0; ; hops++) {
    const answer = await oneHop(door, url, step, clock.signal).catch((error: unknown) => {
      if (hops > 0) unmarkUnsent(error);
      throw error;
    });
    const location = answer.headers.get('location');
    if (location === null || !redirects.has(answer.status) || init.redirect === 'manual') {
      return counted(answer, url, hops > 0, door.maxBytes, clock, settle);
    }
    await answer.body?.cancel();
    if (init.redirect !== 'follow') {
      throw new GuardError(
        'redirect-loop',
        `${url.host} redirects (${answer.status}), which is not followed: use the final address.`,
      );
    }
    const next = nextHop(url, location, hops, door.rules);
    step = redirected(step, answer.status, url, next);
    url = next;
  }
}

async function oneHop(door: NetworkDoor, url: URL, step: RequestInit, signal: AbortSignal): Promise<Response> {
  const options = { ...step, redirect: 'manual', signal, dispatcher: door.dispatcher };
  return (await send(url, options as unknown as Parameters<typeof send>[1])) as unknown as Response;
}

const redirects = new Set([301, 302, 303, 307, 308]);

/** https://fetch.spec.whatwg.org/#http-redirect-fetch, and stricter: a body never goes to another origin. */
function redirected(step: RequestInit, status: number, from: URL, to: URL): RequestInit {
  const method = (step.method ?? 'GET').toUpperCase();
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  const next: RequestInit = becomesGet ? { ...step, method: 'GET', body: null } : { ...step };
  if (next.body instanceof ReadableStream) {
    throw new GuardError(
      'redirect-loop',
      `${from.host} redirects a body that was streamed, which cannot be sent again.`,
    );
  }
  const headers = new Headers(step.headers);
  if (becomesGet) for (const name of ['content-type', 'content-length', 'content-encoding']) headers.delete(name);
  if (from.origin === to.origin) return { ...next, headers };
  if (next.body !== undefined && next.body !== null) {
    throw new GuardError('redirect-loop', `${from.host} redirects what was sent to ${to.host}: use the final address.`);
  }
  const plain = [...headers].filter(([name]) => plainHeaders.has(name));
  return { ...next, headers: new Headers(plain) };
}

/** What may go to another origin. Anything else may be a credential: networks keep theirs in headers of any name. */
const plainHeaders = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);

function checked(address: string, rules: UrlRules): URL {
  try {
    return readUrl(address, rules);
  } catch (error) {
    throw markUnsent(error as Error);
  }
}

function withOurs(given: RequestInit['headers'], userAgent: string): Headers {
  const headers = new Headers(given);
  if (!headers.has('user-agent')) headers.set('user-agent', userAgent);
  headers.set('accept-encoding', ACCEPT_ENCODING);
  return headers;
}

/** Node's own form is not of the class that this undici knows, and would be sent as the words `[object FormData]`. */
function ownForm(body: RequestInit['body']): NonNullable<RequestInit['body']> | null {
  if (!(body instanceof FormData)) return body ?? null;
  const form = new UndiciFormData();
  for (const [name, value] of body) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  return form as unknown as NonNullable<RequestInit['body']>;
}

async function unpack(request: Request, init: RequestInit): Promise<{ url: string; init: RequestInit }> {
  const { url, method, headers, redirect, signal } = request;
  const body = request.body === null ? null : await request.arrayBuffer();
  return { url, init: { method, headers, redirect, signal, body, ...init } };
}
