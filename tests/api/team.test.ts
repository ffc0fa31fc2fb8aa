import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberView } from '../../src/api/schemas/team.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Member } from './member.ts';
import { cookieOf, join, memberAt, newAddress, PASSWORD, postForm, tokenOf } from './member.ts';

let here: Installation;
let admin: Member;
beforeAll(async () => {
  here = await openInstallation();
  admin = await join(here, 'Ada Verhoeven', 'admin', 'ada@herald.example');
});
afterAll(() => here.close());

async function change(by: Member, id: string, change: object) {
  const read = await by.ask('GET', `/v1/users/${id}`);
  return by.ask('PATCH', `/v1/users/${id}`, change, { 'if-match': String(read.headers.etag) });
}

describe('a member', () => {
  it('is invited with a role, comes by the link once, and is found in the list', async () => {
    const invited = await admin.ask('POST', '/v1/users', { name: 'Ilse Brandvold', role: 'writer' });
    expect(invited.statusCode).toBe(201);
    const { id, link } = invited.json<{ id: string; link: { path: string; expiresAt: string } }>();
    expect(Date.parse(link.expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const opened = await here.app.inject({ url: link.path, remoteAddress: newAddress() });
    expect(opened.body).toContain('Welcome, Ilse Brandvold');
    const came = await postForm(here, { token: tokenOf(link.path), password: PASSWORD });
    expect(came.statusCode).toBe(303);
    expect((await postForm(here, { token: tokenOf(link.path), password: PASSWORD })).statusCode).toBe(410);
    const ilse = memberAt(here, id, 'Ilse Brandvold', cookieOf(came));
    expect((await ilse.ask('GET', '/v1/session')).json()).toMatchObject({
      member: { id, role: 'writer' },
      canReturn: true,
    });
    const list = (await admin.ask('GET', '/v1/users')).json<{ data: MemberView[] }>().data;
    expect(list).toContainEqual(expect.objectContaining({ id, hasPassword: true, joinedAt: expect.any(String) }));
  });

  it('sees who is in the team, but not addresses and not how others sign in', async () => {
    const viewer = await join(here, 'Viktor', 'viewer', 'viktor@herald.example');
    const seen = (await viewer.ask('GET', '/v1/users')).json<{ data: MemberView[] }>().data;
    expect(seen.find((member) => member.id === admin.id)).toMatchObject({
      email: null,
      hasPassword: null,
      passkeys: null,
    });
    expect(seen.find((member) => member.id === viewer.id)).toMatchObject({ email: 'viktor@herald.example' });
  });

  it('has a name and an address of their own, whatever the case', async () => {
    const invite = (name: string, email: string | null = null) =>
      admin.ask('POST', '/v1/users', { name, email, role: 'viewer' });
    expect((await invite('Case Study', 'case@herald.example')).statusCode).toBe(201);
    expect(problemOf(await invite('CASE STUDY')).detail).toContain('There is a member with the name CASE STUDY');
    expect(problemOf(await invite('Other', 'Case@Herald.example')).detail).toContain('the address Case@Herald.example');
    expect(problemOf(await invite('ada@herald.example')).errors).toMatchObject([{ pointer: '/name' }]);
  });

  it('has a new role with the next request, in every session and key', async () => {
    const editor = await join(here, 'Edda', 'admin');
    const { secret } = (
      await editor.ask('POST', '/v1/api-keys', { name: 'k', scopes: ['posts:approve', 'posts:read'] })
    ).json<{ secret: string }>();
    const scopesOf = async (headers: Record<string, string>): Promise<string[]> =>
      (await here.app.inject({ url: '/v1/session', headers })).json<{ scopes: string[] }>().scopes;
    const key = { authorization: `Bearer ${secret}` };
    expect(await scopesOf(key)).toContain('posts:approve');
    expect((await change(admin, editor.id, { role: 'viewer' })).statusCode).toBe(200);
    expect(await scopesOf({ cookie: editor.cookie })).not.toContain('posts:approve');
    expect(await scopesOf(key)).toEqual(['posts:read']);
  });

  it('who is removed is signed out at once, with keys and links', async () => {
    const leaver = await join(here, 'Lars', 'admin');
    const { secret } = (await leaver.ask('POST', '/v1/api-keys', { name: 'k', scopes: ['posts:read'] })).json<{
      secret: string;
    }>();
    const { path } = (await admin.ask('POST', `/v1/users/${leaver.id}/link`)).json<{ path: string }>();
    expect((await admin.ask('DELETE', `/v1/users/${leaver.id}`)).statusCode).toBe(204);
    expect((await leaver.ask('GET', '/v1/session')).statusCode).toBe(401);
    const key = { authorization: `Bearer ${secret}` };
    expect((await here.app.inject({ url: '/v1/session', headers: key })).statusCode).toBe(401);
    expect((await postForm(here, { token: tokenOf(path), password: PASSWORD })).statusCode).toBe(410);
    expect((await postForm(here, { login: 'Lars', password: PASSWORD })).statusCode).toBe(401);
    expect((await admin.ask('GET', `/v1/users/${leaver.id}`)).statusCode).toBe(404);
  });

  it('is changed only from the version that was read', async () => {
    const member = await join(here, 'Stale Stella', 'viewer');
    const etag = String((await admin.ask('GET', `/v1/users/${member.id}`)).headers.etag);
    const send = (name: string) => admin.ask('PATCH', `/v1/users/${member.id}`, { name }, { 'if-match': etag });
    expect((await send('Stella One')).statusCode).toBe(200);
    expect((await send('Stella Two')).statusCode).toBe(412);
    expect((await admin.ask('PATCH', `/v1/users/${member.id}`, { name: 'x' })).statusCode).toBe(428);
  });

  it('gives nobody a role that may do more than they, and opens no account of one who does', async () => {
    const headers = await here.key(['users:manage', 'users:read', 'posts:read']);
    const ask = (method: 'POST' | 'DELETE', url: string, payload: object = {}) =>
      here.app.inject({ method, url, headers, payload });
    for (const answer of [
      await ask('POST', '/v1/users', { name: 'Mallory', role: 'admin' }),
      await ask('POST', `/v1/users/${admin.id}/link`),
      await ask('DELETE', `/v1/users/${admin.id}`),
    ]) {
      expect(answer.statusCode).toBe(403);
      expect(problemOf(answer).detail).toContain('The role admin may do more than you');
    }
  });
});

describe('the last admin', () => {
  it('is neither removed nor demoted, also not when two admins do it to each other at once', async () => {
    const own = await openInstallation();
    try {
      const [one, two] = [await join(own, 'One', 'admin'), await join(own, 'Two', 'admin')];
      const answers = await Promise.all([
        change(one, two.id, { role: 'viewer' }),
        two.ask('DELETE', `/v1/users/${one.id}`),
      ]);
      const statuses = answers.map((answer) => answer.statusCode).sort();
      // The slower one has lost the right in the meantime, or finds that nobody else is left.
      expect([200, 204]).toContain(statuses[0]);
      expect([401, 403, 409]).toContain(statuses[1]);
      const key = await own.key();
      const left = (await own.app.inject({ url: '/v1/users', headers: key })).json<{ data: MemberView[] }>().data;
      const last = left.find((member) => member.role === 'admin' && member.joinedAt !== null);
      expect(last).toBeDefined();
      const removed = await own.app.inject({ method: 'DELETE', url: `/v1/users/${last?.id}`, headers: key });
      expect(removed.statusCode).toBe(409);
      expect(problemOf(removed).detail).toContain('is the last admin who has signed in, and cannot be removed');
    } finally {
      await own.close();
    }
  });
});

describe('the matrix of roles', () => {
  it('is data: each role has what the one before has, and more', async () => {
    const { roles } = (await admin.ask('GET', '/v1/roles')).json<{ roles: { role: string; scopes: string[] }[] }>();
    expect(roles.map(({ role }) => role)).toEqual(['viewer', 'writer', 'editor', 'publisher', 'admin']);
    for (const [index, { scopes }] of roles.entries()) {
      expect(scopes).toEqual(expect.arrayContaining(roles[index - 1]?.scopes ?? []));
    }
  });
});
