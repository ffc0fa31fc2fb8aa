import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/api/access.ts';
import { roleCovers, roles, scopeNames, scopes } from '../../src/api/access.ts';
import { access } from '../../src/api/access-table.ts';
import { createApiKey } from '../../src/api/first-run.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
beforeAll(async () => void (here = await openInstallation()));
afterAll(() => here.close());

const routes = Object.entries(access).map(([name, needs]) => {
  const [method = 'GET', url = '/'] = name.split(' ');
  return {
    name,
    needs,
    method: method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: url.replace(/:\w+/, 'post_none'),
  };
});
const guarded = routes.filter((route) => route.needs !== 'public');
const scoped = guarded.filter((route) => route.needs !== 'anybody-known');

describe('every route', () => {
  it.each(guarded)('$name answers 401 to a stranger', async ({ method, url }) => {
    const answer = await here.app.inject({ method, url, ...(method === 'GET' ? {} : { payload: {} }) });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(problemOf(answer).type).toBe('/problems/unauthenticated');
  });

  it.each(scoped)('$name refuses a key that has every scope but $needs', async ({ method, url, needs }) => {
    const headers = await here.key(scopeNames.filter((scope) => scope !== needs));
    const answer = await here.app.inject({ method, url, headers, ...(method === 'GET' ? {} : { payload: {} }) });
    expect(answer.statusCode).toBe(403);
    expect(problemOf(answer).detail).toContain(needs);
  });

  // The stream never ends by itself: it is asked for in events.test.ts.
  const answering = scoped.filter((route) => route.name !== 'GET /v1/events');
  it.each(answering)('$name lets a key in that has $needs alone', async ({ method, url, needs }) => {
    const headers = await here.key([needs as Scope]);
    const answer = await here.app.inject({ method, url, headers, ...(method === 'GET' ? {} : { payload: {} }) });
    expect([401, 403]).not.toContain(answer.statusCode);
    expect(answer.statusCode).toBeLessThan(500);
  });
});

describe('an API key', () => {
  const ask = (authorization: string) => here.app.inject({ url: '/v1/session', headers: { authorization } });

  it('is refused when it is mistyped, unknown, or in the wrong place', async () => {
    const { authorization = '' } = await here.key();
    expect((await ask(authorization)).statusCode).toBe(200);
    const mistyped = authorization.slice(0, -1) + (authorization.endsWith('a') ? 'b' : 'a');
    expect(problemOf(await ask(mistyped)).detail).toContain('not one of our API keys');
    expect(problemOf(await ask('Basic Zm9vOmJhcg==')).detail).toContain('Bearer sf_live_');
  });

  it('is guessed 20 times a minute from one address; right keys from there still pass', async () => {
    const guess = () =>
      here.app.inject({
        url: '/v1/session',
        headers: { authorization: 'Bearer sf_live_guess' },
        remoteAddress: '192.0.2.7',
      });
    for (let n = 0; n < 20; n++) expect((await guess()).statusCode).toBe(401);
    expect((await guess()).statusCode).toBe(429);
    const right = await here.app.inject({ url: '/v1/session', headers: await here.key(), remoteAddress: '192.0.2.7' });
    expect(right.statusCode).toBe(200);
  });

  it('is refused once it has expired or was revoked', async () => {
    const expired = await createApiKey(here.context, { name: 'old', expiresAt: new Date(Date.now() - 1000) }, 'test');
    expect((await ask(`Bearer ${expired.secret}`)).statusCode).toBe(401);
    const { row, secret } = await createApiKey(here.context, { name: 'lost' }, 'test');
    const revoked = await here.app.inject({
      method: 'DELETE',
      url: `/v1/api-keys/${row.id}`,
      headers: await here.key(),
    });
    expect(revoked.statusCode).toBe(204);
    expect((await ask(`Bearer ${secret}`)).statusCode).toBe(401);
  });

  it('is refused even where none is needed, when it is wrong', async () => {
    const answer = await here.app.inject({ url: '/healthz', headers: { authorization: 'Bearer nonsense' } });
    expect(answer.statusCode).toBe(401);
  });

  it('can be made through the API, shows its secret once, and gives no more than its maker has', async () => {
    const headers = await here.key(['api-keys:manage', 'posts:read']);
    const make = (payload: object, more: Record<string, string> = {}) =>
      here.app.inject({ method: 'POST', url: '/v1/api-keys', headers: { ...headers, ...more }, payload });
    const made = await make({ name: 'reader', scopes: ['posts:read'] });
    expect(made.statusCode).toBe(201);
    const { secret, id } = made.json<{ secret: string; id: string }>();
    expect((await ask(`Bearer ${secret}`)).json()).toMatchObject({ apiKey: { id }, scopes: ['posts:read'] });
    const listed = await here.app.inject({ url: '/v1/api-keys', headers });
    expect(listed.body).toContain(id);
    expect(listed.body).not.toContain(secret);
    const greedy = await make({ name: 'greedy', scopes: ['posts:publish'] });
    expect(greedy.statusCode).toBe(403);
    expect(problemOf(greedy).detail).toContain('posts:publish');
  });

  it('keeps its secret out of a replayed answer', async () => {
    const headers = { ...(await here.key()), 'idempotency-key': 'make-one-key' };
    const make = () =>
      here.app.inject({
        method: 'POST',
        url: '/v1/api-keys',
        headers,
        payload: { name: 'once', scopes: ['posts:read'] },
      });
    const first = await make();
    const second = await make();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.json()).toEqual({ ...first.json<object>(), secret: null });
  });
});

describe('a test key', () => {
  it('reaches the sandbox, and no network that people see', async () => {
    const headers = await here.key(undefined, true);
    const add = (network: string) =>
      here.app.inject({ method: 'POST', url: '/v1/accounts', headers, payload: { network, credentials: {} } });
    expect((await add('sandbox')).statusCode).toBe(201);
    expect((await add('x')).statusCode).toBe(403);
  });

  it('makes only test keys', async () => {
    const made = await here.app.inject({
      method: 'POST',
      url: '/v1/api-keys',
      headers: await here.key(undefined, true),
      payload: { name: 'child', scopes: ['posts:read'], isTest: false },
    });
    expect(made.json()).toMatchObject({ isTest: true });
    expect(made.json<{ secret: string }>().secret).toMatch(/^sf_test_/);
  });
});

describe('roles', () => {
  it('grow: each may do what those before it may', () => {
    for (const scope of scopeNames) {
      const allowed = roles.map((role) => roleCovers(role, scope));
      expect(allowed).toEqual([...allowed].sort((one, other) => Number(one) - Number(other)));
      expect(roleCovers('admin', scope)).toBe(true);
    }
    expect(roleCovers('writer', 'posts:publish')).toBe(false);
    expect(scopes['api-keys:manage']).toBe('admin');
  });
});
