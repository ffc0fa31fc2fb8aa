import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { wasNeverSent } from '../../src/http/failure.ts';
import { html, openHttp, serve } from './loopback.ts';

const page = { accept: ['text/html'] };
const loopback: LookupAddress = { address: '127.0.0.1', family: 4 };
const publicOne: LookupAddress = { address: '203.0.114.7', family: 4 };
const inside: LookupAddress = { address: '10.0.0.5', family: 4 };

/** DNS that gives each answer in turn, and the last one for good. */
function answering(...answers: (readonly LookupAddress[])[]) {
  const asked: string[] = [];
  const resolve = (hostname: string) => {
    asked.push(hostname);
    return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? []);
  };
  return { asked, resolve };
}

describe('names', () => {
  it('are resolved once for a connection, so a name that changes its mind is not asked again', async () => {
    await using server = await serve((_, response) => html(response, 'ok'));
    const dns = answering([loopback], [inside]);
    await using http = openHttp({ resolve: dns.resolve });
    expect(await http.get(`http://rebind.example:${server.port}/`, page)).toMatchObject({ kind: 'fetched' });
    expect(dns.asked).toEqual(['rebind.example']);
  });

  it('are judged again for the next connection', async () => {
    const dns = answering([{ address: '127.0.0.1', family: 4 }], [inside]);
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end('ok');
    });
    await using http = openHttp({ resolve: dns.resolve });
    const address = `http://rebind.example:${server.port}/`;
    expect(await http.get(address, page)).toMatchObject({ kind: 'fetched' });
    expect(await http.get(address, page)).toMatchObject({ kind: 'blocked-address' });
  });

  it.each([
    ['only a private address', [inside]],
    ['a public and a private address', [publicOne, inside]],
    ['a private address wrapped in IPv6', [{ address: '::ffff:10.0.0.5', family: 6 }]],
    ['IPv6 loopback', [{ address: '::1', family: 6 }]],
  ])('that have %s are blocked', async (_, addresses) => {
    await using http = openHttp({ resolve: answering(addresses).resolve });
    const got = await http.get('http://mixed.example/', page);
    expect(got).toMatchObject({ kind: 'blocked-address' });
    expect(got.kind !== 'fetched' && got.sentence).toMatch(/^mixed\.example \(.*\) is not a public address/u);
  });

  it('may use an odd port only where every address is one the operator listed', async () => {
    await using http = openHttp({ resolve: answering([publicOne]).resolve });
    expect(await http.get('http://public.example:8080/', page)).toMatchObject({ kind: 'bad-url' });
    await using mixed = openHttp({ resolve: answering([loopback, publicOne]).resolve });
    expect(await mixed.get('http://mixed.example:8080/', page)).toMatchObject({ kind: 'bad-url' });
  });

  it('that do not exist are said to be unknown', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    await using http = openHttp({ resolve });
    expect(await http.get('http://nowhere.example/', page)).toMatchObject({
      kind: 'dns',
      sentence: 'No server is known under the name nowhere.example: check the address.',
    });
  });

  it('are under the same guard for fetch, which throws the guard’s own error and proves that nothing left', async () => {
    await using http = openHttp({ resolve: answering([inside]).resolve });
    const error = await http.fetch('http://inside.example/').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'GuardError', kind: 'blocked-address' });
    expect(wasNeverSent(error)).toBe(true);
  });
});
