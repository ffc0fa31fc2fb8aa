import { once } from 'node:events';
import type { LookupAddress } from 'node:dns';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../src/http/client.ts';
import { wasNeverSent } from '../../src/http/failure.ts';
import { openHttp, serve } from './loopback.ts';

const thrown = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('fetch for networks', () => {
  it('sends and reads like any fetch, and says who asks', async () => {
    await using server = await serve((_, response) => response.writeHead(201, { 'x-id': '7' }).end('{"id":"7"}'));
    await using http = openHttp({ userAgent: 'standfirst/9' });
    const answer = await http.fetch(`${server.url}/posts`, {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: '{"text":"Guten Tag, Ærø"}',
    });
    expect(answer.ok).toBe(true);
    expect(answer).toMatchObject({ status: 201, url: `${server.url}/posts`, redirected: false });
    expect(answer.headers.get('x-id')).toBe('7');
    expect(await answer.json()).toEqual({ id: '7' });
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/posts', body: '{"text":"Guten Tag, Ærø"}' });
    expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'user-agent': 'standfirst/9' });
  });

  it('sends forms with files, query forms and a Request object', async () => {
    await using server = await serve((_, response) => response.writeHead(204).end());
    await using http = openHttp();
    const form = new FormData();
    form.set('text', 'hello');
    form.set('file', new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' }), 'harbour.png');
    expect((await http.fetch(server.url, { method: 'POST', body: form })).status).toBe(204);
    await http.fetch(server.url, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
    await http.fetch(new Request(`${server.url}/r`, { method: 'PUT', body: 'x', headers: { 'x-own': '1' } }));
    expect(server.seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/u);
    expect(server.seen[0]?.body).toContain('filename="harbour.png"');
    expect(server.seen[1]).toMatchObject({ body: 'a=b+c' });
    expect(server.seen[1]?.headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(server.seen[2]).toMatchObject({ method: 'PUT', path: '/r', body: 'x', headers: { 'x-own': '1' } });
  });

  it('sends what is streamed and what has a type of its own, and takes any answer', async () => {
    await using server = await serve((_, response) => response.writeHead(999).end('no'));
    await using http = openHttp();
    const stream = new Blob(['one ', 'two']).stream();
    const streamed = await http.fetch(server.url, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
    expect(streamed).toMatchObject({ status: 999, ok: false });
    expect(await streamed.text()).toBe('no');
    await http.fetch(server.url, { method: 'POST', body: new Blob(['<b>'], { type: 'text/html' }) });
    await http.fetch(server.url, { method: 'POST', body: new Uint8Array([104, 105]), headers: { accept: 'a/b' } });
    await http.fetch(server.url, { method: 'post', body: 'words' });
    expect(server.seen.map(({ body }) => body)).toEqual(['one two', '<b>', 'hi', 'words']);
    expect(server.seen.map(({ headers }) => headers['content-type'])).toEqual([
      undefined,
      'text/html',
      undefined,
      'text/plain;charset=UTF-8',
    ]);
    expect(server.seen.map(({ headers }) => headers.accept)).toEqual(['*/*', '*/*', 'a/b', '*/*']);
    expect(server.seen.at(-1)?.method).toBe('POST');
  });

  it('unpacks one encoding and refuses two', async () => {
    await using server = await serve((request, response) => {
      const encoding = request.url === '/two' ? 'gzip, gzip' : 'gzip';
      response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync('{"a":1}'));
    });
    await using http = openHttp();
    expect(await (await http.fetch(`${server.url}/one`)).json()).toEqual({ a: 1 });
    expect(await thrown(http.fetch(`${server.url}/two`))).toMatchObject({ kind: 'broken' });
  });

  it('reuses its connection, and does not make requests to one host wait for each other', async () => {
    const ports = new Set<number | undefined>();
    const together: ServerResponse[] = [];
    await using server = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      if (request.url !== '/together') return void response.end('{}');
      // None of them is answered before all are there.
      if (together.push(response) === 20) for (const one of together) one.end('{}');
    });
    await using http = openHttp({ floorMs: 1000 });
    for (let i = 0; i < 10; i++) await (await http.fetch(server.url)).text();
    // undici opens a second where the first has not been handed back yet.
    expect(ports.size).toBeLessThanOrEqual(2);
    const all = Array.from({ length: 20 }, async () => (await http.fetch(`${server.url}/together`)).text());
    expect(await Promise.all(all)).toEqual(Array(20).fill('{}'));
  });

  it('refuses a redirect, gives it back by hand, and follows it only where asked to', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/end') response.end('arrived');
      else response.writeHead(302, { location: '/end' }).end();
    });
    await using http = openHttp();
    expect(await thrown(http.fetch(server.url))).toMatchObject({ kind: 'redirect-loop' });
    expect((await http.fetch(server.url, { redirect: 'manual' })).status).toBe(302);
    const followed = await http.fetch(server.url, { redirect: 'follow' });
    expect(followed).toMatchObject({ redirected: true, url: `${server.url}/end` });
    expect(await followed.text()).toBe('arrived');
  });

  it('follows with the method and body that the status asks for', async () => {
    await using server = await serve((request, response) => {
      const status = Number(request.url?.slice(1));
      if (Number.isNaN(status)) response.end('ok');
      else response.writeHead(status, { location: '/end' }).end();
    });
    await using http = openHttp();
    for (const status of [301, 302, 303, 307, 308]) {
      await http.fetch(`${server.url}/${status}`, { method: 'POST', body: 'text', redirect: 'follow' });
    }
    const arrived = server.seen.filter(({ path }) => path === '/end').map(({ method, body }) => `${method} ${body}`);
    expect(arrived).toEqual(['GET ', 'GET ', 'GET ', 'POST text', 'POST text']);
  });

  it('takes neither credentials nor a body to another origin', async () => {
    await using second = await serve((_, response) => response.end('ok'));
    await using first = await serve((_, response) => response.writeHead(307, { location: second.url }).end());
    await using http = openHttp();
    const headers = { authorization: 'Bearer secret', cookie: 'a=b', 'x-api-key': 'secret' };
    expect(await (await http.fetch(first.url, { headers, redirect: 'follow' })).text()).toBe('ok');
    expect(second.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(second.seen[0]?.headers).not.toHaveProperty('cookie');
    expect(second.seen[0]?.headers).not.toHaveProperty('x-api-key');
    const sent = http.fetch(first.url, { method: 'POST', body: 'text', headers, redirect: 'follow' });
    expect(await thrown(sent)).toMatchObject({ kind: 'redirect-loop' });
    expect(second.seen).toHaveLength(1);
  });

  it('does not follow to a private address', async () => {
    await using server = await serve((_, response) => response.writeHead(307, { location: 'http://10.0.0.1/' }).end());
    await using http = openHttp();
    const error = await thrown(http.fetch(server.url, { redirect: 'follow' }));
    expect(error).toMatchObject({ kind: 'blocked-address' });
    expect(wasNeverSent(error)).toBe(false);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://[::ffff:169.254.169.254]/',
    'http://localhost/',
    'http://metadata.google.internal/',
  ])('refuses %s, and nothing leaves', async (address) => {
    await using http = createHttp({ allowPrivate: [], userAgent: 'standfirst/test' });
    const error = await thrown(http.fetch(address, { headers: { authorization: 'Bearer secret' } }));
    expect(error).toMatchObject({ name: 'GuardError', kind: 'blocked-address' });
    expect(wasNeverSent(error)).toBe(true);
  });

  it('cuts off an answer that is too large', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/said') response.setHeader('content-length', '2000');
      response.end(request.url === '/bomb' ? gzipSync(Buffer.alloc(100_000)) : 'x'.repeat(2000));
    });
    await using http = openHttp({ maxBytes: 1000 });
    expect(await thrown(http.fetch(`${server.url}/said`))).toMatchObject({ kind: 'too-large' });
    const answer = await http.fetch(`${server.url}/silent`).catch((error: unknown) => error as Error);
    const error = answer instanceof Error ? answer : await thrown(answer.text());
    expect(error).toMatchObject({ kind: 'too-large' });
  });

  it('gives up after its time, in the headers and in the body alike, without proof that nothing left', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/body') response.writeHead(200).write('{"half":');
    });
    await using http = openHttp({ timeouts: { publishMs: 2_000 } });
    const silent = await thrown(http.fetch(server.url, { method: 'POST', body: 'x' }));
    expect(silent).toMatchObject({ kind: 'timeout' });
    expect(wasNeverSent(silent)).toBe(false);
    const answer = await http.fetch(`${server.url}/body`);
    expect(await thrown(answer.text())).toMatchObject({ kind: 'timeout' });
  });

  it('gives an answer without an end as it comes, packed or not', async () => {
    await using server = await serve((request, response) => {
      const isPacked = request.url === '/packed';
      response.writeHead(200, isPacked ? { 'content-encoding': 'gzip' } : {});
      response.write(isPacked ? gzipSync('first') : 'first');
    });
    await using http = openHttp({ maxBytes: Infinity });
    for (const path of ['/plain', '/packed']) {
      const { body } = await http.fetch(`${server.url}${path}`);
      const reader = body?.getReader();
      expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
      await reader?.cancel();
    }
  });

  it('gives up where the caller does, with the caller’s reason', async () => {
    await using server = await serve(() => undefined);
    await using http = openHttp();
    const given = new AbortController();
    setTimeout(() => given.abort(new Error('shutting down')), 30);
    expect(await thrown(http.fetch(server.url, { signal: given.signal }))).toMatchObject({ message: 'shutting down' });
    expect(await thrown(http.fetch(server.url, { signal: AbortSignal.abort(new Error('early')) }))).toMatchObject({
      message: 'early',
    });
  });

  it('proves that nothing left where it is given up before there is a connection, and for that request alone', async () => {
    await using server = await serve(() => undefined);
    const resolve = async (): Promise<LookupAddress[]> => {
      await sleep(500);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    await using late = openHttp({ resolve, timeouts: { publishMs: 100 } });
    const timedOut = await thrown(
      late.fetch(`http://slow-name.example:${server.port}/`, { method: 'POST', body: 'x' }),
    );
    expect(timedOut).toMatchObject({ kind: 'timeout' });
    expect(wasNeverSent(timedOut)).toBe(true);

    const given = new AbortController();
    // Where it leads is known only when it has been given up.
    await using http = openHttp({ resolve: () => once(given.signal, 'abort').then(resolve) });
    const post = (host: string): Promise<unknown> =>
      thrown(http.fetch(`http://${host}:${server.port}/`, { method: 'POST', body: 'x', signal: given.signal }));
    const both = [post('127.0.0.1'), post('slow-name.example')];
    await expect.poll(() => server.seen, { interval: 5 }).toHaveLength(1);
    given.abort(new Error('shutting down'));
    const [sent, unsent] = await Promise.all(both);
    for (const error of [sent, unsent]) expect(error).toMatchObject({ message: 'shutting down' });
    expect([wasNeverSent(sent), wasNeverSent(unsent)]).toEqual([false, true]);
    expect(server.seen).toHaveLength(1);
  });

  it('proves that nothing left where the connection never stood, and only there', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).on('data', () => socket.destroy()));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await using http = openHttp();
    expect(wasNeverSent(await thrown(http.fetch(address, { method: 'POST', body: 'x' })))).toBe(false);
    await new Promise((closed) => server.close(closed));
    expect(wasNeverSent(await thrown(http.fetch(address, { method: 'POST', body: 'x' })))).toBe(true);
  });
});
