import { texts } from '../texts.ts';
import { noteClock } from './server-clock.ts';
import type { Problem } from './types.ts';

/** What the API refused, with its own words. `status` 0: no answer came. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ApiError';
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}

export interface Ask {
  readonly body?: unknown;
  /** The version that was changed; sent as `If-Match`. */
  readonly version?: number;
  readonly signal?: AbortSignal;
}

/** Says `ended` once the API knows nobody here any more, and `again` once somebody has signed in anew. */
export const sessionEvents = new EventTarget();

/** Says `answered` whenever the server answers, whatever it says: the line is there. */
export const lineEvents = new EventTarget();

/**
 * Asks the API and gives back its JSON, or undefined where it answered without a body.
 * @throws ApiError with the API's problem, or one of ours (`status` 0) where no answer came.
 */
export async function ask<Answer>(method: string, path: string, given: Ask = {}): Promise<Answer> {
  const body = given.body === undefined ? null : JSON.stringify(given.body);
  const headers: Record<string, string> = { accept: 'application/json', 'x-standfirst': '1' };
  if (given.body !== undefined) headers['content-type'] = 'application/json';
  if (given.version !== undefined) headers['if-match'] = `"${given.version}"`;
  if (method === 'POST') headers['idempotency-key'] = randomKey();
  // Small requests go on after the page is left, so that a decision made in its last second is not lost.
  const request: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    keepalive: method !== 'GET' && (body?.length ?? 0) < 20_000,
  };
  if (body !== null) request.body = body;
  if (given.signal !== undefined) request.signal = given.signal;
  const askedAt = Date.now();
  let reply: Response;
  try {
    reply = await fetch(path, request);
  } catch (error) {
    if (given.signal?.aborted === true) throw error;
    throw new ApiError(noAnswer(path), { cause: error });
  }
  noteClock(reply, askedAt);
  lineEvents.dispatchEvent(new Event('answered'));
  if (reply.ok) return reply.status === 204 ? (undefined as Answer) : ((await reply.json()) as Answer);
  throw new ApiError(await problemOf(reply, path));
}

export function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return ask('GET', path, signal === undefined ? {} : { signal });
}

export function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return ask('POST', path, { body });
}

/** Sends a file as it is, and gives back the API's JSON. @throws ApiError as `ask`. */
export async function upload<Answer>(path: string, file: File): Promise<Answer> {
  const headers = { 'x-standfirst': '1', 'content-type': file.type, 'idempotency-key': randomKey() };
  let reply: Response;
  try {
    reply = await fetch(path, { method: 'POST', headers, body: file, credentials: 'same-origin' });
  } catch (error) {
    throw new ApiError(noAnswer(path), { cause: error });
  }
  if (reply.ok) return (await reply.json()) as Answer;
  throw new ApiError(await problemOf(reply, path));
}

/** The words to show for anything that went wrong. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return {
    type: 'about:blank',
    title: texts.problems.fault,
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    instance: location.pathname,
    requestId: '',
  };
}

async function problemOf(reply: Response, path: string): Promise<Problem> {
  if (reply.status === 401) sessionEvents.dispatchEvent(new Event('ended'));
  const fallback = {
    type: 'about:blank',
    title: texts.problems.status(reply.status),
    status: reply.status,
    detail: texts.problems.answered(reply.status),
    instance: path,
    requestId: reply.headers.get('x-request-id') ?? '',
  };
  try {
    return { ...fallback, ...((await reply.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

function noAnswer(path: string): Problem {
  return {
    type: 'about:blank',
    title: texts.problems.noAnswer,
    status: 0,
    detail: texts.problems.unreachable,
    instance: path,
    requestId: '',
  };
}

/** `crypto.randomUUID` is missing on pages without TLS; this is not. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
