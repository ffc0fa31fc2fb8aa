import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NOBODY, recordRefusedEntry } from '../pipeline/refused-entries.ts';
import { apiKeyBehind, getUsableApiKey, openUsableApiKeys, touchApiKey } from '../store/api-key.ts';
import type { Database } from '../store/database.ts';
import type { Origin } from '../store/origin.ts';
import { withOrigin } from '../store/origin.ts';
import { getSession, touchSession } from '../store/session.ts';
import { clientAddress, clientBucket } from './client-address.ts';
import type { Access } from './access-table.ts';
import { accessOf, isOpenToTestKeys } from './access-table.ts';
import type { Caller } from './caller.ts';
import { keyCaller, memberCaller } from './caller.ts';
import { cookieName } from './cookie.ts';
import type { ApiContext } from './parts.ts';
import { ApiProblem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import { checkSameOrigin } from './same-origin.ts';
import { hashToken, parseApiKey, prefixOf } from '../secrets/token.ts';

/** Puts every route under the access table: who is asking, may they, and does the request come from our own page. */
export function authenticate(app: FastifyInstance, context: ApiContext, rateLimits: RateLimits): void {
  app.decorateRequest('caller', null);
  app.addHook('onRoute', (route) => {
    const method = Array.isArray(route.method) ? (route.method[0] ?? 'GET') : route.method;
    route.config = { ...route.config, access: accessOf(method, route.url) };
  });
  const usableKey = openUsableApiKeys(context.database);
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // A path that is no route of ours: the answer is 404 whoever asks.
    if (access === undefined) return;
    const caller = await identify(request, context, usableKey).catch(async (error: unknown) => {
      if (error instanceof ApiProblem) await countWrongKey(request);
      throw error;
    });
    request.caller = caller;
    permit(caller, access);
    if (access !== 'public') refuseTestKey(caller, request);
    // The public routes that change something, sign-in and choosing an account, look at their origin themselves.
    if (caller?.kind === 'member' && access !== 'public') checkSameOrigin(request, context.settings.http.publicUrl);
  });
  /** Wrong keys are counted by address; right ones from the same address still pass. */
  async function countWrongKey(request: FastifyRequest): Promise<void> {
    await rateLimits.use('sign-in', clientBucket(request), request);
    const key = parseApiKey(bearerOf(request.headers.authorization ?? '') ?? '');
    const known = key && (await apiKeyBehind(context.database, key.hash));
    await withOrigin(originOf(request), () =>
      recordRefusedEntry(context.database, 'api-key', known ?? NOBODY, key === null ? undefined : prefixOf(key)),
    );
  }

  // After the body has been read: what is read from a stream runs outside of the request.
  app.addHook('preHandler', (request, _reply, done) => {
    withOrigin(originOf(request), done);
  });
}

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new ApiProblem('unauthenticated', 'Send an API key or sign in.');
  return request.caller;
}

/** Who a stored hash belongs to now; null once the session ended or the key was revoked. */
export async function callerBehind(database: Database, caller: Caller): Promise<Caller | null> {
  if (caller.kind === 'member') {
    const session = await getSession(database, caller.secretHash);
    return session && memberCaller(session, caller.secretHash);
  }
  const key = await getUsableApiKey(database, caller.secretHash);
  return key && keyCaller(key, caller.secretHash);
}

type UsableKey = ReturnType<typeof openUsableApiKeys>;

async function identify(request: FastifyRequest, context: ApiContext, usableKey: UsableKey): Promise<Caller | null> {
  const { database, io } = context;
  const authorization = request.headers.authorization;
  // A key that is given must be right, even where none is needed: silence would hide a typo.
  if (authorization !== undefined) return keyFrom(authorization, context, usableKey);
  const token = request.cookies[cookieName(context.settings)];
  if (token === undefined) return null;
  const hash = hashToken(token);
  const session = await getSession(database, hash);
  if (session === null) return null;
  if (isOld(session.seenAt, io.now())) await touchSession(database, hash);
  return memberCaller(session, hash);
}

async function keyFrom(authorization: string, { database, io }: ApiContext, usableKey: UsableKey): Promise<Caller> {
  const secret = bearerOf(authorization);
  if (secret === undefined) throw refused('The Authorization header is not of the form: Bearer sf_live_….');
  const parsed = parseApiKey(secret);
  if (parsed === null) throw refused('This is not one of our API keys: they begin with sf_live_ or sf_test_.');
  const key = await usableKey(parsed.hash);
  if (key === null) throw refused('This API key is not known, was revoked, or has expired.');
  if (isOld(key.lastUsedAt, io.now())) await touchApiKey(database, key.id);
  return keyCaller(key, parsed.hash);
}

function bearerOf(authorization: string): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}

function originOf(request: FastifyRequest): Origin {
  return { ip: clientAddress(request), requestId: request.id };
}

/** Last use is kept to the minute, so that most requests write nothing. */
function isOld(last: Date | null, now: Date): boolean {
  return last === null || now.getTime() - last.getTime() > 60_000;
}

/** @throws ApiProblem where this caller may not: `unauthenticated`, or `not-allowed` naming what is lacking. */
export function permit(caller: Caller | null, access: Access): void {
  if (access === 'public') return;
  if (caller === null) throw refused('Send an API key as Authorization: Bearer sf_live_…, or sign in.');
  if (access === 'anybody-known' || caller.scopes.includes(access)) return;
  throw new ApiProblem(
    'not-allowed',
    caller.kind === 'api-key'
      ? `The API key “${caller.name}” lacks the scope ${access}.`
      : `Your role ${caller.role ?? ''} does not include ${access}.`,
  );
}

function refuseTestKey(caller: Caller | null, request: FastifyRequest): void {
  const { method, url = '' } = request.routeOptions;
  if (caller?.isTest !== true || isOpenToTestKeys([method].flat()[0] ?? '', url)) return;
  throw new ApiProblem('not-allowed', 'A test key reaches the sandbox only, and this reaches further. Use a live key.');
}

function refused(detail: string): ApiProblem {
  return new ApiProblem('unauthenticated', detail, [], { 'www-authenticate': 'Bearer realm="standfirst"' });
}
