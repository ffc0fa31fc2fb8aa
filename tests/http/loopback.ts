import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp, type Http, type HttpOptions } from '../../src/http/client.ts';

export interface Loopback extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Every request as it came in, in order. */
  readonly seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
}

/** A server of our own on a free port of this machine, which keeps what it is asked. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  const seen: Loopback['seen'] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  };
  const server = createServer(listener);
  const port = await listen(server);
  return { port, url: `http://127.0.0.1:${port}`, seen, [Symbol.asyncDispose]: () => stop(server) };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

export async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
}

/** The client under test, allowed to reach this machine, with no pause between requests. */
export function openHttp(options: Partial<HttpOptions> = {}): Http {
  return createHttp({ allowPrivate: ['127.0.0.0/8'], userAgent: 'standfirst/test', floorMs: 0, ...options });
}

export function html(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end(text);
}
