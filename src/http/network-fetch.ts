import type { Dispatcher } from 'undici';
import { answerOf, drop } from './answer.ts';
import { ACCEPT_ENCODING } from './body.ts';
import { GuardError, guardErrorIn, markUnsent, unmarkUnsent } from './failure.ts';
import { isRedirect, nextHop } from './redirect.ts';
import { undici } from './undici.ts';
import type { GuardedInit } from './unsent.ts';
import { readUrl, type UrlRules } from './url-rules.ts';

export interface NetworkDoor {
  readonly rules: UrlRules;
  readonly dispatcher: () => Dispatcher;
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
 *
 * Over undici's `request`, and an answer is read whole before it is given: through its `fetch` a post took three times the
 * processor time for its request. Where `maxBytes` is infinite the answer is given as it comes, and its end takes any time.
 */
export function guardedFetch(door: NetworkDoor): typeof fetch {
  return async (input, init = {}) => {
    const asked =
      typeof input === 'string' || input instanceof URL ? { url: String(input), init } : await unpack(input, init);
    const { signal } = asked.init;
    const clock = new AbortController();
    const giveUp = (): void => clock.abort(signal?.reason);
    const late = (): void => clock.abort(new GuardError('timeout', `No answer within ${door.totalMs / 1000} s.`));
    const timer = setTimeout(late, door.totalMs).unref();
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await follow(door, asked.url, asked.init, clock.signal);
    } catch (error) {
      throw guardErrorIn(error) ?? error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  };
}

async function follow(door: NetworkDoor, address: string, init: GuardedInit, signal: AbortSignal): Promise<Response> {
  let url = checked(address, door.rules);
  let step = stepOf(init, door.userAgent);
  for (let hops = 0; ; hops++) {
    const answer = await oneHop(door, url, step, signal).catch((error: unknown) => {
      if (hops > 0) unmarkUnsent(error);
      throw error;
    });
    const { location } = answer.headers;
    if (location === undefined || !isRedirect(answer.statusCode) || init.redirect === 'manual') {
      return answerOf(answer, url, hops > 0, door.maxBytes);
    }
    drop(answer.body);
    if (init.redirect !== 'follow') {
      throw new GuardError(
        'redirect-loop',
        `${url.host} redirects (${answer.statusCode}), which is not followed: use the final address.`,
      );
    }
    const next = nextHop(url, String(location), hops, door.rules);
    step = redirected(step, answer.statusCode, url, next);
    url = next;
  }
}

interface Step {
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestInit['body'];
  readonly mayBegin: GuardedInit['mayBegin'];
}

async function oneHop(
  door: NetworkDoor,
  url: URL,
  { method, headers, body, mayBegin }: Step,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  signal.throwIfAborted();
  const options = {
    dispatcher: door.dispatcher(),
    method: method as Dispatcher.HttpMethod,
    headers,
    body: body as Exclude<Dispatcher.DispatchOptions['body'], undefined>,
    signal,
    mayBegin,
  };
  return undici().request(url, options);
}

/** https://fetch.spec.whatwg.org/#http-redirect-fetch, and stricter: a body never goes to another origin. */
function redirected(step: Step, status: number, from: URL, to: URL): Step {
  const becomesGet = status === 303 ? step.method !== 'HEAD' : status < 303 && step.method === 'POST';
  const next = becomesGet ? { ...step, method: 'GET', body: null } : step;
  if (next.body instanceof ReadableStream) {
    throw new GuardError(
      'redirect-loop',
      `${from.host} redirects a body that was streamed, which cannot be sent again.`,
    );
  }
  const headers = new Headers(step.headers);
  if (becomesGet) for (const name of ['content-type', 'content-length', 'content-encoding']) headers.delete(name);
  if (from.origin === to.origin) return { ...next, headers };
  if (next.body !== null) {
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

/** As `fetch` sends it: with the type that a body has by its own. */
function stepOf({ method, headers: given, body, mayBegin }: GuardedInit, userAgent: string): Step {
  const headers = new Headers(given);
  if (!headers.has('accept')) headers.set('accept', '*/*');
  if (!headers.has('user-agent')) headers.set('user-agent', userAgent);
  headers.set('accept-encoding', ACCEPT_ENCODING);
  const type = typeOf(body);
  if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
  return {
    method: (method ?? 'GET').toUpperCase(),
    headers,
    body: body instanceof URLSearchParams ? String(body) : ownForm(body),
    mayBegin,
  };
}

/** Of a form with files it is known once its parts are. */
function typeOf(body: RequestInit['body']): string | null {
  if (typeof body === 'string') return 'text/plain;charset=UTF-8';
  if (body instanceof URLSearchParams) return 'application/x-www-form-urlencoded;charset=UTF-8';
  return body instanceof Blob && body.type !== '' ? body.type : null;
}

/** Node's own form is not of the class that this undici knows, and would be sent as the words `[object FormData]`. */
function ownForm(body: RequestInit['body']): RequestInit['body'] {
  if (!(body instanceof FormData)) return body ?? null;
  const { FormData: OwnFormData } = undici();
  const form = new OwnFormData();
  for (const [name, value] of body) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  return form as unknown as RequestInit['body'];
}

async function unpack(request: Request, init: RequestInit): Promise<{ url: string; init: RequestInit }> {
  const { url, method, headers, redirect, signal } = request;
  const body = request.body === null ? null : await request.arrayBuffer();
  return { url, init: { method, headers, redirect, signal, body, ...init } };
}
