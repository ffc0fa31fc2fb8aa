import type { Dispatcher } from 'undici';
import { drop, toHeaders } from './answer.ts';
import { ACCEPT_ENCODING, readBody, tooLarge } from './body.ts';
import { explain, safeHref } from './explain.ts';
import { type FetchFailure, GuardError } from './failure.ts';
import { isRedirect, nextHop } from './redirect.ts';
import type { Turns } from './turns.ts';
import { undici } from './undici.ts';
import { readUrl, type UrlRules } from './url-rules.ts';

export interface GetOptions {
  /** Media types that are wanted, e.g. `['text/html', 'image/*']`; any other answer is `wrong-type`. */
  readonly accept: readonly string[];
  /** Most bytes after decompression; the client's own ceiling where absent. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Sent to the first host only, e.g. `if-none-match`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Nobody waits for it: a slow server gets the time it needs, and takes no turn away from those that somebody waits for. */
  readonly isPatient?: boolean;
  /** A longer answer is cut at `maxBytes` instead of refused. */
  readonly isCutAtMost?: boolean;
}

/** A page, feed or image, whole and decompressed. `status` is 304, with no body, where nothing changed; else 2xx. */
export interface Fetched {
  readonly kind: 'fetched';
  readonly status: number;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** True where every redirect on the way was permanent (301, 308), so that the new address may be kept. */
  readonly movedForGood: boolean;
  /** Media type in lower case, without parameters. */
  readonly contentType: string;
  /** The `charset` of the content type in lower case, or null. */
  readonly charset: string | null;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** There was more than `maxBytes`. */
  readonly isCut: boolean;
}

export interface PageDoor {
  readonly rules: UrlRules;
  readonly dispatcher: () => Dispatcher;
  readonly turns: Turns;
  readonly userAgent: string;
  readonly maxBytes: number;
  /** Milliseconds until the headers (connecting and waiting), and from there to the end of the body. */
  readonly headersMs: number;
  readonly bodyMs: number;
  /** The same for a patient request, each. */
  readonly patientMs: number;
}

/**
 * Fetches a page, feed or image that a person or a feed named. One request at a time to a host, with the floor between.
 * Every outcome is a value; nothing is thrown but a defect.
 */
export async function getPage(
  door: PageDoor,
  input: string | URL,
  options: GetOptions,
): Promise<Fetched | FetchFailure> {
  const clock = new AbortController();
  const signal = options.signal === undefined ? clock.signal : AbortSignal.any([options.signal, clock.signal]);
  let url = URL.canParse(String(input)) ? new URL(input) : new URL('about:blank');
  let headers: Readonly<Record<string, string>> = options.headers ?? {};
  let movedForGood = true;
  try {
    url = readUrl(input, door.rules);
    for (let hops = 0; ; hops++) {
      const answer = await oneHop(door, url, headers, options, signal, clock);
      if (answer.kind !== 'redirect') {
        return answer.kind === 'fetched' ? { ...answer, movedForGood: movedForGood && hops > 0 } : answer;
      }
      movedForGood &&= answer.status === 301 || answer.status === 308;
      const next = nextHop(url, answer.location, hops, door.rules);
      if (next.origin !== url.origin) headers = {};
      url = next;
    }
  } catch (error) {
    if (options.signal?.aborted === true) {
      return { kind: 'aborted', sentence: `The request to ${url.host} was given up.`, url: safeHref(url) };
    }
    return explain(error, url);
  }
}

type Hop = Omit<Fetched, 'movedForGood'> | FetchFailure | { kind: 'redirect'; status: number; location: string };

async function oneHop(
  door: PageDoor,
  url: URL,
  extra: Readonly<Record<string, string>>,
  options: GetOptions,
  signal: AbortSignal,
  clock: AbortController,
): Promise<Hop> {
  const isPatient = options.isPatient === true;
  const [headersMs, bodyMs] = isPatient ? [door.patientMs, door.patientMs] : [door.headersMs, door.bodyMs];
  const giveTurnBack = await door.turns.take(url.hostname, signal, isPatient ? 'patient' : 'prompt');
  const late = (what: string, ms: number) => () =>
    clock.abort(new GuardError('timeout', `${url.host} did not send ${what} within ${ms / 1000} s: try again later.`));
  let timer = setTimeout(late('an answer', headersMs), headersMs);
  let body: Dispatcher.ResponseData['body'] | undefined;
  try {
    const answer = await undici().request(url, {
      dispatcher: door.dispatcher(),
      method: 'GET',
      signal,
      headers: {
        accept: options.accept.join(', '),
        ...lowerCased(extra),
        'accept-encoding': ACCEPT_ENCODING,
        'user-agent': door.userAgent,
      },
    });
    body = answer.body;
    clearTimeout(timer);
    timer = setTimeout(late('all of its answer', bodyMs), bodyMs);
    return await readAnswer(answer, url, options, options.maxBytes ?? door.maxBytes);
  } finally {
    clearTimeout(timer);
    // What was not read is not wanted: the connection goes with it.
    if (body !== undefined) drop(body);
    giveTurnBack();
  }
}

async function readAnswer(
  { statusCode: status, headers: raw, body }: Dispatcher.ResponseData,
  url: URL,
  options: GetOptions,
  maxBytes: number,
): Promise<Hop> {
  const headers = toHeaders(raw);
  const location = headers.get('location');
  if (isRedirect(status) && location !== null) return { kind: 'redirect', status, location };
  const [contentType = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const type = contentType.trim() === '' ? 'application/octet-stream' : contentType.trim();
  const answer = {
    kind: 'fetched',
    status,
    url: safeHref(url),
    contentType: type,
    charset: charsetOf(parameters),
    headers,
  } as const;
  if (status === 304) return { ...answer, body: new Uint8Array(), isCut: false };
  if (status < 200 || status > 299) return badStatus(status, url, headers);
  if (!options.accept.some((wanted) => matchesType(wanted, type))) {
    const wanted = options.accept.join(', ');
    return { kind: 'wrong-type', sentence: `${safeHref(url)} is ${type}, wanted is ${wanted}.`, url: safeHref(url) };
  }
  const isCutAtMost = options.isCutAtMost === true;
  if (!isCutAtMost && Number(headers.get('content-length')) > maxBytes) throw tooLarge(url.host, maxBytes);
  const encoding = headers.get('content-encoding') ?? '';
  return { ...answer, ...(await readBody(body, encoding, maxBytes, url.host, isCutAtMost)) };
}

function badStatus(status: number, url: URL, headers: Headers): FetchFailure {
  const href = safeHref(url);
  const retryAfterMs = waitOf(headers);
  const failure = {
    kind: 'http-status',
    status,
    sentence: `${href} answers ${status}: ${meaningOf(status)}.`,
    url: href,
  } as const;
  return retryAfterMs === null ? failure : { ...failure, retryAfterMs };
}

function meaningOf(status: number): string {
  if (status === 401 || status === 402 || status === 403)
    return 'the site does not let us read it; paste the text instead';
  if (status === 404 || status === 410) return 'there is no such page; check the address';
  if (status === 429) return 'the site asks to wait; try again later';
  if (status >= 500) return 'the site has a fault; try again later';
  return 'the page cannot be read';
}

/** `Retry-After` in milliseconds; a date is taken against the server's own clock, which is the one it was set by. */
function waitOf(headers: Headers): number | null {
  const wait = headers.get('retry-after');
  if (wait === null) return null;
  if (/^\d{1,9}$/u.test(wait)) return Number(wait) * 1000;
  const ms = Date.parse(wait) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function charsetOf(parameters: readonly string[]): string | null {
  for (const parameter of parameters) {
    const [name, value = ''] = parameter.split('=');
    if (name?.trim() === 'charset') return value.trim().replaceAll('"', '') || null;
  }
  return null;
}

function matchesType(wanted: string, type: string): boolean {
  const bare = wanted.split(';')[0]?.trim().toLowerCase() ?? '';
  if (bare === '*/*' || bare === type) return true;
  return bare.endsWith('/*') && type.startsWith(bare.slice(0, -1));
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
