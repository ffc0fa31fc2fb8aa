import { StandfirstProblem } from './problem.ts';

export interface ClientOptions {
  /** Address of the installation, e.g. `https://desk.example.org`. */
  readonly server: string;
  /** API key: `sf_live_…` or `sf_test_…`. */
  readonly key: string;
  /** Tries after the first one, where the server could not be reached or said to wait; default 2. */
  readonly retries?: number;
  /** For tests and proxies; default the global `fetch`. */
  readonly fetch?: typeof fetch;
}

export interface Common {
  readonly signal?: AbortSignal;
}

export interface Writes extends Common {
  /** The same key within 24 h gets the first answer again. Default: a random one for each call, so that our own retries are safe. */
  readonly idempotencyKey?: string;
}

type Kind = 'json' | 'text' | 'bytes' | 'nothing';

/** What `send` is given: the parameters of the path by name, and the rest. */
interface Input extends Writes {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly [parameter: string]: unknown;
}

/** Longest that a `Retry-After` is waited for; a longer one is told to the caller. */
const LONGEST_WAIT_MS = 60_000;

/** Requests, answers and retries; the operations are in `Api`. */
export class Transport {
  readonly server: string;
  readonly #key: string;
  readonly #retries: number;
  readonly #fetch: typeof fetch;

  constructor(options: ClientOptions) {
    // Whoever writes JavaScript learns it here, and not from a stack.
    if (typeof options?.server !== 'string' || typeof options.key !== 'string')
      throw new TypeError("Give an address and an API key: new Standfirst({ server: 'https://…', key: 'sf_live_…' }).");
    this.server = options.server.replace(/\/+$/, '');
    this.#key = options.key;
    this.#retries = options.retries ?? 2;
    this.#fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
  }

  /**
   * Walks every item of a list, page by page: `for await (const post of desk.each((page) => desk.listPosts({ query: { ...page } })))`.
   */
  async *each<Item>(
    list: (page: { cursor?: string; limit: number }) => Promise<{ data: Item[]; nextCursor: string | null }>,
  ): AsyncGenerator<Item> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: { data: Item[]; nextCursor: string | null } = await list({
        limit: 100,
        ...(cursor === undefined ? {} : { cursor }),
      });
      yield* page.data;
      cursor = page.nextCursor;
    }
  }

  /** @throws StandfirstProblem for an answer that is not 2xx; whatever `fetch` throws where there was none. */
  protected async send(method: string, path: string, kind: Kind, given: object, form?: 'form'): Promise<unknown> {
    const input = given as Input;
    const url =
      this.server +
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name]))) +
      queryOf(input.query);
    const init: RequestInit = { method, headers: this.#headersOf(method, input, form), signal: input.signal ?? null };
    if (input.body !== undefined) init.body = form === 'form' ? formOf(input.body) : JSON.stringify(input.body);
    const answer = await this.#tried(url, init);
    if (kind === 'nothing') return undefined;
    if (kind === 'text') return answer.text();
    return kind === 'bytes' ? new Uint8Array(await answer.arrayBuffer()) : answer.json();
  }

  /** One request under the key, for what is not JSON. @throws as `send` */
  protected async request(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.#key}` };
    return checked(await this.#fetch(this.server + path, { ...init, headers }));
  }

  #headersOf(method: string, input: Input, form?: 'form'): Record<string, string> {
    return {
      authorization: `Bearer ${this.#key}`,
      accept: 'application/json',
      ...(input.body === undefined || form === 'form' ? {} : { 'content-type': 'application/json' }),
      ...(input.ifMatch === undefined ? {} : { 'if-match': `"${input.ifMatch}"` }),
      ...(method === 'POST' ? { 'idempotency-key': input.idempotencyKey ?? crypto.randomUUID() } : {}),
    };
  }

  /** A read changes nothing, a POST has its key, and PUT, PATCH and DELETE are the same twice: all may be sent again. */
  async #tried(url: string, init: RequestInit): Promise<Response> {
    for (let left = this.#retries; ; left--) {
      try {
        return await checked(await this.#fetch(url, init));
      } catch (error) {
        const waitMs = waitOf(error, this.#retries - left);
        if (left === 0 || waitMs === null || init.signal?.aborted === true) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}

async function checked(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new StandfirstProblem(answer.status, await answer.text(), answer.headers.get('retry-after'));
}

/** Milliseconds to wait before the next try; null where another one would not help. */
function waitOf(error: unknown, tries: number): number | null {
  const usualMs = 250 * 2 ** tries;
  if (!(error instanceof StandfirstProblem)) return usualMs;
  if (error.status !== 429 && error.status !== 503) return null;
  const askedMs = error.retryAfterS === null ? usualMs : error.retryAfterS * 1000;
  return askedMs > LONGEST_WAIT_MS ? null : askedMs;
}

function queryOf(query: Input['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])))}`;
}

function formOf(body: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, string | Blob>)) form.append(name, value);
  return form;
}
