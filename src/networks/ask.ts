import type { Failure } from '../domain/errors.ts';
import { wasNeverSent } from '../http/failure.ts';
import type { NetworkIo } from './network.ts';
import { failure, failureOfError } from './outcome.ts';

/** An answer that arrived whole, whatever its status. */
export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is not JSON. */
  readonly json: unknown;
}

/** Below the 30 s that the job's lock allows (faults.md 2.4), so that a hang ends as our own `unknown`. */
const DEFAULT_TIMEOUT_MS = 25_000;

/**
 * One request through the guarded client: no retry, no redirect, ended by `io.signal` or after `io.timeoutMs` (25 s).
 * Answers the reply, or the failure where none arrived whole. Never throws.
 */
export async function ask(io: NetworkIo, url: string | URL, init: RequestInit = {}): Promise<Reply | Failure> {
  if (io.signal.aborted) return stoppedBefore();
  const timeoutMs = io.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await io.fetch(url, { ...init, redirect: 'manual', signal });
    const text = await bodyOf(response);
    return { kind: 'reply', status: response.status, headers: response.headers, text, json: jsonOf(text) };
  } catch (error) {
    const isUnsent = wasNeverSent(error);
    if (io.signal.aborted) {
      return isUnsent ? stoppedBefore() : failure('unknown', 'timeout_unknown', 'Stopped before the answer came.');
    }
    if (signal.aborted && !isUnsent) return failure('unknown', 'timeout_unknown', `No answer within ${timeoutMs} ms.`);
    return failureOfError(error);
  }
}

function stoppedBefore(): Failure {
  return failure('down', 'internal', 'Stopped before the request left.');
}

/** `ask` with a JSON body. */
export function askJson(
  io: NetworkIo,
  url: string | URL,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  method = 'POST',
): Promise<Reply | Failure> {
  const all = { accept: 'application/json', 'content-type': 'application/json', ...headers };
  return ask(io, url, { method, headers: all, body: JSON.stringify(body) });
}

/** In a header and not in the address, which servers and proxies write into their logs. */
export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** A cut body still leaves a definite no where the status was 4xx; everywhere else the answer is lost. */
async function bodyOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    if (response.status >= 400 && response.status < 500 && response.status !== 408) return '';
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
