import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, Scope } from '../../src/api/access.ts';
import { roleCovers, roles, scopeNames, scopes } from '../../src/api/access.ts';
import { access, openToTestKeys } from '../../src/api/access-table.ts';
import { createApiKey } from '../../src/api/first-run.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import { makeToken } from '../../src/secrets/token.ts';
import { insertAccount, accountSettings } from '../../src/store/account.ts';
import { insertSession } from '../../src/store/session.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
beforeAll(async () => void (here = await openInstallation()));
afterAll(() => here.close());

/** Every route of the access table: one that is new is walked from its first day. */
const routes = Object.entries(access).map(([name, needs]) => {
  const [method = 'GET', url = '/'] = name.split(' ');
  return {
    name,
    needs,
    method: method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: url.replace(/:\w+/, 'post_none'),
  };
});
type Route = (typeof routes)[number];
const guarded = routes.filter((route) => route.needs !== 'public');
// The stream never ends by itself: who hears it is asked in events.test.ts.
const answering = (route: Route): boolean => route.name !== 'GET /v1/events';

const ask = ({ method, url }: Route, headers: Record<string, string> = {}) =>
  here.app.inject({ method, url, headers, ...(method === 'GET' ? {} : { payload: {} }) });

/** 403 in the words of the access table; a handler may have reasons of its own to refuse. */
function isShutOut(answer: Awaited<ReturnType<typeof ask>>, needs: string): boolean {
  return (
    answer.statusCode === 403 &&
    new RegExp(`(lacks the scope|does not include) ${needs}\\.$`).test(problemOf(answer).detail)
  );
}

describe('the full matrix: every route', () => {
  it.each(guarded)('$name answers 401 to a stranger', async (route) => {
    const answer = await ask(route);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(problemOf(answer).type).toBe('/problems/unauthenticated');
  });

  it.each(guarded)('$name asks members of every role for $needs', async (route) => {
    for (const role of roles) {
      const mayCall = route.needs === 'anybody-known' || roleCovers(role, route.needs as Scope);
      if (mayCall && !answering(route)) continue;
      const answer = await ask(route, await sessionOf(role));
      expect(isShutOut(answer, route.needs), `${role}: ${answer.statusCode} ${answer.body}`).toBe(!mayCall);
      expect(answer.statusCode).not.toBe(401);
      expect(answer.statusCode).toBeLessThan(500);
    }
  });

  it.each(guarded)('$name asks keys of every scope for $needs alone', async (route) => {
    for (const scope of scopeNames) {
      const mayCall = route.needs === 'anybody-known' || route.needs === scope;
      if (mayCall && !answering(route)) continue;
      const answer = await ask(route, await keyWith([scope]));
      expect(isShutOut(answer, route.needs), `${scope}: ${answer.statusCode} ${answer.body}`).toBe(!mayCall);
      expect(answer.statusCode).toBeLessThan(500);
    }
    if (route.needs === 'anybody-known') return;
    const others = await ask(route, await keyWith(scopeNames.filter((scope) => scope !== route.needs)));
    expect(isShutOut(others, route.needs)).toBe(true);
  });

  it.each(guarded.filter(answering))('$name keeps a test key within the sandbox', async (route) => {
    const answer = await ask(route, await keyWith(scopeNames, true));
    const isRefused =
      answer.statusCode === 403 && problemOf(answer).detail.includes('A test key reaches the sandbox only');
    const isOpen = route.method === 'GET' || openToTestKeys.has(route.name);
    expect(isRefused, answer.body).toBe(!isOpen);
  });
});

it('every post tells each role what that role may do with it, and no more', async () => {
  const actions = {
    approve: 'approve',
    reject: 'reject',
    cancel: 'cancel',
    hold: 'hold',
    requestChanges: 'request-changes',
  };
  const bodies: Partial<Record<string, object>> = {
    reject: { reason: 'No.' },
    hold: { reason: 'Wait.' },
    'request-changes': { note: 'Why?' },
  };
  for (const role of roles) {
    const headers = await sessionOf(role);
    for (const [action, verb] of Object.entries(actions)) {
      const { data } = (
        await here.app.inject({
          method: 'POST',
          url: '/v1/posts',
          headers: await here.key(),
          payload: { accountIds: [here.sandboxId], text: `For ${role} to ${verb}.`, schedule: 'review' },
        })
      ).json<{ data: [PostView] }>();
      const url = `/v1/posts/${data[0].id}`;
      const seen = (await here.app.inject({ method: 'GET', url, headers })).json<PostView>();
      const payload = bodies[verb] ?? {};
      const done = await here.app.inject({ method: 'POST', url: `${url}/${verb}`, headers, payload });
      expect(seen.can.includes(action as PostView['can'][number]), `${role}: ${action}`).toBe(done.statusCode === 200);
      if (role === 'viewer') expect(seen.can).toEqual([]);
    }
  }
});

const keys = new Map<string, Promise<Record<string, string>>>();
function keyWith(given: readonly Scope[], isTest = false): Promise<Record<string, string>> {
  const name = `${String(isTest)} ${given.join(' ')}`;
  keys.set(name, keys.get(name) ?? here.key(given, isTest));
  return keys.get(name) as Promise<Record<string, string>>;
}

/** A session of its own for each request: some routes end it. */
async function sessionOf(role: Role): Promise<Record<string, string>> {
  const { database, io } = here.context;
  const id = `user_${role}`;
  await database.run(`INSERT INTO standfirst.member (id, name, role) VALUES ($1, $1, $2) ON CONFLICT DO NOTHING`, [
    id,
    role,
  ]);
  const { token, hash } = makeToken();
  await insertSession(database, {
    id: io.id('session'),
    tokenHash: hash,
    memberId: id,
    ip: '127.0.0.1',
    userAgent: null,
  });
  return { cookie: `__Host-sf_session=${token}`, 'sec-fetch-site': 'same-origin', 'x-standfirst': '1' };
}

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
    const { prefix } = made.json<{ prefix: string }>();
    expect(prefix).toMatch(/^sf_live_[0-9A-Za-z]{16}$/);
    expect(secret.startsWith(`${prefix}_`)).toBe(true);
    expect(listed.body).toContain(`"prefix":"${prefix}"`);
    const url = `/v1/api-keys/${id}/rotate`;
    const other = (await here.app.inject({ method: 'POST', url, headers })).json<{ secret: string; prefix: string }>();
    expect(other.prefix).not.toBe(prefix);
    expect(other.secret.startsWith(`${other.prefix}_`)).toBe(true);
    expect(listed.body).not.toContain(secret);
    const greedy = await make({ name: 'greedy', scopes: ['posts:publish'] });
    expect(greedy.statusCode).toBe(403);
    expect(problemOf(greedy).detail).toContain('posts:publish');
  });

  it('is no stronger and no longer lived than the key that makes it', async () => {
    const soon = new Date(Date.now() + 3_600_000);
    const { secret } = await createApiKey(here.context, { name: 'short', expiresAt: soon }, 'test');
    const headers = { authorization: `Bearer ${secret}` };
    const make = (more: object = {}) =>
      here.app.inject({
        method: 'POST',
        url: '/v1/api-keys',
        headers,
        payload: { name: 'k', scopes: ['posts:read'], ...more },
      });
    expect((await make()).json()).toMatchObject({ expiresAt: soon.toISOString() });
    const longer = await make({ expiresAt: new Date(Date.now() + 7_200_000).toISOString() });
    expect(longer.statusCode).toBe(403);
    const eternal = await createApiKey(here.context, { name: 'eternal' }, 'test');
    const taken = await here.app.inject({ method: 'POST', url: `/v1/api-keys/${eternal.row.id}/rotate`, headers });
    expect(taken.statusCode).toBe(403);
  });

  it('is not ended by one that may do less, but ends itself', async () => {
    const strong = await createApiKey(here.context, { name: 'strong' }, 'test');
    const weak = await here.key(['api-keys:manage', 'posts:read']);
    const revoke = (id: string, headers: Record<string, string>) =>
      here.app.inject({ method: 'DELETE', url: `/v1/api-keys/${id}`, headers });
    const refused = await revoke(strong.row.id, weak);
    expect(refused.statusCode).toBe(403);
    expect(problemOf(refused).detail).toMatch(/scopes you do not have: .*posts:publish/);
    expect((await ask(`Bearer ${strong.secret}`)).statusCode).toBe(200);
    const equal = await createApiKey(here.context, { name: 'equal', scopes: ['posts:read'] }, 'test');
    expect((await revoke(equal.row.id, weak)).statusCode).toBe(204);
    const own = (await here.app.inject({ url: '/v1/session', headers: weak })).json<{ apiKey: { id: string } }>();
    expect((await revoke(own.apiKey.id, weak)).statusCode).toBe(204);
    expect((await ask(weak['authorization'] ?? '')).statusCode).toBe(401);
  });

  it('is rotated: a new secret at once, the old one for as long as was asked', async () => {
    const headers = await here.key();
    const rotate = async (id: string, payload?: object) =>
      (
        await here.app.inject({
          method: 'POST',
          url: `/v1/api-keys/${id}/rotate`,
          headers,
          ...(payload === undefined ? {} : { payload }),
        })
      ).json<{ id: string; secret: string }>();
    const old = await createApiKey(here.context, { name: 'rotating', scopes: ['posts:read'] }, 'test');
    const first = await rotate(old.row.id);
    expect((await ask(`Bearer ${old.secret}`)).statusCode).toBe(401);
    expect((await ask(`Bearer ${first.secret}`)).json()).toMatchObject({
      apiKey: { id: old.row.id },
      scopes: ['posts:read'],
    });
    const second = await rotate(old.row.id, { overlapMinutes: 60 });
    expect((await ask(`Bearer ${first.secret}`)).statusCode).toBe(200);
    expect((await ask(`Bearer ${second.secret}`)).statusCode).toBe(200);
    await here.context.database.run(
      `UPDATE standfirst.api_key SET previous_until = previous_until - interval '1 hour' WHERE id = $1`,
      [old.row.id],
    );
    expect((await ask(`Bearer ${first.secret}`)).statusCode).toBe(401);
    const weak = await here.key(['api-keys:manage']);
    const stolen = await here.app.inject({ method: 'POST', url: `/v1/api-keys/${old.row.id}/rotate`, headers: weak });
    expect(stolen.statusCode).toBe(403);
  });

  it('is told by its prefix and checksum, and stored as SHA-256 only', async () => {
    const { secret, row } = await createApiKey(here.context, { name: 'scanned' }, 'test');
    expect(secret).toMatch(/^sf_live_[0-9A-Za-z]{16}_[0-9A-Za-z]{38}$/);
    const stored = await here.context.database.pool.query<{ row: string }>(
      'SELECT row_to_json(api_key)::text AS row FROM standfirst.api_key WHERE id = $1',
      [row.id],
    );
    expect(stored.rows[0]?.row).toContain(createHash('sha256').update(secret).digest('hex'));
    expect(stored.rows[0]?.row).not.toContain(secret.split('_')[3]);
  });

  it('says when it was last used', async () => {
    const { row, secret } = await createApiKey(here.context, { name: 'used' }, 'test');
    await ask(`Bearer ${secret}`);
    const listed = (await here.app.inject({ url: '/v1/api-keys?limit=100', headers: await here.key() })).json<{
      data: { id: string; lastUsedAt: string | null }[];
    }>();
    expect(listed.data.find((key) => key.id === row.id)?.lastUsedAt).not.toBeNull();
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

  it('does nothing to a post on a network that people see, by any verb', async () => {
    const { database, io } = here.context;
    const account = {
      id: io.id('account'),
      network: 'webhook',
      name: 'Seen',
      remoteId: null,
      url: null,
      credentials: 'none',
      expiresAt: null,
      limits: null,
      powers: null,
      settings: accountSettings.parse({}),
    };
    await database.transaction((sql) => insertAccount(sql, account, 'test'));
    const live = await here.key();
    const made = await here.app.inject({
      method: 'POST',
      url: '/v1/posts',
      headers: live,
      payload: { accountIds: [account.id], text: 'Seen by people.', schedule: 'review' },
    });
    const id = made.json<{ data: { id: string }[] }>().data[0]?.id ?? '';
    const before = (await here.app.inject({ url: `/v1/posts/${id}`, headers: live })).body;
    const bodies: Record<string, object> = {
      reject: { reason: 'x' },
      'request-changes': { note: 'x' },
      schedule: { at: new Date(Date.now() + 3_600_000).toISOString() },
      correct: { text: 'x' },
      rewrite: { how: 'shorter' },
      hold: { reason: 'x' },
    };
    const headers = await here.key(undefined, true);
    const verbs = [...openToTestKeys].filter((name) => name.startsWith('POST /v1/posts/:id/'));
    for (const name of verbs) {
      const verb = name.replace('POST /v1/posts/:id/', '');
      const url = `/v1/posts/${id}/${verb}`;
      const answer = await here.app.inject({ method: 'POST', url, headers, payload: bodies[verb] ?? {} });
      expect(answer.statusCode, `${verb}: ${answer.body}`).toBe(403);
      if (verb === 'dry-run') continue;
      const bulk = { action: verb, ids: [id], ...(bodies[verb] === undefined ? {} : { with: bodies[verb] }) };
      const many = await here.app.inject({ method: 'POST', url: '/v1/post-actions', headers, payload: bulk });
      // Verbs that are not for many posts are not taken at all.
      expect(many.json<{ done?: number }>().done ?? 0, `${verb}: ${many.body}`).toBe(0);
    }
    const edit = await here.app.inject({
      method: 'PATCH',
      url: `/v1/posts/${id}`,
      headers: { ...headers, 'if-match': '"1"' },
      payload: { text: 'x' },
    });
    expect(edit.statusCode).toBe(403);
    for (const [url, payload] of [
      ['/v1/posts', { accountIds: [account.id], text: 'x' }],
      ['/v1/articles', { title: 'x', text: 'A text that is long enough.', accountIds: [account.id] }],
      ['/v1/recurrences', { postId: id, time: '08:30', timeZone: 'Europe/Bucharest' }],
      ['/v1/connections', { network: 'mastodon', app: {} }],
    ] as const) {
      const answer = await here.app.inject({ method: 'POST', url, headers, payload });
      expect(answer.statusCode, `${url}: ${answer.body}`).toBe(403);
    }
    for (const verb of ['check', '']) {
      const url = `/v1/accounts/${account.id}/${verb}`.replace(/\/$/, '');
      const method = verb === '' ? 'DELETE' : 'POST';
      expect((await here.app.inject({ method, url, headers })).statusCode).toBe(403);
    }
    expect((await here.app.inject({ url: `/v1/posts/${id}`, headers: live })).body).toBe(before);
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
