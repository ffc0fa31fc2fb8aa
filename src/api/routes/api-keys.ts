import { z } from 'zod';
import type { ApiKeyRow } from '../../store/api-key.ts';
import { listApiKeys, revokeApiKey } from '../../store/api-key.ts';
import { Refusal } from '../../domain/errors.ts';
import { callerOf } from '../authenticate.ts';
import { createApiKey } from '../first-run.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import { byId, pageQuery } from '../schemas/common.ts';
import type { ApiKeyView } from '../schemas/session.ts';
import { apiKeyPage, createdApiKey, newApiKey } from '../schemas/session.ts';

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
      const lacking = scopes.filter((scope) => !caller.scopes.includes(scope));
      if (lacking.length > 0) {
        throw new ApiProblem('not-allowed', `You cannot give scopes you do not have: ${lacking.join(', ')}.`);
      }
      const expiresAt = request.body.expiresAt === undefined ? null : new Date(request.body.expiresAt);
      if (expiresAt !== null && expiresAt <= context.io.now()) {
        throw new Refusal('invalid', 'The key would have expired already: give a later expiresAt.', [
          { pointer: '/expiresAt', code: 'in-the-past', message: 'is in the past' },
        ]);
      }
      const memberId = caller.kind === 'member' ? caller.id : null;
      const { row, secret } = await createApiKey(
        context,
        { name, scopes, isTest: isTest || caller.isTest, expiresAt, memberId },
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
      const wasLive = await context.database.transaction((sql) => revokeApiKey(sql, id, callerOf(request).id));
      if (!wasLive) throw new Refusal('not-found', `There is no usable API key ${id}.`);
      return reply.code(204).send();
    },
  );
}

function viewOf(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    isTest: row.isTest,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
