import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberByPassword } from '../../src/pipeline/sign-in.ts';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Member } from './member.ts';
import { cookieOf, join, keepWindowsOpen, memberAt, newAddress, PASSWORD, postForm, tokenOf } from './member.ts';

let here: Installation;
beforeAll(async () => void (here = await openInstallation()));
afterAll(() => here.close());

const signIn = (login: string, password = PASSWORD, remoteAddress = newAddress()) =>
  postForm(here, { login, password }, { remoteAddress });

const NEW = 'seven-herons-on-a-raft';

describe('signing in with a password', () => {
  it('takes the name or the address, whatever their case, and gives a new token each time', async () => {
    const member = await join(here, 'Marit Solheim', 'editor', 'marit@herald.example');
    const cookies = [member.cookie];
    for (const login of ['Marit Solheim', 'marit solheim', 'MARIT@herald.example']) {
      const answer = await signIn(login);
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe('/');
      cookies.push(cookieOf(answer));
    }
    expect(new Set(cookies).size).toBe(4);
    expect((await memberAt(here, member.id, '', cookies.at(-1) ?? '').ask('GET', '/v1/session')).statusCode).toBe(200);
  });

  it('ends the session that the browser had before', async () => {
    const member = await join(here, 'Rotating Rosa', 'viewer');
    const again = await postForm(here, { login: 'Rotating Rosa', password: PASSWORD }, { cookie: member.cookie });
    expect(again.statusCode).toBe(303);
    expect((await member.ask('GET', '/v1/session')).statusCode).toBe(401);
  });

  it('answers a wrong password and a name that nobody has alike, to the letter', async () => {
    await join(here, 'Known Knut', 'viewer');
    const page = (body: string): string => body.replace(/nonce="[^"]*"/g, '').replace(/value="[^"]*"/g, '');
    const [wrong, nobody] = [await signIn('Known Knut', 'wrong-wrong-wrong'), await signIn('Nobody Nils', PASSWORD)];
    expect([wrong.statusCode, nobody.statusCode]).toEqual([401, 401]);
    expect(page(wrong.body)).toBe(page(nobody.body));
    expect(wrong.body).toContain('The name and the password do not match.');
    for (const answer of [wrong, nobody]) expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('takes as long for a name that nobody has as for a wrong password', async () => {
    await join(here, 'Timed Tove', 'viewer');
    const times: Record<string, number[]> = { 'Timed Tove': [], 'Nobody Nora': [] };
    const measure = async (login: string): Promise<number> => {
      const start = performance.now();
      expect(await memberByPassword(here.context.database, login, 'wrong-wrong-wrong')).toBeNull();
      return performance.now() - start;
    };
    await measure('Nobody Nora');
    // In turns, and the best of nine: what else the machine does meets both, and not each time.
    for (let round = 0; round < 9; round++) {
      for (const [login, all] of Object.entries(times)) all.push(await measure(login));
    }
    const [known = 0, nobody = 0] = Object.values(times).map((all) => Math.min(...all));
    // Without the decoy the second is a tenth of the first.
    expect(nobody / known).toBeGreaterThan(0.3);
    expect(nobody / known).toBeLessThan(3);
  });

  it('is tried five times a minute for one account and 20 times from one address; nothing is locked', async () => {
    await join(here, 'Guessed Gerda', 'viewer');
    for (let n = 0; n < 5; n++) {
      expect((await signIn('Guessed Gerda', 'wrong-wrong-wrong')).statusCode).toBe(401);
      if (n === 0) await keepWindowsOpen(here.context.database);
    }
    const sixth = await signIn('guessed gerda');
    expect(sixth.statusCode).toBe(429);
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
    expect(sixth.body).toMatch(/Too many tries\. Wait \d+ seconds; nothing is locked\./);
    const remoteAddress = newAddress();
    for (let n = 0; n < 20; n++) {
      expect((await signIn(`Somebody ${n}`, 'x', remoteAddress)).statusCode).toBe(401);
      if (n === 0) await keepWindowsOpen(here.context.database);
    }
    expect((await signIn('Somebody else', 'x', remoteAddress)).statusCode).toBe(429);
  });

  it('is audited, also when it fails, without what was typed', async () => {
    const member = await join(here, 'Audited Aud', 'viewer');
    await signIn('Audited Aud', 'not-the-right-password', '203.0.113.9');
    await signIn('my-password-in-the-wrong-field', 'x', '203.0.113.9');
    const headers = await here.key();
    const url = '/v1/audit?action=member.sign_in_failed&ip=203.0.113.9';
    const answer = await here.app.inject({ url, headers });
    const rows = answer.json<{ data: AuditView[] }>().data;
    expect(rows.map((row) => row.subject)).toEqual(['nobody', member.id]);
    expect(answer.body).not.toContain('not-the-right-password');
    expect(answer.body).not.toContain('my-password-in-the-wrong-field');
  });

  it('cannot be sent from another site', async () => {
    const answer = await here.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      payload: 'login=a&password=b',
    });
    expect(answer.statusCode).toBe(403);
  });

  it('keeps only an argon2id hash', async () => {
    await join(here, 'Hashed Hanne', 'viewer');
    const { rows } = await here.context.database.pool.query<{ row: string }>(
      `SELECT row_to_json(member)::text AS row FROM standfirst.member WHERE name = 'Hashed Hanne'`,
    );
    expect(rows[0]?.row).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(rows[0]?.row).not.toContain(PASSWORD);
  });
});

describe('a new password', () => {
  const setPassword = (member: Member, body: object) => member.ask('PUT', '/v1/session/password', body);

  it('needs the one before, ends every other session and open link, and keeps this browser under a new token', async () => {
    const member = await join(here, 'Changing Chris', 'editor');
    const elsewhere = memberAt(here, member.id, '', cookieOf(await signIn('Changing Chris')));
    const { path } = (
      await here.app.inject({ method: 'POST', url: `/v1/users/${member.id}/link`, headers: await here.key() })
    ).json<{ path: string }>();
    expect(problemOf(await setPassword(member, { password: NEW })).errors).toMatchObject([{ pointer: '/current' }]);
    const wrong = await setPassword(member, { current: 'wrong-wrong-wrong', password: NEW });
    expect(problemOf(wrong).detail).toBe('The field current is not your password.');
    const changed = await setPassword(member, { current: PASSWORD, password: NEW });
    expect(changed.statusCode).toBe(204);
    const now = cookieOf(changed);
    expect(now).not.toBe(member.cookie);
    expect((await elsewhere.ask('GET', '/v1/session')).statusCode).toBe(401);
    expect((await member.ask('GET', '/v1/session')).statusCode).toBe(401);
    expect((await memberAt(here, member.id, '', now).ask('GET', '/v1/session')).statusCode).toBe(200);
    expect((await signIn('Changing Chris')).statusCode).toBe(401);
    expect((await signIn('Changing Chris', NEW)).statusCode).toBe(303);
    expect((await postForm(here, { token: tokenOf(path), password: PASSWORD })).statusCode).toBe(410);
  });

  it('that everybody tries first is refused in one sentence, and the link still works', async () => {
    const member = await join(here, 'Weak Wanda', 'viewer');
    const weak = await setPassword(member, { current: PASSWORD, password: 'Password1234!' });
    expect(problemOf(weak).detail).toMatch(/^The password is one of those that are tried first/);
    const own = await setPassword(member, { current: PASSWORD, password: 'weakwanda2026' });
    expect(own.statusCode).toBe(400);
    const key = await here.key();
    const made = await here.app.inject({ method: 'POST', url: `/v1/users/${member.id}/link`, headers: key });
    const token = tokenOf(made.json<{ path: string }>().path);
    const refused = await postForm(here, { token, password: 'short' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('The password has 5 characters: use at least 12.');
    expect((await postForm(here, { token, password: NEW })).statusCode).toBe(303);
  });

  it('by a reset link ends every session, and the link runs out after an hour', async () => {
    const member = await join(here, 'Lost Lotte', 'viewer');
    const key = await here.key();
    const link = async (): Promise<string> => {
      const made = await here.app.inject({ method: 'POST', url: `/v1/users/${member.id}/link`, headers: key });
      return tokenOf(made.json<{ path: string }>().path);
    };
    const [old, token] = [await link(), await link()];
    expect((await postForm(here, { token: old, password: NEW })).statusCode).toBe(410);
    expect((await postForm(here, { token, password: NEW })).statusCode).toBe(303);
    expect((await member.ask('GET', '/v1/session')).statusCode).toBe(401);
    const late = await link();
    await here.context.database.run(
      `UPDATE standfirst.sign_in_link SET expires_at = expires_at - interval '60 minutes' WHERE member_id = $1`,
      [member.id],
    );
    expect((await postForm(here, { token: late, password: NEW })).statusCode).toBe(410);
  });

  it('is set after the very first link, which leaves nothing else to come back with', async () => {
    const own = await openInstallation();
    try {
      const cookie = await own.signIn();
      const page = await own.app.inject({ url: '/sign-in/keep', headers: { cookie } });
      expect(page.body).toContain('Keep your way in');
      const set = await postForm(own, { password: NEW }, { url: '/sign-in/keep', cookie });
      expect(set.headers.location).toBe('/');
      expect((await postForm(own, { login: 'Admin', password: NEW })).statusCode).toBe(303);
      // From now on it is changed by whoever knows it, not by whoever finds an open browser.
      const again = await postForm(own, { password: 'another-pair-of-oars' }, { url: '/sign-in/keep', cookie });
      expect(again.headers.location).toBe('/');
      expect((await postForm(own, { login: 'Admin', password: NEW })).statusCode).toBe(303);
    } finally {
      await own.close();
    }
  });
});

describe('sessions', () => {
  it('are listed with address and browser, and ended one by one or all but this one', async () => {
    const member = await join(here, 'Many Mona', 'viewer');
    for (let n = 0; n < 3; n++) await signIn('Many Mona', PASSWORD, `203.0.113.${n + 20}`);
    const list = async () =>
      (await member.ask('GET', '/v1/sessions')).json<{ data: { id: string; isCurrent: boolean; ip: string }[] }>().data;
    const before = await list();
    expect(before.filter((session) => session.isCurrent)).toHaveLength(1);
    expect(before.map((session) => session.ip)).toContain('203.0.113.22');
    const other = before.find((session) => !session.isCurrent)?.id ?? '';
    expect((await member.ask('DELETE', `/v1/sessions/${other}`)).statusCode).toBe(204);
    expect((await member.ask('DELETE', `/v1/sessions/${other}`)).statusCode).toBe(404);
    expect((await member.ask('DELETE', '/v1/sessions')).json()).toEqual({ ended: 2 });
    expect(await list()).toHaveLength(1);
  });

  it('of other people are not there', async () => {
    const [one, two] = [await join(here, 'Own Olga', 'viewer'), await join(here, 'Own Otto', 'admin')];
    const theirs = (await one.ask('GET', '/v1/sessions')).json<{ data: { id: string }[] }>().data[0]?.id ?? '';
    expect((await two.ask('DELETE', `/v1/sessions/${theirs}`)).statusCode).toBe(404);
    expect((await two.ask('GET', '/v1/sessions')).body).not.toContain(theirs);
  });

  it('end 30 days after sign-in, however busy they were', async () => {
    const member = await join(here, 'Eternal Else', 'viewer');
    const age = (days: number) =>
      here.context.database.run(
        `UPDATE standfirst.session SET expires_at = expires_at - make_interval(days => $2) WHERE member_id = $1`,
        [member.id, days],
      );
    await age(29);
    expect((await member.ask('GET', '/v1/session')).statusCode).toBe(200);
    await age(1);
    expect((await member.ask('GET', '/v1/session')).statusCode).toBe(401);
  });

  it('are nothing that an API key has', async () => {
    const headers = await here.key();
    for (const url of ['/v1/sessions', '/v1/session/passkeys']) {
      const answer = await here.app.inject({ url, headers });
      expect(answer.statusCode).toBe(403);
      expect(problemOf(answer).detail).toBe('An API key has no sessions and signs in nowhere: sign in.');
    }
  });
});
