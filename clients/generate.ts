// Writes the TypeScript client's types and methods from docs/openapi.json: `npm run client`.
import { readFileSync } from 'node:fs';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
  readonly format?: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly description?: string;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The text of `clients/typescript/src/api.ts` for an OpenAPI document as ours is written. */
export function clientFor(document: Document): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  // A stream is read by `events()`, which is written by hand.
  const called = operations.filter(({ operation }) => answerOf(operation).kind !== 'stream');
  return [
    '// Written from docs/openapi.json by `npm run client`; changes here are lost.',
    "import { Transport } from './transport.ts';\nimport type { Common, Writes } from './transport.ts';",
    ...Object.entries(document.components.schemas).map(([name, schema]) => declarationOf(name, schema)),
    '/** Every operation of the API. A list answers one page; `each` walks them all. */\nexport class Api extends Transport {',
    ...called.map(methodOf),
    '}',
    '',
  ].join('\n\n');
}

function declarationOf(name: string, schema: Schema): string {
  return `${docOf(schema.description)}export type ${name} = ${typeOf(schema)};`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].map(grouped).join(' | ');
  if (Array.isArray(schema.type)) {
    return (schema.type as string[]).map((type) => typeOf({ ...schema, type })).join(' | ');
  }
  switch (schema.type) {
    case 'string':
      return schema.format === 'binary' ? 'Blob' : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `${grouped(typeOf(schema.items ?? {}))}[]`;
    case 'object':
      return objectOf(schema);
    default:
      return schema.properties === undefined ? 'unknown' : objectOf(schema);
  }
}

function grouped(type: string): string {
  return / \| /.test(type) && !type.startsWith('{') ? `(${type})` : type;
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `${docOf(schema.description)}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  if (typeof additionalProperties === 'object') members.push(`[name: string]: ${typeOf(additionalProperties)};`);
  else if (members.length === 0) return 'Record<string, unknown>';
  return `{\n${members.join('\n')}\n}`;
}

function key(name: string): string {
  return /^[a-zA-Z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function docOf(text: string | undefined): string {
  return text === undefined ? '' : `/** ${text.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n`;
}

type Answer = { readonly kind: 'json' | 'text' | 'bytes' | 'nothing' | 'stream'; readonly type: string };

function answerOf(operation: Operation): Answer {
  const [status, given] = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? ['204', {}];
  const [[type, content] = []] = [Object.entries(given.content ?? {})[0]];
  if (type === 'application/json') return { kind: 'json', type: typeOf(content?.schema ?? {}) };
  if (type === 'text/event-stream') return { kind: 'stream', type: 'never' };
  if (status === '204') return { kind: 'nothing', type: 'void' };
  const isBytes = content?.schema.format === 'binary';
  return isBytes ? { kind: 'bytes', type: 'Uint8Array' } : { kind: 'text', type: 'string' };
}

function methodOf({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { operationId, summary, description, parameters = [], requestBody } = operation;
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const [bodyType, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const inputs = [
    ...parameters.filter((parameter) => parameter.in === 'path').map((parameter) => `${parameter.name}: string;`),
    ...parameters.filter(({ name }) => name === 'If-Match').map((one) => `ifMatch${optional(one)}: number;`),
    ...(query.length === 0 ? [] : [`query${query.every(optional) ? '?' : ''}: ${objectOf(asObject(query))};`]),
    ...(body === undefined ? [] : [`body${requestBody?.required === true ? '' : '?'}: ${typeOf(body.schema)};`]),
  ];
  const base = method === 'GET' ? 'Common' : 'Writes';
  const input = inputs.length === 0 ? base : `{ ${inputs.join(' ')} } & ${base}`;
  const isNeeded = inputs.some((line) => !/^\w+\?:/.test(line));
  const answer = answerOf(operation);
  const sent = [method, path, answer.kind].map((value) => `'${value}'`).join(', ');
  const form = bodyType === 'multipart/form-data' ? `, 'form'` : '';
  return [
    docOf([summary.replace(/\.?$/, '.'), description].filter((text) => text !== undefined).join(' ')).trimEnd(),
    `${operationId}(input: ${input}${isNeeded ? '' : ' = {}'}): Promise<${answer.type}> {`,
    `  return this.send(${sent}, input${form}) as Promise<${answer.type}>;`,
    '}',
  ].join('\n');
}

function optional({ required }: Parameter): '?' | '' {
  return required === true ? '' : '?';
}

function asObject(parameters: readonly Parameter[]): Schema {
  return {
    properties: Object.fromEntries(
      parameters.map(({ name, schema, description }) => [
        name,
        { ...schema, ...(description === undefined ? {} : { description }) },
      ]),
    ),
    required: parameters.filter((parameter) => parameter.required === true).map((parameter) => parameter.name),
  };
}

if (process.argv[1] === import.meta.filename) {
  const source = new URL('../docs/openapi.json', import.meta.url);
  process.stdout.write(clientFor(JSON.parse(readFileSync(source, 'utf8')) as Document));
}
