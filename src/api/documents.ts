import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { accessOf } from './access-table.ts';
import { pruneSchemas } from './openapi-schemas.ts';
import { problem } from './schemas/problem.ts';

type Transform = NonNullable<Parameters<typeof jsonSchemaTransform>[0]>;

/** The OpenAPI 3.1 document, written from the schemas. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'standfirst',
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description:
          'Turns a news article into the right post for every network, and gets it out on time, once.\n\nErrors are `application/problem+json` (RFC 9457). Every POST takes an `Idempotency-Key`. Times are RFC 3339 in UTC.',
      },
      servers: [{ url: '/' }],
      tags: [
        'articles',
        'sources',
        'stories',
        'posts',
        'media',
        'house-rules',
        'accounts',
        'webhooks',
        'events',
        'timeline',
        'api-keys',
        'session',
      ].map((name) => ({
        name,
      })),
      security: [{ apiKey: [] }, { session: [] }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `sf_live_…` or `sf_test_…`.' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-sf_session' },
        },
      },
    },
    transform: (document) => {
      const result = jsonSchemaTransform(document as Transform);
      const method = [document.route.method].flat()[0] ?? 'GET';
      if (!result.schema || 'hide' in result.schema) return result;
      const access = accessOf(method, document.route.url);
      const needs = access === 'public' || access === 'anybody-known' ? [] : [`Needs the scope \`${access}\`.`];
      const described = [result.schema.description, ...needs].filter((text) => text !== undefined).join(' ');
      return { ...result, schema: { ...result.schema, ...(described === '' ? {} : { description: described }) } };
    },
    transformObject: (document) =>
      pruneSchemas(withProblems(withKeys(jsonSchemaTransformObject(document) as Document))) as never,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

interface Operation {
  parameters?: unknown[];
  responses?: Record<string, unknown>;
}

interface Document {
  paths?: Record<string, Record<string, Operation>>;
}

function withProblems(document: Document): Document {
  const answer = {
    description: 'A problem.',
    content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${problem.meta()?.id ?? ''}` } } },
  };
  forEachOperation(document, (operation) => {
    operation.responses = { ...operation.responses, default: answer };
  });
  return document;
}

function withKeys(document: Document): Document {
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    schema: { type: 'string', maxLength: 255 },
    description: 'The same key and body within 24 h get the first answer again; nothing is done twice.',
  };
  const ifMatch = {
    name: 'If-Match',
    in: 'header',
    required: true,
    schema: { type: 'string', examples: ['"3"'] },
    description: 'The `ETag` of the version that was changed.',
  };
  forEachOperation(document, (operation, method) => {
    if (method === 'post') operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
    if (method === 'patch' || method === 'put') operation.parameters = [...(operation.parameters ?? []), ifMatch];
  });
  return document;
}

function forEachOperation(document: Document, work: (operation: Operation, method: string) => void): void {
  for (const path of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(path)) work(operation, method);
  }
}
