import { z } from 'zod';
import type { ApiKeyRow } from '../../store/api-key.ts';
import { findApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '../../store/api-key.ts';
import { found } from '../../store/database.ts';
import { makeApiKey, prefixOf } from '../../secrets/token.ts';
import { Refusal } from '../../domain/errors.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { createApiKey } from '../first-run.ts';
import { mayGiveScopes } from '../may-give.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import { byId, pageQuery } from '../schemas/common.ts';
import type { ApiKeyView } from '../schemas/session.ts';
import { apiKeyPage, createdApiKey, newApiKey, rotateBody } from '../schemas/session.ts';

export function apiKeyRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/api-keys',
    {
      config: { redactReplay: (body) => JSON.stringify({ ...JSON.parse(body), secret: null }) },
      schema: {
        operationId: 'createApiKey',
        summary: 'Make an API key; its secret is shown this once',
        tags: ['api-keys'],
        body: newApiKey,
        response: { 201: createdApiKey },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { name, scopes, isTest } = request.body;
      mayGiveScopes(caller, scopes);
      const expiresAt = request.body.expiresAt === undefined ? ownEnd(caller) : new Date(request.body.expiresAt);
      if (expiresAt !== null && isAfter(expiresAt, ownEnd(caller))) {
        throw new ApiProblem('not-allowed', 'A key that a key makes cannot outlive it: give an earlier expiresAt.');
      }
      if (expiresAt !== null && expiresAt <= context.io.now()) {
        throw new Refusal('invalid', 'The key would have expired already: give a later expiresAt.', [
          { pointer: '/expiresAt', code: 'in-the-past', message: 'is in the past' },
        ]);
      }
      const { memberId, person } = caller;
      const { row, secret } = await createApiKey(
        context,
        { name, scopes, isTest: isTest || caller.isTest, expiresAt, memberId, person },
        caller.id,
      );
      return reply.code(201).send({ ...viewOf(row), secret });
    },
  );

  app.get(
    '/v1/api-keys',
    {
      schema: {
        operationId: 'listApiKeys',
        summary: 'API keys, newest first, without their secrets',
        tags: ['api-keys'],
        querystring: pageQuery,
        response: { 200: apiKeyPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => listApiKeys(context.database, page),
        (row) => [row.id],
        viewOf,
      ),
  );

  app.post(
    '/v1/api-keys/:id/rotate',
    {
      config: { redactReplay: (body) => JSON.stringify({ ...JSON.parse(body), secret: null }) },
      schema: {
        operationId: 'rotateApiKey',
        summary: 'Give an API key another secret; the old one is taken for a while more',
        tags: ['api-keys'],
        params: byId,
        body: rotateBody,
        response: { 200: createdApiKey },
      },
    },
    async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const key = found(await findApiKey(context.database, id), 'usable API key', id);
      mayGiveScopes(caller, key.scopes);
      if (isAfter(key.expiresAt ?? FOREVER, ownEnd(caller))) {
        throw new ApiProblem('not-allowed', 'A key cannot rotate one that outlives it.');
      }
      const made = makeApiKey(key.isTest ? 'test' : 'live');
      const kept = { hash: made.hash, prefix: prefixOf(made) };
      const overlapMs = (request.body?.overlapMinutes ?? 0) * 60_000;
      const row = await context.database.transaction((sql) => rotateApiKey(sql, id, kept, overlapMs, caller.id));
      return { ...viewOf(found(row, 'usable API key', id)), secret: made.text };
    },
  );

  app.delete(
    '/v1/api-keys/:id',
    {
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key for good',
        tags: ['api-keys'],
        params: byId,
        response: { 204: z.undefined().describe('Revoked.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const key = await findApiKey(context.database, id);
      // Anybody may end their own.
      if (key !== null && id !== caller.id) mayGiveScopes(caller, key.scopes);
      const wasLive = await context.database.transaction((sql) => revokeApiKey(sql, id, caller.id));
      if (!wasLive) throw new Refusal('not-found', `There is no usable API key ${id}.`);
      return reply.code(204).send();
    },
  );
}

const FOREVER = new Date(8.64e15);

/** When a key that asks ends; null: never, or a member asks, who may make keys that outlive the session. */
function ownEnd(caller: Caller): Date | null {
  return caller.kind === 'api-key' ? caller.expiresAt : null;
}

function isAfter(time: Date, end: Date | null): boolean {
  return end !== null && time > end;
}

function viewOf(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    isTest: row.isTest,
    memberId: row.memberId,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
