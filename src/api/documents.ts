import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { accessOf } from './access-table.ts';
import { pruneSchemas } from './openapi-schemas.ts';
import { EXAMPLES } from './schemas/examples.ts';
import { problem } from './schemas/problem.ts';

const PRODUCT = 'Turns a news article into the right post for every network, and gets it out on time, once.';
const RULES =
  'Errors are `application/problem+json` (RFC 9457). Every POST takes an `Idempotency-Key`. Times are RFC 3339 in UTC.';

/** What the operations are about, in the order of the reference. */
const tags = {
  articles: 'Articles that are handed in or were read, and what each step made of them.',
  sources: 'Where articles come from, by which rules, and why an item did not become a story.',
  stories: 'One for all articles that tell the same; its embargo, its comments, its links for readers.',
  posts: 'What goes out: one text for one account, from draft to published.',
  corrections: 'Stories that changed after their posts went out, and what to do about each.',
  holds: 'What must not go out for now.',
  media: 'Images for posts.',
  'house-rules': 'What the newsroom has decided for all its accounts.',
  accounts: 'Where posts go: networks, accounts on them, and their slots.',
  webhooks: 'Who else is told, and how each delivery went.',
  events: 'What happens, as it happens.',
  timeline: 'What the sandbox, a network that reaches nobody, has taken.',
  operations: 'The processes that do the work, what they stand on, and how long things are kept.',
  audit: 'Who did what, from where; nothing in it can be changed unnoticed.',
  team: 'Members, their roles, and the rules the team has given itself.',
  'api-keys': 'Keys for programs, each with its scopes.',
  session: 'Who is asking, where they are signed in, and with what.',
};

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
        description: [PRODUCT, RULES, EXAMPLES].join('\n\n'),
      },
      servers: [{ url: '/' }],
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
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
      const headers = headersOf(method, document.route.config?.ifMatch);
      return {
        ...result,
        schema: { ...result.schema, ...(described === '' ? {} : { description: described }), headers },
      };
    },
    transformObject: (document) => pruneSchemas(finished(jsonSchemaTransformObject(document) as Document)) as never,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** What a request may say besides its address and its body. */
function headersOf(method: string, ifMatch: 'required' | 'optional' | undefined): object {
  const properties = {
    ...(method === 'POST' ? { 'Idempotency-Key': idempotencyKey } : {}),
    ...(ifMatch === undefined ? {} : { 'If-Match': ifMatchOf(method, ifMatch) }),
  };
  return { type: 'object', properties, required: ifMatch === 'required' ? ['If-Match'] : [] };
}

const idempotencyKey = {
  type: 'string',
  maxLength: 255,
  description: 'The same key and body within 24 h get the first answer again; nothing is done twice.',
};

function ifMatchOf(method: string, need: 'required' | 'optional'): object {
  const done = method === 'DELETE' ? 'removed' : 'changed';
  const more = need === 'required' ? '' : ` Left out, whatever is there now is ${done}.`;
  const description = `The \`ETag\` of the version that was ${method === 'DELETE' ? 'seen' : 'changed'}; 412 where it is another by now.${more}`;
  return { type: 'string', examples: ['"3"'], description };
}

interface Schema {
  $ref?: string;
  type?: string;
  anyOf?: readonly Schema[];
}

interface Operation {
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses?: Record<string, { description?: string; $ref?: string }>;
}

interface Document {
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; responses?: object };
}

/** Says of every operation what all have in common, and of each body whether it may be left out. */
function finished(document: Document): Document {
  const refused = { $ref: '#/components/responses/Problem' };
  for (const operation of Object.values(document.paths ?? {}).flatMap((path) => Object.values(path))) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? 'OK';
    }
    operation.responses = { ...operation.responses, '4XX': refused, '5XX': refused };
    const { requestBody } = operation;
    if (requestBody === undefined) continue;
    const bodies = Object.values(requestBody.content).map(({ schema }) => resolved(schema, document));
    requestBody.required = !bodies.every(({ anyOf }) => anyOf?.some(({ type }) => type === 'null'));
  }
  return { ...document, components: { ...document.components, responses: { Problem: problemAnswer } } };
}

const problemAnswer = {
  description: 'What is wrong, in one sentence, and every fault of the request.',
  content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${problem.meta()?.id ?? ''}` } } },
};

function resolved(schema: Schema, { components }: Document): Schema {
  return schema.$ref === undefined ? schema : (components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}
