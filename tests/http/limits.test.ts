import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { html, openHttp, serve } from './loopback.ts';

const page = { accept: ['text/html'] };
const type = { 'content-type': 'text/html' };
const MB = 1024 * 1024;

describe('a page that is too large', () => {
  it('is refused by the length it announces, before it is read', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { ...type, 'content-length': String(6 * MB) });
      response.write('x');
    });
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind: 'too-large' });
  });

  it('is cut off at the limit where it announces none and never ends', async () => {
    let written = 0;
    await using server = await serve((_, response) => {
      response.writeHead(200, type);
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && written < 200 * MB) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    });
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind: 'too-large' });
    expect(written).toBeLessThan(50 * MB);
  });

  it('is measured after decompression, so a bomb is cut off too', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * MB));
    expect(bomb.length).toBeLessThan(50_000);
    await using server = await serve((_, response) =>
      response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(bomb),
    );
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({
      kind: 'too-large',
      sentence: `127.0.0.1:${server.port} sent more than ${5 * MB} bytes, which is the most that is read.`,
    });
  });

  it('is let through at exactly the limit and not one byte over', async () => {
    await using server = await serve((request, response) => html(response, 'x'.repeat(Number(request.url?.slice(1)))));
    await using http = openHttp();
    expect(await http.get(`${server.url}/1000`, { ...page, maxBytes: 1000 })).toMatchObject({ kind: 'fetched' });
    expect(await http.get(`${server.url}/1001`, { ...page, maxBytes: 1000 })).toMatchObject({ kind: 'too-large' });
  });
});

describe('how a page may be packed', () => {
  it.each(['gzip, gzip', 'gzip, br', 'br,gzip,gzip,gzip,gzip,gzip', 'deflate', 'zstd', 'snappy'])(
    'not as "%s"',
    async (encoding) => {
      await using server = await serve((_, response) =>
        response.writeHead(200, { ...type, 'content-encoding': encoding }).end(gzipSync('x')),
      );
      await using http = openHttp();
      expect(await http.get(server.url, page)).toMatchObject({ kind: 'broken' });
    },
  );

  it('not as gzip that is none', async () => {
    await using server = await serve((_, response) =>
      response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end('this is not gzip'),
    );
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({
      kind: 'broken',
      sentence: `127.0.0.1:${server.port} sent an answer that is not valid gzip.`,
    });
  });
});

describe('a page that is slow', () => {
  const timeouts = { connectMs: 2_000, headersMs: 100, bodyMs: 300 };

  it('is given up where the headers do not come', async () => {
    await using server = await serve(() => undefined);
    await using http = openHttp({ timeouts });
    const got = await http.get(server.url, page);
    expect(got).toMatchObject({ kind: 'timeout' });
    expect(got.kind !== 'fetched' && got.sentence).toContain('did not send an answer within 2.1 s');
  });

  it('is given up where headers drip in one by one', async () => {
    const server = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = setInterval(() => socket.write('x-more: 1\r\n'), 20);
      socket.on('close', () => clearInterval(more)).on('error', () => undefined);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    await using http = openHttp({ timeouts });
    const { port } = server.address() as AddressInfo;
    expect(await http.get(`http://127.0.0.1:${port}/`, page)).toMatchObject({ kind: 'timeout' });
    server.close();
  });

  it('is given up where the body drips without an end', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, type);
      const more = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(more));
    });
    await using http = openHttp({ timeouts: { bodyMs: 300 } });
    const got = await http.get(server.url, page);
    expect(got).toMatchObject({ kind: 'timeout' });
    expect(got.kind !== 'fetched' && got.sentence).toContain('did not send all of its answer within 0.3 s');
  });

  it('is given up at once where the caller does', async () => {
    await using server = await serve(() => undefined);
    await using http = openHttp();
    const given = new AbortController();
    setTimeout(() => given.abort(), 50);
    expect(await http.get(server.url, { ...page, signal: given.signal })).toMatchObject({ kind: 'aborted' });
  });
});

describe('a page that cannot be had', () => {
  it.each([401, 403, 404, 410, 418, 500, 503])('because of status %i is told with it', async (status) => {
    await using server = await serve((_, response) => response.writeHead(status, type).end('no'));
    await using http = openHttp();
    const got = await http.get(`${server.url}/page`, page);
    expect(got).toMatchObject({ kind: 'http-status', status });
    expect(got.kind !== 'fetched' && got.sentence).toMatch(
      new RegExp(`^http://.*/page answers ${status}: .*\\.$`, 'u'),
    );
  });

  it.each([
    ['seconds', { 'retry-after': '120' }, 120_000],
    [
      'a date, by the server’s own clock',
      { 'retry-after': 'Wed, 21 Oct 2026 07:30:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      120_000,
    ],
  ])('because of 429 says how long to wait in %s', async (_, headers, retryAfterMs) => {
    await using server = await serve((_request, response) => response.writeHead(429, headers).end());
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ status: 429, retryAfterMs });
  });

  it.each([
    ['image/svg+xml', { 'content-type': 'image/svg+xml' }],
    ['application/octet-stream', {}],
  ])('because it is %s is told so', async (found, headers) => {
    await using server = await serve((_, response) => response.writeHead(200, headers).end('x'));
    await using http = openHttp();
    expect(await http.get(`${server.url}/a`, page)).toMatchObject({
      kind: 'wrong-type',
      sentence: `${server.url}/a is ${found}, wanted is text/html.`,
    });
  });

  it('may be any image where any is wanted', async () => {
    await using server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'IMAGE/PNG; a=b' }).end('x'),
    );
    await using http = openHttp();
    expect(await http.get(server.url, { accept: ['image/*'] })).toMatchObject({ contentType: 'image/png' });
  });

  it('because nothing listens there is told so', async () => {
    const server = await serve((_, response) => html(response, ''));
    await server[Symbol.asyncDispose]();
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind: 'refused' });
  });

  it('because it does not speak TLS is told so', async () => {
    await using server = await serve((_, response) => html(response, ''));
    await using http = openHttp();
    expect(await http.get(server.url.replace('http:', 'https:'), page)).toMatchObject({ kind: 'tls' });
  });

  it.each([
    ['is no HTTP', 'SMTP ready\r\n'],
    ['ends in the middle', 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100\r\n\r\nhalf'],
  ])('because the answer %s is told so', async (_, answer) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end(answer));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    await using http = openHttp();
    const { port } = server.address() as AddressInfo;
    expect(await http.get(`http://127.0.0.1:${port}/`, page)).toMatchObject({ kind: 'broken' });
    server.close();
  });

  it.each(['', 'no address', 'ftp://example.com/a'])('because %j is no web address is told so', async (address) => {
    await using http = openHttp();
    expect(await http.get(address, page)).toMatchObject({ kind: 'bad-url' });
  });
});
