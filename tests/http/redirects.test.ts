import { describe, expect, it } from 'vitest';
import { createAddressJudge } from '../../src/http/addresses.ts';
import { nextHop } from '../../src/http/redirect.ts';
import { html, openHttp, serve } from './loopback.ts';

const page = { accept: ['text/html'] };

describe('redirects of a page', () => {
  it('are followed five times, and the address that answered is told', async () => {
    await using server = await serve((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 5) html(response, 'arrived');
      else response.writeHead(302, { location: `/${step + 1}` }).end();
    });
    await using http = openHttp();
    const got = await http.get(`${server.url}/0`, page);
    expect(got).toMatchObject({ kind: 'fetched', url: `${server.url}/5`, movedForGood: false });
  });

  it('are not followed a sixth time', async () => {
    await using server = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind: 'redirect-loop' });
    expect(server.seen).toHaveLength(6);
  });

  it.each([
    ['a private address', 'http://10.0.0.1/', 'blocked-address'],
    ['the metadata service', 'http://169.254.169.254/latest/meta-data/', 'blocked-address'],
    ['loopback in another spelling', 'http://[::ffff:7f00:1]:1/', 'refused'],
    ['a mapped private address', '//[::ffff:10.0.0.1]/', 'blocked-address'],
    ['a metadata name', 'http://metadata.google.internal/', 'blocked-address'],
    ['a file', 'file:///etc/passwd', 'bad-url'],
    ['an address with a password', 'http://user:secret@example.com/', 'bad-url'],
    ['no address', 'http://[', 'redirect-loop'],
  ])('to %s are refused', async (_, location, kind) => {
    await using server = await serve((_request, response) => response.writeHead(302, { location }).end());
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind });
  });

  it('take no header of the caller’s to another origin', async () => {
    await using second = await serve((_, response) => html(response, 'ok'));
    await using first = await serve((request, response) =>
      response.writeHead(307, { location: request.url === '/' ? '/own' : `${second.url}/other` }).end(),
    );
    await using http = openHttp();
    const headers = { authorization: 'Bearer secret', cookie: 'a=b', 'x-api-key': 'secret' };
    expect(await http.get(first.url, { ...page, headers })).toMatchObject({
      kind: 'fetched',
      url: `${second.url}/other`,
    });
    expect(first.seen[1]?.headers).toMatchObject(headers);
    expect(Object.keys(second.seen[0]?.headers ?? {}).toSorted()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].toSorted(),
    );
  });

  it('that are all permanent say that the new address may be kept', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/c') html(response, 'ok');
      else response.writeHead(request.url === '/a' ? 301 : 308, { location: request.url === '/a' ? '/b' : '/c' }).end();
    });
    await using http = openHttp();
    expect(await http.get(`${server.url}/a`, page)).toMatchObject({ url: `${server.url}/c`, movedForGood: true });
  });

  it('never lead from https to http', () => {
    const rules = { judge: createAddressJudge([]), allowedPorts: [80, 443], namesResolveElsewhere: false };
    const from = new URL('https://example.com/a');
    expect(() => nextHop(from, 'http://example.com/a', 0, rules)).toThrow('redirects from https to http');
    expect(nextHop(from, '/b', 0, rules).href).toBe('https://example.com/b');
    expect(nextHop(new URL('http://example.com/a'), 'https://example.com/a', 0, rules).href).toBe(
      'https://example.com/a',
    );
  });

  it('are not read for a body that never ends', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/end') return html(response, 'ok');
      response.writeHead(302, { location: '/end' });
      const more = setInterval(() => response.write('x'.repeat(1000)), 5);
      response.on('close', () => clearInterval(more));
    });
    await using http = openHttp();
    expect(await http.get(server.url, page)).toMatchObject({ kind: 'fetched', url: `${server.url}/end` });
  });
});
