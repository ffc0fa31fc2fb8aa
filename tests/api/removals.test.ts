import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
  headers = await here.key();
});
afterAll(() => here.close());

const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object | Buffer, more = {}) =>
  here.app.inject({ method, url, headers: { ...headers, ...more }, ...(payload === undefined ? {} : { payload }) });

const image = async () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#246' } })
    .png()
    .toBuffer();

/** Whatever is changed against its version, and how one of it is made. */
const versioned = {
  accounts: () => ask('POST', '/v1/accounts', { network: 'sandbox', credentials: {} }),
  media: async () => ask('POST', '/v1/media', await image(), { 'content-type': 'image/png' }),
  sources: () => ask('POST', '/v1/sources', { kind: 'push', name: 'The desk' }),
  users: () => ask('POST', '/v1/users', { name: 'Ilse Brandt', email: 'ilse@courier.example', role: 'writer' }),
  webhooks: () => ask('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/hook', events: ['post.failed'] }),
};

describe('removing what is changed against its version', () => {
  it('is all that has both', async () => {
    const { paths } = (await ask('GET', '/openapi.json')).json<{
      paths: Record<string, Record<string, { parameters?: { name: string; required?: boolean }[] }>>;
    }>();
    const ifMatchOf = (path: string, method: string) =>
      paths[path]?.[method]?.parameters?.find(({ name }) => name === 'If-Match');
    const both = Object.keys(paths).filter((path) => ifMatchOf(path, 'patch') && paths[path]?.['delete']);
    expect(both.sort()).toEqual(Object.keys(versioned).map((noun) => `/v1/${noun}/{id}`));
    for (const path of both) expect(ifMatchOf(path, 'delete')?.required ?? false, path).toBe(false);
  });

  it.each(Object.keys(versioned) as (keyof typeof versioned)[])(
    'of %s is refused with another version than it is at, and done with its own',
    async (noun) => {
      const made = await versioned[noun]();
      expect(made.statusCode, made.body).toBe(201);
      const url = `/v1/${noun}/${made.json<{ id: string }>().id}`;
      const etag = String((await ask('GET', url)).headers.etag);
      const other = `"${Number(etag.replaceAll('"', '')) + 1}"`;
      const refused = problemOf(await ask('DELETE', url, undefined, { 'if-match': other }));
      expect([refused.status, refused.type]).toEqual([412, '/problems/stale-version']);
      expect(refused.detail).toMatch(/ is at version \d+, not \d+: somebody changed it\. Read it again\.$/);
      expect((await ask('GET', url)).statusCode).toBe(200);
      const nonsense = await ask('DELETE', url, undefined, { 'if-match': 'nonsense' });
      expect(nonsense.statusCode).toBe(412);
      expect((await ask('DELETE', url, undefined, { 'if-match': etag })).statusCode).toBe(204);
      expect((await ask('DELETE', url, undefined, { 'if-match': etag })).statusCode).toBe(404);
    },
  );
});
