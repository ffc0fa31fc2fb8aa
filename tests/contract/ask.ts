import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { LightMyRequestResponse } from 'fastify';
import { idPrefixes } from '../../src/domain/id.ts';
import type { IdKind } from '../../src/domain/id.ts';
import type { Installation } from '../api/installation.ts';
import { bodyExamples, operationsOf } from './document.ts';
import type { Document, Placed } from './document.ts';

export interface Asked {
  /** What fills the braces of the path; where a call needs something fresh, how to make it. */
  readonly id?: string | (() => Promise<string>);
  /** What ids in the examples stand for, where that is not the newest of their kind. */
  readonly ids?: Partial<Record<IdKind, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** In place of the examples. */
  readonly body?: unknown;
  /** With a cookie among them, no key is sent. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the operations of the document and holds every answer to what the document says of it. */
export class Asker {
  readonly #here: Installation;
  readonly #document: Document;
  readonly #key: Record<string, string>;
  readonly #ajv: Ajv2020;
  readonly #operations: Map<string, Placed>;
  /** Names of the operations that were called. */
  readonly asked = new Set<string>();
  /** The newest id of each kind that an answer told of, by its prefix. */
  readonly newest = new Map<string, string>();
  /** Ids that stood in the path, by the noun before them: `posts` of `/v1/posts/{id}`. */
  readonly inPaths = new Map<string, Set<string>>();

  constructor(here: Installation, document: Document, key: Record<string, string>) {
    this.#here = here;
    this.#document = document;
    this.#key = key;
    this.#operations = new Map(operationsOf(document).map((one) => [one.operation.operationId, one]));
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(this.#ajv);
    this.#ajv.addFormat('binary', true);
    this.#ajv.addSchema({ $id: 'api', ...document });
  }

  /**
   * Sends every example of an operation, one after the other; one request where it has none.
   * @returns the last answer.
   * @throws Error where an answer is not 2xx, or not as the document says.
   */
  async ask(operationId: string, asked: Asked = {}): Promise<LightMyRequestResponse> {
    const placed = this.#operations.get(operationId);
    if (placed === undefined) throw new Error(`The document has no operation ${operationId}.`);
    this.asked.add(operationId);
    const examples = bodyExamples(placed.operation, this.#document).map((one) => this.#made(one, asked.ids ?? {}));
    const [first, ...rest] = 'body' in asked || examples.length === 0 ? [asked.body] : examples;
    let answer = await this.#send(placed, first, asked);
    for (const body of rest) answer = await this.#send(placed, body, asked);
    return answer;
  }

  async #send(placed: Placed, body: unknown, { id: given, query = {}, headers = {} }: Asked) {
    const { operation, method } = placed;
    const id = (typeof given === 'function' ? await given() : given) ?? '';
    const url = placed.path.replaceAll(/\{\w+\}/g, id);
    const [, noun] = /([^/]+)\/\{/.exec(placed.path) ?? [];
    if (noun !== undefined) this.inPaths.set(noun, (this.inPaths.get(noun) ?? new Set()).add(id));
    const needsVersion = operation.parameters?.some((one) => one.name === 'If-Match' && one.required === true);
    const request = {
      method,
      url,
      query,
      headers: 'cookie' in headers ? headers : { ...this.#key, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    };
    if (needsVersion === true) {
      const blind = await this.#here.app.inject(request);
      if (blind.statusCode !== 428) fail(placed, body, blind, 'Without If-Match 428 is due.');
      request.headers = { ...request.headers, 'if-match': await this.#versionOf(url, request.headers) };
    }
    const answer = await this.#here.app.inject(request);
    this.#judge(placed, body, answer);
    return answer;
  }

  /** The `ETag` of the thing itself, or of what it belongs to. */
  async #versionOf(url: string, headers: Record<string, string>): Promise<string> {
    for (const place of [url, url.replace(/\/[^/]+$/, '')]) {
      const { etag } = (await this.#here.app.inject({ url: place, headers })).headers;
      if (etag !== undefined) return etag;
    }
    throw new Error(`Nothing tells which version ${url} has.`);
  }

  #judge(placed: Placed, body: unknown, answer: LightMyRequestResponse): void {
    const { responses } = placed.operation;
    const said = responses[answer.statusCode];
    if (answer.statusCode >= 300 || said === undefined) fail(placed, body, answer, 'This status is not documented.');
    const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    const types = Object.keys(said?.content ?? {}).filter((one) => !isNothing(said?.content?.[one]?.schema));
    if (types.length === 0 ? answer.body !== '' : !types.includes(type))
      fail(placed, body, answer, `Documented is ${types.join(' or ') || 'an empty answer'}, not ${type}.`);
    if (type !== 'application/json') return;
    const json: unknown = answer.json();
    const pointer = ['paths', placed.path, placed.method.toLowerCase(), 'responses', answer.statusCode];
    const place = [...pointer, 'content', type, 'schema'].map((step) => escaped(String(step))).join('/');
    const validate = this.#ajv.compile({ $ref: `api#/${place}` });
    if (!validate(json)) fail(placed, body, answer, this.#ajv.errorsText(validate.errors));
    this.#learn(json);
  }

  /** Ids in an answer, at any depth, by their kind. */
  #learn(json: unknown): void {
    for (const [, id = '', prefix = ''] of JSON.stringify(json).matchAll(/"(([a-z]+)_[0-9a-f]{8}-[0-9a-f-]{27})"/g))
      this.newest.set(prefix, id);
  }

  #made(example: unknown, ids: Partial<Record<IdKind, string>>): unknown {
    const given = new Map(Object.entries(ids).map(([kind, id]) => [idPrefixes[kind as IdKind] as string, id]));
    return madeReal(example, (prefix) => given.get(prefix) ?? this.newest.get(prefix));
  }
}

/**
 * An example by the rule of `src/api/schemas/examples.ts`: real ids, next year for 2030, and http for the paper that stands
 * behind every host ending in `.example`.
 */
export function madeReal(example: unknown, idOf: (prefix: string) => string | undefined): unknown {
  const text = JSON.stringify(example)
    .replaceAll(/"([a-z]+)_0192f0c1-0000-7000-8000-000000000000"/g, (whole, prefix: string) => {
      const id = idOf(prefix);
      return id === undefined ? whole : `"${id}"`;
    })
    .replaceAll('"2030-', `"${new Date().getFullYear() + 1}-`)
    .replaceAll(/https(:\/\/[\w.-]+\.example\b)/g, 'http$1');
  return JSON.parse(text) as unknown;
}

function isNothing(schema: object | undefined): boolean {
  return schema === undefined || ('type' in schema && schema.type === 'null');
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function fail(placed: Placed, body: unknown, answer: LightMyRequestResponse, why: string): never {
  const asked = `${placed.operation.operationId} (${placed.method} ${placed.path}) ${JSON.stringify(body) ?? ''}`;
  throw new Error(`${why}\n${asked.slice(0, 2_000)}\n${answer.statusCode} ${answer.body.slice(0, 2_000)}`);
}
