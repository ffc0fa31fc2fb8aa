import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, RefusalReason } from '../domain/errors.ts';
import { Refusal } from '../domain/errors.ts';
import type { Logger } from '../logger.ts';
import { isDatabaseAway, isDiskFull, isGivenUp, isReadOnly } from '../store/database.ts';
import type { Problem } from './schemas/problem.ts';

/** Every kind of problem: its status, its title, and what the page at `/problems/<name>` tells the reader to do. */
export const problems = {
  invalid: {
    status: 400,
    title: 'The request is not right',
    advice: 'Each entry of `errors` says where and what. Change the request; sending it again unchanged will not help.',
  },
  unauthenticated: {
    status: 401,
    title: 'Who is asking?',
    advice: 'Send an API key as `Authorization: Bearer sf_live_…`, or sign in with a link.',
  },
  'not-allowed': {
    status: 403,
    title: 'Not allowed',
    advice: 'The API key lacks the scope named, or the member’s role is too low. An admin can give more.',
  },
  'cross-site': {
    status: 403,
    title: 'Not from our own page',
    advice:
      'A request with a session cookie must come from the dashboard itself and be JSON or carry `X-Standfirst: 1`. Programs should use an API key.',
  },
  'not-found': { status: 404, title: 'Not found', advice: 'Check the id and the path.' },
  conflict: {
    status: 409,
    title: 'Not possible in this state',
    advice: 'Read the resource again: its state has changed, or does not allow this action.',
  },
  'still-running': {
    status: 409,
    title: 'The first request with this key has not ended',
    advice:
      'Wait and send the same request again. If the server stopped in the middle, look whether the work was done before you use a new key.',
  },
  'stale-version': {
    status: 412,
    title: 'Changed in the meantime',
    advice: 'Read the resource again, look at what changed, and send your change with the new `ETag` as `If-Match`.',
  },
  'too-large': { status: 413, title: 'Too large', advice: 'Send less: the detail names the limit.' },
  'unsupported-media-type': {
    status: 415,
    title: 'Not a type we read',
    advice: 'Send JSON with `Content-Type: application/json`.',
  },
  'key-reused': {
    status: 422,
    title: 'This Idempotency-Key belongs to another request',
    advice: 'Use a new key for a new request. A key is kept for 24 hours.',
  },
  'signed-out': {
    status: 422,
    title: 'The network does not accept the account’s credentials',
    advice: 'Reconnect the account with fresh credentials.',
  },
  'precondition-required': {
    status: 428,
    title: 'If-Match is needed',
    advice: 'Send the `ETag` you read as `If-Match`, so that nobody’s change is overwritten.',
  },
  'too-many': { status: 429, title: 'Too many requests', advice: 'Wait as long as `Retry-After` says.' },
  internal: {
    status: 500,
    title: 'standfirst failed',
    advice: 'Send the request id to the operator; the log has the rest.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    advice: 'Try again in a while. `/readyz` says what is missing.',
  },
} as const satisfies Record<RefusalReason, ProblemKind> & Record<string, ProblemKind>;

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
}

export type ProblemName = keyof typeof problems;

/** A problem that only HTTP knows. What the domain refuses is a `Refusal`. */
export class ApiProblem extends Error {
  readonly problem: ProblemName;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    problem: ProblemName,
    detail: string,
    faults: readonly Fault[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.problem = problem;
    this.faults = faults;
    this.headers = headers;
  }
}

/** Answers any error as RFC 9457. What is not expected is logged with its stack and told as 500 without it. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log?: Logger): FastifyReply {
  const known = asProblem(error);
  const body = problemOf(error, request, log);
  if (known.problem === 'unavailable') void reply.header('retry-after', '5');
  return reply
    .code(body.status)
    .headers(known.headers)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** What is told of an error, alone or for one item of a bulk call; what is not expected is logged. */
export function problemOf(error: unknown, request: FastifyRequest, log?: Logger): Problem {
  const known = asProblem(error);
  if (known.problem === 'internal') log?.error({ err: error, requestId: request.id }, 'request failed');
  else if (known.problem === 'unavailable') log?.warn({ err: error, requestId: request.id }, known.message);
  const { title, status } = problems[known.problem];
  return {
    type: `/problems/${known.problem}`,
    title,
    status,
    detail: known.message,
    instance: request.url.split('?')[0] ?? '/',
    requestId: request.id,
    ...(known.faults.length === 0 ? {} : { errors: [...known.faults] }),
  };
}

function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof Refusal) return new ApiProblem(error.reason, error.message, error.faults);
  if (isGivenUp(error)) {
    return new ApiProblem(
      'unavailable',
      'The database took longer over a statement than it may, and gave it up: try again when it has less to do, or ask for less at once.',
    );
  }
  if (isDatabaseAway(error)) {
    return new ApiProblem('unavailable', 'The database cannot be reached. Nothing is lost; try again in a while.');
  }
  if (isDiskFull(error)) {
    return new ApiProblem(
      'unavailable',
      'The database’s disk is full: nothing can be written. Make room, then try again.',
    );
  }
  if (isReadOnly(error)) {
    return new ApiProblem(
      'unavailable',
      'The database takes no writes at the moment. Nothing is lost; try again in a while.',
    );
  }
  return fromFastify(error) ?? new ApiProblem('internal', 'standfirst failed. The log has more under the request id.');
}

function fromFastify(error: unknown): ApiProblem | null {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413) {
    const most = 'an upload has at most 20 MB, everything else 6 MB';
    return new ApiProblem(
      'too-large',
      `The body is too large: ${most}. Of an article, send the text alone or its URL.`,
    );
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || statusCode === 415) {
    return new ApiProblem(
      'unsupported-media-type',
      'The body is not JSON: send it with Content-Type: application/json.',
    );
  }
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') {
    return new ApiProblem('invalid', 'The body is not as long as its Content-Length says.');
  }
  // 403 and 404 are what the server of the page's files says of a path outside of its folder.
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH' || statusCode === 403 || statusCode === 404) {
    return new ApiProblem('not-found', 'The path is not one of ours.');
  }
  return null;
}
