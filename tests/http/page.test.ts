import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../src/http/client.ts';
import { html, openHttp, serve } from './loopback.ts';

const page = { accept: ['text/html'] };

describe('fetching a page', () => {
  it('brings the body, the type, the charset and the address that answered', async () => {
    await using server = await serve((_, response) => html(response, '<p>The harbour opens</p>'));
    await using http = openHttp();
    const got = await http.get(`${server.url}/a?b=c#part`, page);
    expect(got).toMatchObject({ kind: 'fetched', status: 200, contentType: 'text/html', charset: 'utf-8' });
    expect(got).toMatchObject({ url: `${server.url}/a?b=c`, movedForGood: false });
    expect(got.kind === 'fetched' && Buffer.from(got.body).toString()).toBe('<p>The harbour opens</p>');
  });

  it('says who asks and what can be read', async () => {
    await using server = await serve((_, response) => html(response, ''));
    await using http = openHttp({ userAgent: 'standfirst/9 (+https://example.org/bot)' });
    await http.get(server.url, { accept: ['text/html', 'application/xhtml+xml'], headers: { 'If-None-Match': '"7"' } });
    expect(server.seen[0]?.headers).toMatchObject({
      'user-agent': 'standfirst/9 (+https://example.org/bot)',
      accept: 'text/html, application/xhtml+xml',
      'accept-encoding': 'gzip, br',
      'if-none-match': '"7"',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('unpacks %s', async (encoding, pack) => {
    await using server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(pack('<p>ü</p>')),
    );
    await using http = openHttp();
    const got = await http.get(server.url, page);
    expect(got.kind === 'fetched' && Buffer.from(got.body).toString()).toBe('<p>ü</p>');
  });

  it('answers 304 as a value without a body', async () => {
    await using server = await serve((_, response) => response.writeHead(304, { etag: '"7"' }).end());
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind: 'fetched', status: 304, body: new Uint8Array() });
  });

  it('refuses an address of this machine where the operator has not listed it', async () => {
    await using server = await serve((_, response) => html(response, 'secret'));
    await using http = createHttp({ allowPrivate: [], userAgent: 'standfirst/test', floorMs: 0 });
    const got = await http.get(server.url, page);
    expect(got).toMatchObject({ kind: 'blocked-address' });
    expect(server.seen).toHaveLength(0);
  });
});
