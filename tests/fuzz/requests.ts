import fc from 'fast-check';
import { madeReal } from '../contract/ask.ts';
import { bodyExamples, operationsOf, resolved } from '../contract/document.ts';
import type { Document, Operation, Placed } from '../contract/document.ts';
import type { Ids } from './from-schema.ts';
import { idsFor, nastyTexts, valuesOf } from './from-schema.ts';

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

/**
 * Requests to the operations of a document, by any of the callers, about things that exist and things that do not: for each
 * operation what makes them, in the order of the document. A new route is among them without being named anywhere.
 */
export function requestsOf(
  document: Document,
  ids: Ids,
  callers: readonly string[],
): { readonly weight: number; readonly arbitrary: fc.Arbitrary<Fuzzed> }[] {
  return operationsOf(document)
    .filter(({ operation }) => !LEFT_OUT.has(operation.operationId))
    .map((placed) => ({
      // What is removed is not there for the others.
      weight: placed.method === 'DELETE' ? 1 : 8,
      arbitrary: requestOf(placed, document, ids, callers),
    }));
}

function requestOf(
  { path, method, operation }: Placed,
  document: Document,
  ids: Ids,
  callers: readonly string[],
): fc.Arbitrary<Fuzzed> {
  const components = document.components.schemas;
  const { parameters = [], requestBody } = operation;
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = content === undefined ? fc.constant(undefined) : bodiesOf(operation, document, ids);
  const query = Object.fromEntries(
    parameters
      .filter((one) => one.in === 'query')
      .map((one) => [one.name, valuesOf(one.schema, components, ids, one.name)]),
  );
  const takesVersion = parameters.some(({ name }) => name === 'If-Match');
  const given = fc.record({
    caller: fc.constantFrom(...callers),
    id: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...idsFor(/([^/]+)\/\{/.exec(path)?.[1] ?? '', ids)) },
      { weight: 2, arbitrary: fc.constantFrom(...ids.all) },
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
      { weight: 12, arbitrary: fc.integer({ min: 0, max: 4 }).map((version) => `"${version}"`) },
      { weight: 1, arbitrary: fc.constantFrom('*', '"x"', '', null) },
    ),
    key: fc.oneof(
      { weight: 20, arbitrary: fc.constant(null) },
      { weight: 5, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: fc.constantFrom('one-key', 'x'.repeat(300)) },
    ),
  });
  return given.map(({ caller, id, query: asked, body: sent, mangled, contentType, ifMatch, key }) => {
    const search = new URLSearchParams(
      Object.entries(asked).map(([name, value]): [string, string] => [name, wellFormed(textOf(value))]),
    ).toString();
    const json = sent === undefined || method === 'GET' ? undefined : JSON.stringify(sent);
    return {
      route: `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      method,
      url:
        path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(wellFormed(id)).slice(0, 3_000)) +
        (search === '' ? '' : `?${search}`).slice(0, 8_000),
      headers: {
        ...(json === undefined || contentType === '' ? {} : { 'content-type': contentType }),
        ...(takesVersion && ifMatch !== null ? { 'if-match': ifMatch } : {}),
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      body: mangled ? json?.slice(0, -1) : json,
      caller,
    };
  });
}

/** Values for the schema, and the document's own examples, whole or with one field replaced: these get the furthest. */
function bodiesOf(operation: Operation, document: Document, ids: Ids): fc.Arbitrary<unknown> {
  const { schema = {} } = Object.values(operation.requestBody?.content ?? {})[0] ?? {};
  const components = document.components.schemas;
  const any = valuesOf(schema, components, ids);
  const newest = (prefix: string): string | undefined => ids.all.findLast((id) => id.startsWith(`${prefix}_`));
  const examples = bodyExamples(operation, document).map((one) => madeReal(one, newest) as Record<string, unknown>);
  if (examples.length === 0) return any;
  const example = fc.constantFrom(...examples);
  const fields = Object.entries(resolved(schema, document).properties ?? {});
  const changed = fields.map(([name, field]) =>
    fc.tuple(example, valuesOf(field, components, ids, name)).map(([one, value]) => ({ ...one, [name]: value })),
  );
  return fc.oneof(any, example, ...(changed.length === 0 ? [] : [{ weight: 2, arbitrary: fc.oneof(...changed) }]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Half a character cannot be written in an address. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
