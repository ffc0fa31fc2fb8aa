import fc from 'fast-check';
import type { Components, Schema } from './from-schema.ts';
import { idsFor, nastyTexts, valuesOf } from './from-schema.ts';

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Components };
}

export interface Fuzzed {
  /** As in the access table: `GET /v1/posts/:id`. */
  readonly route: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly caller: string;
}

/** The stream never ends by itself. */
const LEFT_OUT = new Set(['streamEvents']);

/** Requests to every operation of a document, by any of the callers, about things that exist and things that do not. */
export function requestsOf(
  document: Document,
  ids: readonly string[],
  callers: readonly string[],
): fc.Arbitrary<Fuzzed> {
  const components = document.components?.schemas ?? {};
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => !LEFT_OUT.has(operation.operationId ?? ''))
      .map(([method, operation]) => requestOf(path, method, operation, components, ids, callers)),
  );
  return fc.oneof(...operations);
}

function requestOf(
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
  components: Components,
  ids: readonly string[],
  callers: readonly string[],
): fc.Arbitrary<Fuzzed> {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = content === undefined ? fc.constant(undefined) : valuesOf(content.schema, components, ids);
  const query = Object.fromEntries(
    parameters
      .filter((one) => one.in === 'query')
      .map((one) => [one.name, valuesOf(one.schema, components, ids, one.name)]),
  );
  const given = fc.record({
    caller: fc.constantFrom(...callers),
    id: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...idsFor(path.split('/')[2] ?? '', ids)) },
      { weight: 2, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.constantFrom(...nastyTexts) },
    ),
    query: fc.record(query, { requiredKeys: [] }),
    body,
    mangled: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    contentType: fc.oneof(
      { weight: 20, arbitrary: fc.constant(type ?? 'application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'text/plain',
          'multipart/form-data',
          'application/x-www-form-urlencoded',
          'application/xml',
          '',
        ),
      },
    ),
    ifMatch: fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((version) => `"${version}"`),
      fc.constantFrom('*', '"x"', ''),
    ),
    key: fc.option(fc.constantFrom('one-key', 'another-key', 'x'.repeat(300)), { freq: 8 }),
  });
  return given.map(({ caller, id, query: asked, body: sent, mangled, contentType, ifMatch, key }) => {
    const search = new URLSearchParams(
      Object.entries(asked).map(([name, value]): [string, string] => [name, wellFormed(textOf(value))]),
    ).toString();
    const json = sent === undefined || method === 'get' ? undefined : JSON.stringify(sent);
    return {
      route: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      method: method.toUpperCase(),
      url:
        path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(wellFormed(id)).slice(0, 3_000)) +
        (search === '' ? '' : `?${search}`).slice(0, 8_000),
      headers: {
        ...(json === undefined || contentType === '' ? {} : { 'content-type': contentType }),
        ...(method === 'patch' || method === 'put' ? { 'if-match': ifMatch } : {}),
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      body: mangled ? json?.slice(0, -1) : json,
      caller,
    };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Half a character cannot be written in an address. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
