import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keepAnswer, releaseKey, takeKey } from '../store/idempotency.ts';
import type { KeptAnswer } from '../store/idempotency.ts';
import type { Database } from '../store/database.ts';
import { isDatabaseAway } from '../store/database.ts';
import { callerOf } from './authenticate.ts';
import { ApiProblem } from './problem.ts';

/** Headers of an answer that a replay repeats; the others belong to the one request. */
const KEPT_HEADERS = ['content-type', 'location', 'etag', 'link'];

/**
 * `Idempotency-Key` on every POST (draft-ietf-httpapi-idempotency-key-header): the first request with a key runs, and its
 * answer is kept for 24 h; the same request again gets that answer; another body under the same key is refused.
 */
export function honourIdempotencyKeys(app: FastifyInstance, database: Database): void {
  const running = new WeakMap<FastifyRequest, { caller: string; key: string }>();

  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const caller = callerOf(request).id;
    const kept = await takeKey(database, caller, key, fingerprintOf(request));
    if (kept === null) {
      running.set(request, { caller, key });
      return;
    }
    const answer = answerFrom(kept, request);
    return reply.code(answer.status).headers(answer.headers).header('idempotency-replayed', 'true').send(answer.body);
  });

  // A commit whose answer was lost may have happened: the key stays taken, and the caller must look.
  app.addHook('onError', async (request, _reply, error) => {
    if (isDatabaseAway(error)) running.delete(request);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const taken = running.get(request);
    if (taken === undefined) return payload;
    running.delete(request);
    // Only what was surely refused before anything was done may be tried again under the same key.
    if (reply.statusCode === 503 || reply.statusCode === 429) await releaseKey(database, taken.caller, taken.key);
    else await keep(database, taken, request, reply.statusCode, reply.getHeaders(), payload);
    return payload;
  });
}

function keyOf(request: FastifyRequest): string | null {
  const given = request.headers['idempotency-key'];
  if (request.method !== 'POST' || given === undefined || request.caller === null) return null;
  const key = String(given).replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ApiProblem('invalid', 'The Idempotency-Key is not 1 to 255 printable characters without spaces.');
  }
  return key;
}

function fingerprintOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex');
}

function answerFrom(kept: KeptAnswer, request: FastifyRequest) {
  if (kept.fingerprint !== fingerprintOf(request)) {
    throw new ApiProblem(
      'key-reused',
      `The Idempotency-Key was used at ${kept.createdAt.toISOString()} for another request. Use a new key for a new request.`,
    );
  }
  if (kept.status === null) {
    throw new ApiProblem(
      'still-running',
      `The request with this Idempotency-Key began at ${kept.createdAt.toISOString()} and its answer is not known. If it is still running, send it again in a moment; if the server was restarted since, look whether it was carried out before you send it under a new key.`,
      [],
      { 'retry-after': '1' },
    );
  }
  return { status: kept.status, headers: kept.headers ?? {}, body: kept.body ?? '' };
}

async function keep(
  database: Database,
  taken: { caller: string; key: string },
  request: FastifyRequest,
  status: number,
  headers: Readonly<Record<string, unknown>>,
  payload: unknown,
): Promise<void> {
  const body = typeof payload === 'string' ? payload : '';
  await keepAnswer(database, taken.caller, taken.key, {
    status,
    headers: Object.fromEntries(
      KEPT_HEADERS.filter((name) => headers[name] !== undefined).map((name) => [name, String(headers[name])]),
    ),
    body: request.routeOptions.config.redactReplay?.(body) ?? body,
  });
}
