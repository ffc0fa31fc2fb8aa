import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Loopback } from '../http/loopback.ts';
import { serve } from '../http/loopback.ts';
import { readNow } from '../line/newsroom.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const post = (url: string, payload: object) => here.app.inject({ method: 'POST', url, headers, payload });

/** How each noun that has a name is made. */
const makers: Record<string, (name: string) => ReturnType<typeof post>> = {
  member: (name) => post('/v1/users', { name, role: 'viewer' }),
  'API key': (name) => post('/v1/api-keys', { name, scopes: ['posts:read'] }),
  source: (name) => post('/v1/sources', { kind: 'push', name }),
  account: (name) => post('/v1/accounts', { network: 'sandbox', name, credentials: {} }),
};

describe.each(Object.entries(makers))('the name of a(n) %s', (_noun, make) => {
  it.each([
    ['a zero-width space', 'Admin\u200b'],
    ['a direction mark that turns letters around', 'Adm\u202eni'],
    ['a joiner where none is needed', 'Ad\u200dmin'],
    ['a line break', 'Desk\nAdmin'],
    ['an escape sequence of a terminal', 'Desk \u001b[31m'],
    ['a soft hyphen', 'Ad\u00admin'],
  ])('is refused with %s, which nobody sees', async (_what, name) => {
    expect(problemOf(await make(name)).errors).toMatchObject([
      { pointer: '/name', message: expect.stringContaining('invisible characters') },
    ]);
  });

  it.each(['Ølga Ĭonescu', '编辑部', 'کتاب‌ها', 'क्‍षेत्र', 'Desk 👩‍💻', 'مكتب الأخبار', 'O’Neill-Straße 7 (night)'])(
    'may be %s',
    async (name) => {
      const answer = await make(name);
      expect(answer.statusCode, answer.body).toBe(201);
      expect(answer.json()).toMatchObject({ name });
    },
  );
});

describe('the name that others give', () => {
  let open: Installation;
  let site: Loopback;
  beforeAll(async () => {
    open = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }, { hostFloorMs: 0 });
    site = await serve((request, response) => {
      if (request.url === '/feed.xml') {
        response.writeHead(200, { 'content-type': 'application/rss+xml' });
        return void response.end(
          '<rss version="2.0"><channel><title>Tarn\u200b \u202eValley\u0085Post</title></channel></rss>',
        );
      }
      const isWho = request.url === '/api/v1/accounts/verify_credentials';
      response.writeHead(isWho ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: '7', username: 'desk\u001b[2J\u202e', url: 'https://social.example/@desk' }));
    });
  });
  afterAll(async () => {
    await open.close();
    await site[Symbol.asyncDispose]();
  });

  it('is a line without what nobody sees: of an account', async () => {
    const payload = { network: 'mastodon', credentials: { server: site.url, accessToken: 'x' } };
    const made = await open.app.inject({ method: 'POST', url: '/v1/accounts', headers: await open.key(), payload });
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({ name: expect.stringMatching(/^@desk \[2J@127\.0\.0\.1/) });
  });

  it('is a line without what nobody sees: of a feed', async () => {
    const headers = await open.key();
    const payload = { kind: 'feed', url: `${site.url}/feed.xml` };
    const made = await open.app.inject({ method: 'POST', url: '/v1/sources', headers, payload });
    const { id } = made.json<{ id: string }>();
    await readNow(open.context, id);
    const read = await open.app.inject({ url: `/v1/sources/${id}`, headers });
    expect(read.json()).toMatchObject({ name: 'Tarn Valley Post' });
  });
});
