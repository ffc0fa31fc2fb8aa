import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView } from '../../src/api/schemas/account.ts';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import { openCredentials } from '../../src/pipeline/credentials.ts';
import { networkOf } from '../../src/networks/registry.ts';
import { getSealedCredentials, replaceCredentials } from '../../src/store/account-credentials.ts';
import { accountLock } from '../../src/store/account-lock.ts';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { metaApp, startMetaLogin } from '../fakes/meta-login.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

const pages = [
  { id: '200042', name: 'Lindmoor Post', access_token: 'first-token-of-the-page' },
  { id: '200043', name: 'Lindmoor Sport', access_token: 'token-of-sport' },
];
const [post, sport] = pages as [(typeof pages)[0], (typeof pages)[0]];

let meta: Fake;
let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  meta = await startMetaLogin(pages);
  here = await openInstallation({
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    STANDFIRST_PUBLIC_URL: 'https://desk.lindmoor.example/',
  });
  headers = await here.key();
});
afterAll(async () => {
  await here.close();
  await meta[Symbol.asyncDispose]();
});

let page: AccountView;
/** A Page whose token the network takes no more. */
beforeEach(async () => {
  pages.splice(0, pages.length, post, sport);
  page = await add('facebook', pageOf(post));
  await asIf(page, 'signed-out', { cause: 'auth_expired', detail: 'The token was withdrawn.' });
});

const pageOf = (of: typeof post, accessToken = of.access_token) => ({ pageId: of.id, accessToken, server: meta.url });
async function add(network: string, credentials: object): Promise<AccountView> {
  const payload = { network, name: 'Evening desk', credentials };
  const added = await here.app.inject({ method: 'POST', url: '/v1/accounts', headers, payload });
  expect(added.statusCode, added.body).toBe(201);
  return added.json();
}
const asIf = ({ id }: AccountView, state: string, problem: object): Promise<number> =>
  here.context.database.run('UPDATE standfirst.account SET state = $2, problem = $3 WHERE id = $1', [
    id,
    state,
    JSON.stringify(problem),
  ]);
const put = (id: string, payload: object, by = headers) =>
  here.app.inject({ method: 'PUT', url: `/v1/accounts/${id}/credentials`, headers: by, payload });
const now = async ({ id }: AccountView): Promise<AccountView> =>
  (await here.app.inject({ url: `/v1/accounts/${id}`, headers })).json();
const sealedOf = async ({ id }: AccountView): Promise<string> =>
  (await getSealedCredentials(here.context.database, id))?.credentials ?? '';
const keptBy = async (account: AccountView): Promise<unknown> =>
  openCredentials(here.context.keyring, networkOf(account.network), account.id, await sealedOf(account));

describe('new credentials', () => {
  it('connect an account that was signed out, and stay sealed', async () => {
    pages[0] = { ...post, access_token: 'second-token-of-the-page' };
    const answer = await put(page.id, { credentials: pageOf(post, 'second-token-of-the-page') });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ id: page.id, name: 'Evening desk', state: 'connected', problem: null });
    expect(answer.headers.etag).toBe(`"${(await now(page)).version}"`);
    expect(await sealedOf(page)).not.toContain('second-token');
    expect(await keptBy(page)).toMatchObject({ accessToken: 'second-token-of-the-page' });
    expect(answer.body).not.toContain('token-of-the-page');
  });

  it('are audited with who gave them, and without them', async () => {
    await put(page.id, { credentials: pageOf(post) });
    const { data } = (await here.app.inject({ url: `/v1/audit?subject=${page.id}`, headers })).json<{
      data: AuditView[];
    }>();
    expect(data[0]).toMatchObject({ action: 'account.reconnected', subject: page.id, actorName: 'test' });
    expect(data[0]?.before).not.toBe(data[0]?.after);
    expect(JSON.stringify(data)).not.toContain(post.access_token);
  });

  it('of another account are refused, and both are named', async () => {
    const before = await sealedOf(page);
    const answer = await put(page.id, { credentials: pageOf(sport) });
    expect(answer.statusCode).toBe(409);
    const { detail, errors } = problemOf(answer);
    expect(detail).toMatch(/^These credentials are those of Lindmoor Sport \(\S+200043\) on Facebook/);
    expect(detail).toContain(`Evening desk (${page.url})`);
    expect(errors).toMatchObject([{ pointer: '/credentials', code: 'another-account' }]);
    expect([await sealedOf(page), (await now(page)).state]).toEqual([before, 'signed-out']);
  });

  it('of the same id on another server are another account’s', async () => {
    await using home = await startMastodon();
    await using elsewhere = await startMastodon();
    const of = (server: string) => ({ server, accessToken: mastodonToken });
    const account = await add('mastodon', of(home.url));
    expect((await put(account.id, { credentials: of(elsewhere.url) })).statusCode).toBe(409);
    expect((await put(account.id, { credentials: of(home.url) })).statusCode).toBe(200);
    await elsewhere.setMode({ name: '503', scope: 'all' });
    expect((await put(account.id, { credentials: of(elsewhere.url) })).statusCode).toBe(503);
  });

  it('that the network does not take are refused in its words, without them', async () => {
    const answer = await put(page.id, { credentials: pageOf(post, 'made-up-token') });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).detail).toContain('Invalid OAuth access token');
    expect(answer.body).not.toContain('made-up-token');
    expect((await now(page)).state).toBe('signed-out');
  });

  it('that lack a field are told which', async () => {
    const answer = await put(page.id, { credentials: { pageId: post.id } });
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ pointer: '/credentials/accessToken' }] });
  });

  it('do not let a paused account go on before a person says so', async () => {
    const problem = { cause: 'permission', detail: '3 posts in a row were refused.' };
    await asIf(page, 'paused', problem);
    const kept = await put(page.id, { credentials: pageOf(post) });
    expect(kept.json()).toMatchObject({ state: 'paused', problem });
    const resumed = await put(page.id, { credentials: pageOf(post), resume: true });
    expect(resumed.json()).toMatchObject({ state: 'connected', problem: null });
  });

  it('that a worker renewed leave a paused account paused', async () => {
    await asIf(page, 'paused', { cause: 'permission', detail: '3 posts in a row were refused.' });
    await replaceCredentials(here.context.database, page.id, await sealedOf(page), null);
    expect((await now(page)).state).toBe('paused');
  });

  it('wait for a worker that is renewing the old ones', async () => {
    await accountLock(here.context.database, page.id, async () => {
      const answer = await put(page.id, { credentials: pageOf(post) });
      expect(answer.statusCode).toBe(503);
      expect(problemOf(answer).detail).toContain('being renewed just now');
    });
    expect((await put(page.id, { credentials: pageOf(post) })).statusCode).toBe(200);
  });

  it('are for an account that is there, and for a test key on the sandbox only', async () => {
    expect((await put('acc_0192f0c1-0000-7000-8000-000000000000', { credentials: {} })).statusCode).toBe(404);
    const test = await here.key(['accounts:manage'], true);
    expect((await put(page.id, { credentials: pageOf(post) }, test)).statusCode).toBe(403);
    expect((await put(here.sandboxId, { credentials: {} }, test)).statusCode).toBe(200);
  });
});

describe('new consent', () => {
  const begin = (payload: object) => here.app.inject({ method: 'POST', url: '/v1/connections', headers, payload });
  /** Begins with a key, agrees, and comes back. */
  async function consent(payload: object): Promise<{ statusCode: number; body: string }> {
    const begun = await begin(payload);
    expect(begun.statusCode, begun.body).toBe(201);
    const answer = await fetch(begun.json<{ url: string }>().url, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    return here.app.inject({ url: `${back.pathname}${back.search}` });
  }
  const metaOf = () => ({ ...metaApp, site: meta.url, server: meta.url });

  it('finds the account among those on offer, and asks nothing', async () => {
    const landed = await consent({ network: 'facebook', app: metaOf(), accountId: page.id });
    expect([landed.statusCode, landed.body]).toEqual([200, expect.stringContaining('Evening desk')]);
    expect(await now(page)).toMatchObject({ id: page.id, state: 'connected', problem: null });
    expect(await keptBy(page)).toMatchObject({ pageId: post.id });
  });

  it('is refused with the names on offer where the account is none of them', async () => {
    pages.splice(0, 1, { id: '200044', name: 'Lindmoor Weather', access_token: 'token-of-weather' });
    const landed = await consent({ network: 'facebook', app: metaOf(), accountId: page.id });
    expect(landed.statusCode).toBe(409);
    expect(landed.body).toContain('Lindmoor Weather, Lindmoor Sport, and none is Evening desk');
    expect((await now(page)).state).toBe('signed-out');
  });

  it('lets a paused account go on only where that was asked for', async () => {
    const asked = { network: 'facebook', app: metaOf(), accountId: page.id };
    await asIf(page, 'paused', { cause: 'permission', detail: '3 posts in a row were refused.' });
    await consent(asked);
    expect((await now(page)).state).toBe('paused');
    await consent({ ...asked, resume: true });
    expect((await now(page)).state).toBe('connected');
  });

  it('is for an account on the network that is named', async () => {
    const elsewhere = await begin({ network: 'threads', app: metaOf(), accountId: page.id });
    expect(problemOf(elsewhere)).toMatchObject({ status: 400, errors: [{ pointer: '/network' }] });
    const nowhere = await begin({ network: 'facebook', app: metaOf(), accountId: 'acc_none' });
    expect(nowhere.statusCode).toBe(404);
  });

  it('reconnects by a real OAuth 2 server, and only who was connected before', async () => {
    const endpoints = {
      authorize: '/oauth/v2/authorization',
      token: '/oauth/v2/accessToken',
      userinfo: '/v2/userinfo',
      introspect: '/oauth/v2/introspectToken',
    };
    const server = new OAuth2Server(undefined, undefined, { endpoints });
    await server.issuer.keys.generate('RS256');
    await server.start(0, '127.0.0.1');
    try {
      const url = `http://127.0.0.1:${server.address().port}`;
      const app = { clientId: 'client', clientSecret: 'secret of the app', site: url, server: url };
      expect((await consent({ network: 'linkedin', app })).statusCode).toBe(200);
      const listed = await here.app.inject({ url: '/v1/accounts?network=linkedin', headers });
      const [person] = listed.json<{ data: AccountView[] }>().data as [AccountView];
      expect(person.remoteId).toBe('urn:li:person:johndoe');
      await asIf(person, 'signed-out', { cause: 'auth_expired', detail: 'It ended.' });
      const before = await sealedOf(person);

      const other = (answer: { body: object }): unknown => Object.assign(answer.body, { sub: 'janeroe' });
      server.service.on('beforeUserinfo', other);
      const refused = await consent({ network: 'linkedin', app, accountId: person.id });
      server.service.off('beforeUserinfo', other);
      expect(refused.statusCode).toBe(409);
      expect(refused.body).toContain('urn:li:person:janeroe');
      expect(refused.body).toContain('urn:li:person:johndoe');
      expect([await sealedOf(person), (await now(person)).state]).toEqual([before, 'signed-out']);

      expect((await consent({ network: 'linkedin', app, accountId: person.id })).statusCode).toBe(200);
      expect(await now(person)).toMatchObject({ state: 'connected', problem: null });
      expect(await sealedOf(person)).not.toBe(before);
    } finally {
      await server.stop();
    }
  });
});
