import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authenticator } from '../fakes/authenticator.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Member } from './member.ts';
import { cookieOf, join, newAddress, tokenOf } from './member.ts';

let here: Installation;
beforeAll(async () => void (here = await openInstallation()));
afterAll(() => here.close());

const ORIGIN = 'http://localhost:8484';
const page = { host: 'localhost:8484', 'sec-fetch-site': 'same-origin' };
type Options = { challenge: string; rp: { id: string }; rpId: string };

const post = (url: string, payload: object) =>
  here.app.inject({ method: 'POST', url, payload, headers: page, remoteAddress: newAddress() });
const challenge = async (): Promise<Options> => (await post('/sign-in/passkey-options', {})).json();
const signIn = async (device: Authenticator, origin = ORIGIN, flags?: number) =>
  post('/sign-in/passkey', { credential: device.get(await challenge(), origin, flags) });

async function addPasskey(member: Member, device = new Authenticator(), origin = ORIGIN) {
  const options = (await member.ask('POST', '/v1/session/passkeys/options', {}, page)).json<Options>();
  const credential = device.create(options, origin);
  const answer = await member.ask('POST', '/v1/session/passkeys', { name: 'Laptop', credential }, page);
  return { device, answer, credential };
}

describe('a passkey', () => {
  it('is made by a member and signs them in, again and again', async () => {
    const member = await join(here, 'Petra', 'editor');
    const { device, answer } = await addPasskey(member);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ data: [{ name: 'Laptop', usedAt: null }] });
    for (let time = 0; time < 2; time++) {
      const signedIn = await signIn(device);
      expect(signedIn.json()).toEqual({ next: '/' });
      const session = await here.app.inject({ url: '/v1/session', headers: { cookie: cookieOf(signedIn) } });
      expect(session.json()).toMatchObject({ member: { id: member.id } });
    }
  });

  it('lets somebody in who was invited, in place of a password, and uses the link up', async () => {
    const headers = await here.key();
    const invite = {
      method: 'POST',
      url: '/v1/users',
      headers,
      payload: { name: 'Invited Ivar', role: 'writer' },
    } as const;
    const { link } = (await here.app.inject(invite)).json<{ link: { path: string } }>();
    const token = tokenOf(link.path);
    const device = new Authenticator();
    const options = (await post('/sign-in/new-passkey-options', { token })).json<Options>();
    const credential = device.create(options, ORIGIN);
    const came = await post('/sign-in/new-passkey', { token, credential });
    expect(came.json()).toEqual({ next: '/' });
    expect(cookieOf(came)).toMatch(/^__Host-sf_session=/);
    expect((await post('/sign-in/new-passkey-options', { token })).statusCode).toBe(404);
    expect((await signIn(device)).statusCode).toBe(200);
  });

  it('is not made by a link that only signs in, nor by one that is dead', async () => {
    for (const token of ['x'.repeat(43), '']) {
      expect((await post('/sign-in/new-passkey-options', { token })).statusCode).toBe(404);
    }
  });

  it('does not sign in with an answer that was used, for another page, by a stranger, or without the person', async () => {
    const member = await join(here, 'Attacked Astrid', 'admin');
    const { device } = await addPasskey(member);
    const credential = device.get(await challenge(), ORIGIN);
    expect((await post('/sign-in/passkey', { credential })).statusCode).toBe(200);
    const replayed = await post('/sign-in/passkey', { credential });
    expect(replayed.statusCode).toBe(401);
    expect(problemOf(replayed).detail).toBe('This passkey is not known here. Use another one, or your password.');
    expect((await signIn(device, 'http://evil.example')).statusCode).toBe(401);
    expect((await signIn(new Authenticator())).statusCode).toBe(401);
    const PRESENT_ONLY = 0x01;
    expect((await signIn(device, ORIGIN, PRESENT_ONLY)).statusCode).toBe(401);
    const made = { challenge: 'bm90LW91ci1vd24tY2hhbGxlbmdl', rpId: 'localhost' };
    expect((await post('/sign-in/passkey', { credential: device.get(made, ORIGIN) })).statusCode).toBe(401);
  });

  it('whose counter goes back is a copy, and refused', async () => {
    const member = await join(here, 'Copied Carla', 'viewer');
    const { device } = await addPasskey(member);
    expect((await signIn(device)).statusCode).toBe(200);
    expect((await signIn(device)).statusCode).toBe(200);
    device.counter = 0;
    expect((await signIn(device)).statusCode).toBe(401);
  });

  it('is not taken twice, nor for another page, nor under somebody else’s challenge', async () => {
    const [one, two] = [await join(here, 'First Frida', 'viewer'), await join(here, 'Second Sven', 'viewer')];
    const { answer, credential, device } = await addPasskey(one);
    expect(answer.statusCode).toBe(201);
    const again = await one.ask('POST', '/v1/session/passkeys', { credential }, page);
    expect(again.statusCode).toBe(400);
    expect((await addPasskey(two, new Authenticator(), 'http://evil.example')).answer.statusCode).toBe(400);
    const options = (await one.ask('POST', '/v1/session/passkeys/options', {}, page)).json<Options>();
    const stolen = new Authenticator().create(options, ORIGIN);
    expect((await two.ask('POST', '/v1/session/passkeys', { credential: stolen }, page)).statusCode).toBe(400);
    expect((await addPasskey(two, device)).answer.statusCode).toBe(409);
  });

  it('that is the only way in is not removed', async () => {
    const member = await join(here, 'Only Ole', 'viewer');
    await addPasskey(member);
    await here.context.database.run('UPDATE standfirst.member SET password_hash = NULL WHERE id = $1', [member.id]);
    const list = async () =>
      (await member.ask('GET', '/v1/session/passkeys')).json<{ data: { id: string }[] }>().data.map(({ id }) => id);
    const [id] = await list();
    const refused = await member.ask('DELETE', `/v1/session/passkeys/${id}`);
    expect(refused.statusCode).toBe(409);
    expect(problemOf(refused).detail).toContain('your only way in');
    await addPasskey(member);
    expect((await member.ask('DELETE', `/v1/session/passkeys/${id}`)).statusCode).toBe(204);
    expect(await list()).toHaveLength(1);
  });

  it('is made and removed only by who has just signed in', async () => {
    const member = await join(here, 'Open Odd', 'admin');
    await here.context.database.run(
      `UPDATE standfirst.session SET created_at = created_at - interval '16 minutes' WHERE member_id = $1`,
      [member.id],
    );
    const answer = await member.ask('POST', '/v1/session/passkeys/options', {}, page);
    expect(answer.statusCode).toBe(403);
    expect(problemOf(answer).detail).toContain('You signed in more than 15 minutes ago');
  });

  it('is not offered under a bare IP address, which no browser makes one for', async () => {
    const bare = { ...page, host: '127.0.0.1:8484' };
    const shown = await here.app.inject({ url: '/sign-in', headers: bare, remoteAddress: newAddress() });
    expect(shown.body).not.toContain('data-passkey');
    const named = await here.app.inject({ url: '/sign-in', headers: page, remoteAddress: newAddress() });
    expect(named.body).toContain('data-passkey="use"');
  });
});
