import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/sources/page.ts';
import { openHttp, serve } from '../http/loopback.ts';

describe('reading a page', () => {
  it('decodes it by the charset that the server names', async () => {
    const page = Uint8Array.from('<html><p>caf\u00e9</p></html>', (character) => character.charCodeAt(0));
    await using server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(page),
    );
    await using http = openHttp();
    expect(await readPage(`${server.url}/a`, http)).toEqual({
      kind: 'page',
      html: '<html><p>café</p></html>',
      url: `${server.url}/a`,
      isNoindex: false,
    });
  });

  it('names the address that answered after a redirect', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<p>here</p>');
    });
    await using http = openHttp();
    expect(await readPage(`${server.url}/old`, http)).toMatchObject({ kind: 'page', url: `${server.url}/new` });
  });

  it.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [403, 'not-allowed'],
    [451, 'not-allowed'],
    [500, 'server-error'],
    [429, 'server-error'],
  ])('answers status %i as %s, in one sentence', async (status, reason) => {
    await using server = await serve((_, response) => response.writeHead(status).end('no'));
    await using http = openHttp();
    const got = await readPage(`${server.url}/a`, http);
    expect(got).toMatchObject({ kind: 'failed', reason, detail: expect.stringMatching(new RegExp(`${status}.*\\.$`)) });
  });

  it('refuses what is not a page', async () => {
    await using server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF'),
    );
    await using http = openHttp();
    expect(await readPage(`${server.url}/a.pdf`, http)).toMatchObject({ kind: 'failed', reason: 'not-html' });
  });

  it('says that nobody answers', async () => {
    await using http = openHttp();
    expect(await readPage('http://127.0.0.1:9/', http)).toMatchObject({ kind: 'failed' });
  });
});
