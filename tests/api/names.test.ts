import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
