import { readFileSync } from 'node:fs';

/** A schema of the document, as far as tests walk it. */
export interface Schema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
}

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

export interface Document {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** An operation and where it stands. */
export interface Placed {
  readonly path: string;
  /** In capitals. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly operation: Operation;
}

/** The committed document; another test holds it to the API as it is. */
export function readDocument(): Document {
  return JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as Document;
}

export function operationsOf({ paths }: Document): Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      return { path, method: method.toUpperCase() as Placed['method'], operation };
    }),
  );
}

/** What `schema` points to, or itself. */
export function resolved(schema: Schema, { components }: Document): Schema {
  return schema.$ref === undefined ? schema : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}

/** Every example that the document has for the JSON body of an operation. */
export function bodyExamples({ requestBody }: Operation, document: Document): unknown[] {
  const media = requestBody?.content['application/json'];
  if (media === undefined) return [];
  const { example, examples = {}, schema = {} } = media;
  return [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples).map(({ value }) => value),
    ...(resolved(schema, document).examples ?? []),
  ];
}
