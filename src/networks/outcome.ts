import type { Cause, Failure, FailureKind } from '../domain/errors.ts';
import { StandstillError, guardErrorIn, wasNeverSent } from '../http/failure.ts';

/** Longest foreign text kept, in UTF-16 units: an answer may be a whole HTML page. */
const DETAIL_LENGTH = 1024;
/** Wait where a network says 429 and nothing else. */
const DEFAULT_WAIT_MS = 60_000;
/** No header may park an account for longer than this: a wrong clock on the other side sends years. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Errors that can only come before the first byte has left, for a client that does not mark them itself. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Builds a failure; `detail` is cut to 1 KiB. */
export function failure(kind: FailureKind, cause: Cause, detail: string, more: Partial<Failure> = {}): Failure {
  return { kind, cause, detail: cut(detail), ...more };
}

/**
 * What a status and its headers mean where the network's own file knows nothing better. 4xx is a definite no; 408 and
 * every 5xx may come after the post was accepted and are `unknown`; a redirect is never followed, so nothing was posted.
 */
export function failureOfStatus(
  reply: { readonly status: number; readonly headers: Headers; readonly text: string },
  now: Date,
  waitMs = DEFAULT_WAIT_MS,
): Failure {
  const { status } = reply;
  const said = `HTTP ${status}${reply.text === '' ? '' : `: ${readable(reply.text)}`}`;
  const code = String(status);
  if (status === 429) {
    return failure('limited', 'rate_limited', said, { code, retryAfterMs: retryAfterOf(reply.headers, now, waitMs) });
  }
  if (status === 408 || status >= 500) {
    // Other headers of a server in trouble count its limits, not its trouble.
    const asks = reply.headers.has('retry-after') ? { retryAfterMs: retryAfterOf(reply.headers, now, waitMs) } : {};
    return failure('unknown', 'timeout_unknown', said, { code, ...asks });
  }
  if (status === 401) return failure('signed-out', 'auth_expired', said, { code });
  if (status === 402) return failure('refused', 'out_of_credit', said, { code });
  if (status === 403) return failure('refused', 'permission', said, { code });
  if (status === 413) return failure('refused', 'too_long', said, { code });
  if (status === 426) return failure('refused', 'version_sunset', said, { code });
  if (status >= 400) return failure('refused', 'content_rejected', said, { code });
  if (status >= 300) {
    const target = reply.headers.get('location') ?? 'another address';
    return failure('refused', 'config', `HTTP ${status}: the server points to ${target}; set that as its address`, {
      code,
    });
  }
  return failure('unknown', 'timeout_unknown', `The answer could not be read. ${said}`, { code });
}

/** What a rejected `fetch` means: `refused` where our own guard said no, `down` where provably nothing left, else `unknown`. */
export function failureOfError(error: unknown): Failure {
  const chain = [...causesOf(error)];
  const detail = [...new Set(chain.map(messageOf))].filter((words) => words !== '').join(': ');
  const guard = guardErrorIn(error)?.kind;
  if (guard === 'bad-url' || guard === 'blocked-address') return failure('refused', 'blocked_host', detail);
  if (guard === 'redirect-loop') return failure('refused', 'config', detail);
  if (chain.some((one) => one instanceof StandstillError) && wasNeverSent(error)) {
    return failure('down', 'internal', detail);
  }
  const code = chain.map(codeOf).findLast((one) => one !== null) ?? null;
  const more = code === null ? {} : { code };
  return wasNeverSent(error) || (code !== null && beforeSending.has(code))
    ? failure('down', 'provider_down', detail, more)
    : failure('unknown', 'timeout_unknown', detail, more);
}

/** The same failure in the network's own words, cut to 1 KiB, with its machine code where it gave one. */
export function reworded(fault: Failure, detail: string, more: Partial<Failure> = {}): Failure {
  return { ...fault, detail: cut(detail), ...more };
}

/** The failure of a step before the request that posts: nothing can be live yet, so a lost answer is a plain failure. */
export function beforePosting(fault: Failure): Failure {
  return fault.kind === 'unknown' ? { ...fault, kind: 'down', cause: 'provider_down' } : fault;
}

/**
 * How long the network asks to wait, in milliseconds, from any of the header forms in use: `Retry-After` in seconds or as
 * an HTTP date, `x-rate-limit-reset` and `ratelimit-reset` as epoch seconds, ISO instant or seconds to go,
 * `x-ratelimit-reset-after` in seconds. An instant is one of the network's clock, and counts from what that clock showed
 * with the answer (https://www.rfc-editor.org/rfc/rfc9110#field.date): ours may be wrong, or be set meanwhile. At least a
 * second, at most a day.
 * @param now for an answer that does not say its time.
 */
export function retryAfterOf(headers: Headers, now: Date, waitMs = DEFAULT_WAIT_MS): number {
  const answeredAt = Date.parse(headers.get('date') ?? '') || now.getTime();
  const names = [
    'retry-after',
    'x-ratelimit-reset-after',
    'x-rate-limit-reset',
    'x-ratelimit-reset',
    'ratelimit-reset',
  ];
  for (const name of names) {
    const value = headers.get(name);
    const askedMs = value === null ? null : waitIn(value.trim(), answeredAt);
    if (askedMs !== null) return boundedWait(askedMs);
  }
  return boundedWait(waitMs);
}

/** A wait in whole milliseconds, of at least a second and at most a day. */
export function boundedWait(waitMs: number): number {
  return Math.min(Math.max(Math.ceil(waitMs), 1_000), LONGEST_WAIT_MS);
}

function waitIn(value: string, answeredAt: number): number | null {
  if (/^\d+(\.\d+)?$/.test(value)) {
    const number = Number(value);
    if (number > 1e12) return number - answeredAt;
    return number > 1e9 ? number * 1_000 - answeredAt : number * 1_000;
  }
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? null : parsed - answeredAt;
}

function* causesOf(error: unknown): Generator<unknown> {
  let one = error;
  for (let depth = 0; depth < 8 && one !== undefined && one !== null; depth += 1) {
    yield one;
    one = (one as { cause?: unknown }).cause;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && code !== '' ? code : null;
}

function readable(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function cut(text: string): string {
  return text.length <= DETAIL_LENGTH ? text : `${text.slice(0, DETAIL_LENGTH - 1).toWellFormed()}…`;
}
