import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareFirstRun } from '../../src/api/first-run.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
// Sign-in is limited by address: each test has an installation, and so a count, of its own.
beforeEach(async () => void (here = await openInstallation()));
afterEach(() => here.close());

const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
const post = (body: string, headers: Record<string, string> = form) =>
  here.app.inject({ method: 'POST', url: '/sign-in', headers, payload: body });

async function freshLink(): Promise<{ path: string; body: string }> {
  const { signInPath } = await prepareFirstRun(here.context);
  return { path: signInPath, body: signInPath.split('?')[1] ?? '' };
}

describe('a sign-in link', () => {
  it('signs in once, with a cookie that scripts and other sites cannot use', async () => {
    const { body } = await freshLink();
    const first = await post(body);
    expect(first.statusCode).toBe(303);
    expect(first.headers.location).toBe('/sign-in/keep');
    const cookie = String(first.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-sf_session=[\w-]{43}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(attribute);
    const session = await here.app.inject({ url: '/v1/session', headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(session.json()).toMatchObject({ member: { role: 'admin' }, apiKey: null, timeZone: 'Europe/Bucharest' });
    const second = await post(body);
    expect(second.statusCode).toBe(410);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('is not used up by being opened, as mail filters and chat previews do', async () => {
    const { path, body } = await freshLink();
    for (let time = 0; time < 3; time++) {
      const opened = await here.app.inject({ url: path });
      expect(opened.statusCode).toBe(200);
      expect(opened.headers['set-cookie']).toBeUndefined();
      expect(opened.body).toContain('<form method="post" action="/sign-in">');
    }
    expect((await here.app.inject({ method: 'HEAD', url: path })).statusCode).toBe(200);
    expect((await post(body)).statusCode).toBe(303);
  });

  it('runs out after 15 minutes', async () => {
    const { body, path } = await freshLink();
    const age = (minutes: number) =>
      here.context.database.run(
        `UPDATE standfirst.sign_in_link SET expires_at = expires_at - make_interval(mins => $1)`,
        [minutes],
      );
    await age(14);
    expect((await here.app.inject({ url: path })).statusCode).toBe(200);
    await age(1);
    expect((await here.app.inject({ url: path })).statusCode).toBe(410);
    expect((await post(body)).statusCode).toBe(410);
  });

  it('cannot be pressed from another site', async () => {
    const { body } = await freshLink();
    const crossSite = await post(body, { ...form, 'sec-fetch-site': 'cross-site' });
    expect(crossSite.statusCode).toBe(403);
    const foreign = await post(body, { 'content-type': form['content-type'], origin: 'https://evil.example' });
    expect(foreign.statusCode).toBe(403);
    const own = await post(body, {
      'content-type': form['content-type'],
      host: 'desk:8484',
      origin: 'http://desk:8484',
    });
    expect(own.statusCode).toBe(303);
  });

  it('is guessed 20 times a minute from one address, and not more', async () => {
    for (let guess = 0; guess < 20; guess++) expect((await post(`token=${'g'.repeat(43)}`)).statusCode).toBe(410);
    const refused = await post(`token=${'g'.repeat(43)}`);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(problemOf(refused).title).toBe('Too many requests');
  });

  it('is let in again after a minute, also where the clock was set back by an hour meanwhile', async () => {
    let passed = 0;
    const own = await openInstallation({}, { io: { monotonic: () => passed } });
    const guess = () =>
      own.app.inject({ method: 'POST', url: '/sign-in', headers: form, payload: `token=${'g'.repeat(43)}` });
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    for (let time = 0; time < 20; time++) expect((await guess()).statusCode).toBe(410);
    clock.mockRestore();
    passed = 59_999;
    expect((await guess()).headers['retry-after']).toBe('1');
    passed = 60_000;
    // The database's clock is nobody's to turn here: what it has written down is moved instead.
    const turn = (by: string) =>
      own.context.database.run(`UPDATE standfirst.try SET ends_at = ends_at + $1::interval`, [by]);
    expect((await guess()).statusCode).toBe(429);
    passed = 120_000;
    await turn('-60 seconds');
    for (let time = 0; time < 20; time++) expect((await guess()).statusCode).toBe(410);
    passed = 180_000;
    await turn('1 hour');
    expect((await guess()).statusCode).toBe(410);
    await own.close();
  });

  it('opens one account five times a minute, and not more', async () => {
    for (let time = 0; time < 5; time++) expect((await post((await freshLink()).body)).statusCode).toBe(303);
    expect((await post((await freshLink()).body)).statusCode).toBe(429);
  });

  it('is stored as a hash only', async () => {
    const { body } = await freshLink();
    const token = body.replace('token=', '');
    const cookie = String((await post(body)).headers['set-cookie']).slice('__Host-sf_session='.length, 60);
    const dump = await here.context.database.pool.query(
      `SELECT row_to_json(link)::text AS row FROM standfirst.sign_in_link AS link
       UNION ALL SELECT row_to_json(session)::text FROM standfirst.session`,
    );
    const rows = dump.rows.map((row: { row: string }) => row.row).join('\n');
    expect(dump.rows).toHaveLength(2);
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(cookie.slice(0, 40));
  });

  it('needs a name without a prefix where the operator allows cookies on plain http', async () => {
    const insecure = await openInstallation({ STANDFIRST_INSECURE_COOKIES: '1' });
    const cookie = await insecure.signIn();
    expect(cookie).toMatch(/^sf_session=/);
    expect((await insecure.app.inject({ url: '/v1/session', headers: { cookie } })).statusCode).toBe(200);
    await insecure.close();
  });
});

describe('a first run', () => {
  it('makes one admin, however often and by however many processes it is prepared', async () => {
    await Promise.all(Array.from({ length: 5 }, () => prepareFirstRun(here.context)));
    const { rows } = await here.context.database.pool.query('SELECT role FROM standfirst.member');
    expect(rows).toEqual([{ role: 'admin' }]);
  });
});

describe('a session', () => {
  const make = (headers: Record<string, string>, payload: object = { name: 'k', scopes: ['posts:read'] }) =>
    here.app.inject({ method: 'POST', url: '/v1/api-keys', headers, payload });

  it('changes something only for a request of our own page', async () => {
    const cookie = await here.signIn();
    const json = { cookie, 'content-type': 'application/json' };
    expect((await make({ ...json, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201);
    expect((await make({ ...json, host: 'desk:8484', origin: 'http://desk:8484' })).statusCode).toBe(201);
    for (const wrong of [
      json,
      { ...json, 'sec-fetch-site': 'cross-site' },
      { ...json, 'sec-fetch-site': 'same-site' },
      { ...json, 'sec-fetch-site': 'none' },
      { ...json, host: 'desk:8484', origin: 'http://evil.example' },
      { ...json, host: 'desk:8484', origin: 'null' },
    ]) {
      const answer = await make(wrong);
      expect(answer.statusCode).toBe(403);
      expect(problemOf(answer).type).toBe('/problems/cross-site');
    }
  });

  it('ends on the server when somebody signs out', async () => {
    const cookie = await here.signIn();
    const bare = { cookie, 'sec-fetch-site': 'same-origin' };
    const withoutHeader = await here.app.inject({ method: 'DELETE', url: '/v1/session', headers: bare });
    expect(withoutHeader.statusCode).toBe(403);
    const out = await here.app.inject({
      method: 'DELETE',
      url: '/v1/session',
      headers: { ...bare, 'x-standfirst': '1' },
    });
    expect(out.statusCode).toBe(204);
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await here.app.inject({ url: '/v1/session', headers: { cookie } })).statusCode).toBe(401);
  });

  it('ends after a week without a request', async () => {
    const cookie = await here.signIn();
    const age = (days: number) =>
      here.context.database.run(`UPDATE standfirst.session SET seen_at = now() - make_interval(days => $1)`, [days]);
    await age(6);
    expect((await here.app.inject({ url: '/v1/session', headers: { cookie } })).statusCode).toBe(200);
    await age(8);
    expect((await here.app.inject({ url: '/v1/session', headers: { cookie } })).statusCode).toBe(401);
  });

  it('of a new sign-in in the same browser ends the old one', async () => {
    const old = await here.signIn();
    const { body } = await freshLink();
    await post(body, { ...form, cookie: old });
    expect((await here.app.inject({ url: '/v1/session', headers: { cookie: old } })).statusCode).toBe(401);
  });
});
