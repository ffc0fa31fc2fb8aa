import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Mode, ModeName } from './modes.ts';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The body as JSON; undefined where it is not. */
  readonly json: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON, a string as it is. */
  readonly body?: unknown;
}

/** A post the network took. `at` is in epoch milliseconds. */
export interface Accepted {
  readonly at: number;
  readonly account: string;
  readonly id: string;
  readonly text: string;
  readonly [detail: string]: unknown;
}

/** Writes a post to the log. */
export type Accept = (post: Omit<Accepted, 'at'>) => void;

/** What one network adds to the common fake. */
export interface Behaviour {
  /** Whether the request asks to publish: those are what the modes spoil. */
  isPost(request: FakeRequest): boolean;
  /** Answers by the network's rules; `accept` writes to the log. */
  handle(request: FakeRequest, accept: Accept): Answer | Promise<Answer>;
  /** The network's own words for a refusal that a mode asks for. */
  refusal(name: Exclude<ModeName, 'ok'>, request: FakeRequest): Answer | null;
}

export interface FakeOptions {
  readonly port?: number;
  /** JSON lines, one per accepted post, written before the answer leaves. */
  readonly logFile?: string;
}

export interface Fake extends AsyncDisposable {
  readonly url: string;
  /** Address that answers `/__control` and `/__log` also while the network itself refuses connections. */
  readonly controlUrl: string;
  readonly log: readonly Accepted[];
  /** Requests that asked to publish, accepted or not. */
  readonly attempts: number;
  /** Requests of any kind. */
  readonly requests: number;
  setMode(mode: Mode): Promise<void>;
}

/** Starts a fake network on 127.0.0.1. `POST /__control` takes a mode as JSON, `GET /__log` answers the log. */
export async function startFake(behaviour: Behaviour, options: FakeOptions = {}): Promise<Fake> {
  const log: Accepted[] = [];
  let mode: Mode = { name: 'ok' };
  let held = Promise.withResolvers<void>();
  let left = Infinity;
  let spared = 0;
  let attempts = 0;
  let requests = 0;

  const accept: Accept = (post) => {
    const entry = { at: Date.now(), ...post } as Accepted;
    log.push(entry);
    if (options.logFile !== undefined) appendFileSync(options.logFile, `${JSON.stringify(entry)}\n`);
  };

  const network = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const control = createServer((request, response) => {
    void read(request).then((one) => administer(one, response));
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    if (request.path.startsWith('/__')) return administer(request, response);
    requests += 1;
    const isPost = behaviour.isPost(request);
    if (isPost) attempts += 1;
    const now = isPost || mode.scope === 'all' ? take() : { name: 'ok' as const };
    await spoil(now, request, response);
  }

  /** The mode for this request; one that lasts a number of times is used up. */
  function take(): Mode {
    if (spared > 0) {
      spared -= 1;
      return { name: 'ok' };
    }
    const now = mode;
    left -= 1;
    if (left <= 0) mode = { name: 'ok' };
    return now;
  }

  async function spoil(now: Mode, request: FakeRequest, response: ServerResponse): Promise<void> {
    switch (now.name) {
      case 'slow':
        await sleep(now.ms ?? 100);
        return send(response, await behaviour.handle(request, accept));
      case 'held':
        await held.promise;
        return send(response, await behaviour.handle(request, accept));
      case 'hang':
        return;
      case 'reset':
        return void response.socket?.resetAndDestroy();
      case 'accept-then-hang':
        await behaviour.handle(request, accept);
        return;
      case 'accept-then-reset':
        await behaviour.handle(request, accept);
        return void response.socket?.resetAndDestroy();
      case 'accept-then-500':
        await behaviour.handle(request, accept);
        return send(response, behaviour.refusal('500', request) ?? { status: 500, body: 'Internal Server Error' });
      case 'accept-then-504':
        await behaviour.handle(request, accept);
        return send(response, { status: 504, body: '<html><h1>504 Gateway Time-out</h1></html>' });
      case 'cut-body':
        return cut(response, await behaviour.handle(request, accept));
      case 'html-instead-of-json':
        await behaviour.handle(request, accept);
        return send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><p>Hello</html>' });
      case 'redirect':
        return send(response, { status: 307, headers: { location: 'http://169.254.169.254/latest/meta-data/' } });
      case 'huge':
        return flood(response);
      case 'echo': {
        const { path, query, headers, body } = request;
        const said = `${path}?${query.toString()} ${JSON.stringify(headers)} ${body.toString()}`;
        return send(response, { status: 400, body: `No such post: ${said}` });
      }
      case 'ok':
      case 'refuse':
        return send(response, await behaviour.handle(request, accept));
      default: {
        const status = now.name === 'duplicate' ? 409 : Number(now.name);
        const said = behaviour.refusal(now.name, request) ?? { status, body: { error: now.name } };
        return send(response, { ...said, headers: { ...said.headers, ...now.headers } });
      }
    }
  }

  function administer(request: FakeRequest, response: ServerResponse): void {
    if (request.path === '/__log') return send(response, { status: 200, body: { attempts, log } });
    if (request.path !== '/__control') return send(response, { status: 404, body: 'no such page' });
    void fake.setMode(request.json as Mode).then(() => send(response, { status: 200, body: mode }));
  }

  await listen(network, options.port ?? 0);
  await listen(control, 0);
  const { port } = network.address() as AddressInfo;

  const fake: Fake = {
    url: `http://127.0.0.1:${port}`,
    controlUrl: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    log,
    get attempts() {
      return attempts;
    },
    get requests() {
      return requests;
    },
    async setMode(next) {
      mode = next;
      held.resolve();
      held = Promise.withResolvers<void>();
      left = next.times ?? Infinity;
      spared = next.after ?? 0;
      if (next.name === 'refuse' && network.listening) {
        await close(network);
        // A request on a kept connection that just died proves nothing; let clients notice first.
        await sleep(20);
      } else if (next.name !== 'refuse' && !network.listening) {
        await listenAgain(network, port);
      }
    },
    async [Symbol.asyncDispose]() {
      await close(control);
      if (network.listening) await close(network);
    },
  };
  return fake;
}

async function read(request: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://fake');
  const { method = 'GET', headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, body, json: jsonOf(body) };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const isText = typeof body === 'string';
  const bytes = Buffer.from(body === undefined ? '' : isText ? body : JSON.stringify(body));
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers }).end(bytes);
}

/** A hundred megabytes, as fast as they are read. */
function flood(response: ServerResponse): void {
  let left = 100;
  response.writeHead(200, { 'content-type': 'application/json' });
  const pour = (): void => {
    for (; left > 0 && !response.destroyed; left -= 1) {
      if (!response.write(' '.repeat(1_000_000))) return void response.once('drain', pour);
    }
    response.end('{}');
  };
  pour();
}

/** Promises the whole body and closes the connection in the middle of it. */
function cut(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  const bytes = Buffer.from(text.padEnd(40));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** On the port it had: whoever took that meanwhile, as a connection on its way out does, gives it back in a moment. */
async function listenAgain(server: Server, port: number): Promise<void> {
  for (const until = performance.now() + 5_000; ; await sleep(50)) {
    try {
      return await listen(server, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || performance.now() > until) throw error;
    }
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
