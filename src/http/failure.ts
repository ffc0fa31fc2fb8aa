/**
 * Why a request did not bring what was asked for, as a value. The sentence says what happened, where, and what helps.
 *
 * - `bad-url`: not an address we may ask for at all (scheme, credentials, port).
 * - `blocked-address`: it leads, or was redirected, to an address that is not public.
 * - `redirect-loop`: more than five redirects, or one that goes from https to http or nowhere.
 * - `too-large`: more bytes than allowed, counted after decompression.
 * - `timeout`: connecting, the headers or the body took too long.
 * - `dns`, `refused`, `tls`: the server was not reached; nothing was sent.
 * - `broken`: the connection ended in the middle, or the answer is not HTTP or not validly compressed.
 * - `http-status`: the server answered with an error.
 * - `wrong-type`: the answer is of another content type than was asked for.
 * - `aborted`: the caller gave up.
 */
export const failureKinds = [
  'bad-url',
  'blocked-address',
  'redirect-loop',
  'too-large',
  'timeout',
  'dns',
  'refused',
  'tls',
  'broken',
  'http-status',
  'wrong-type',
  'aborted',
] as const;

export type FetchFailureKind = (typeof failureKinds)[number];

export interface FetchFailure {
  readonly kind: FetchFailureKind;
  readonly sentence: string;
  /** The address that failed: after redirects, the last one tried. Without credentials. */
  readonly url: string;
  /** For `http-status`. */
  readonly status?: number;
  /** Milliseconds the server asked to wait (`Retry-After`), for `http-status`. */
  readonly retryAfterMs?: number;
}

/** A request that the guard did not let out, or an answer that it cut off. `kind` tells which rule. */
export class GuardError extends Error {
  readonly code = 'ERR_GUARD';
  readonly kind: FetchFailureKind;

  constructor(kind: FetchFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GuardError';
    this.kind = kind;
  }
}

/** This process stood still while a request waited to leave: it was not begun, and nothing is known of the other side. */
export class StandstillError extends Error {
  constructor() {
    super('This process stood still before the request could leave.');
    this.name = 'StandstillError';
  }
}

/** Whoever asked allowed the request to begin no later than its connection stood: it was not begun. */
export class LateStartError extends Error {
  constructor() {
    super('The connection took longer than the request was allowed to wait for it.');
    this.name = 'LateStartError';
  }
}

const neverSent = new WeakSet<object>();

/** Notes that the error came up before a byte of the request was written. */
export function markUnsent(error: Error): Error {
  neverSent.add(error);
  return error;
}

/** Takes the note back: after a redirect something was sent, whatever became of the next hop. */
export function unmarkUnsent(error: unknown): void {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth++) {
    neverSent.delete(link);
  }
}

/**
 * Whether an error thrown by `fetch`, or by a client that uses `agent`, is proof that the request never left.
 * False means only that there is no proof. Looks at the error and at its causes, never at a message.
 */
export function wasNeverSent(error: unknown): boolean {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth++) {
    if (neverSent.has(link)) return true;
  }
  return false;
}

/** The guard's own error among an error's causes, or null. */
export function guardErrorIn(error: unknown): GuardError | null {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth++) {
    if (link instanceof GuardError) return link;
  }
  return null;
}
