import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView } from '../../src/api/schemas/account.ts';
import type { Fake } from '../fakes/fake.ts';
import { metaApp, startMetaLogin } from '../fakes/meta-login.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

const pages = [
  { id: '100042', name: 'Lindmoor <Post>', access_token: 'token-of-the-page' },
  { id: '100043', name: 'Lindmoor Sport', access_token: 'token-of-sport', tasks: ['ANALYZE'] },
  { id: '100044', name: 'Lindmoor Weather', access_token: 'token-of-weather' },
];

let meta: Fake;
let here: Installation;
let cookie: string;
beforeAll(async () => {
  meta = await startMetaLogin(pages);
  here = await openInstallation({
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    STANDFIRST_PUBLIC_URL: 'https://desk.lindmoor.example/',
  });
  cookie = await here.signIn();
});
afterAll(async () => {
  await here.close();
  await meta[Symbol.asyncDispose]();
});

const app = () => ({ ...metaApp, site: meta.url, server: meta.url });
const asMember = () => ({ cookie, 'sec-fetch-site': 'same-origin' });

async function begin(network: string, headers: Record<string, string> = asMember()): Promise<URL> {
  const begun = await here.app.inject({
    method: 'POST',
    url: '/v1/connections',
    headers,
    payload: { network, app: app() },
  });
  expect(begun.statusCode, begun.body).toBe(201);
  expect(begun.json()).toMatchObject({ redirectUri: 'https://desk.lindmoor.example/connect/callback' });
  return new URL(begun.json<{ url: string }>().url);
}

/** The person agrees: the path on which the network sends the browser back to us. */
async function agree(consent: URL): Promise<string> {
  const answer = await fetch(consent, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  return `${back.pathname}${back.search}`;
}

const land = (url: string, headers: Record<string, string> = { cookie }) => here.app.inject({ url, headers });
const choose = (token: string, ...chosen: number[]) =>
  here.app.inject({
    method: 'POST',
    url: '/connect/choose',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    payload: [`token=${token}`, ...chosen.map((place) => `chosen=${place}`)].join('&'),
  });
const tokenIn = (html: string): string => /name="token" value="([\w-]+)"/.exec(html)?.[1] ?? '';

async function accountsOn(network: string): Promise<AccountView[]> {
  const listed = await here.app.inject({ url: `/v1/accounts?network=${network}`, headers: { cookie } });
  return listed.json<{ data: AccountView[] }>().data;
}

describe('connecting by consent', () => {
  it('connects the one account there is as soon as the person is back', async () => {
    const landed = await land(await agree(await begin('threads')));
    expect([landed.statusCode, landed.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(landed.body).toContain('@lindmoor');
    const [account, ...others] = await accountsOn('threads');
    expect(others).toEqual([]);
    expect(account).toMatchObject({ name: '@lindmoor', state: 'connected', remoteId: '55' });
    expect(Date.parse(account?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 59 * 86_400_000);
  });

  it('gives the same account new credentials when it is connected again', async () => {
    const [before] = await accountsOn('threads');
    await here.context.database.run(`UPDATE standfirst.account SET state = 'signed-out' WHERE id = $1`, [before?.id]);
    await land(await agree(await begin('threads')));
    const after = await accountsOn('threads');
    expect(after.map(({ id, state, problem }) => ({ id, state, problem }))).toEqual([
      { id: before?.id, state: 'connected', problem: null },
    ]);
  });

  it('asks which of several, shows foreign names as text, and connects those that were chosen', async () => {
    const asked = await land(await agree(await begin('facebook')));
    expect(asked.body).toContain('Lindmoor &#60;Post&#62;');
    expect(asked.body).not.toContain('<Post>');
    const token = tokenIn(asked.body);
    expect((await choose(token, 0, 2)).body).toContain('Lindmoor Weather');
    expect((await accountsOn('facebook')).map(({ remoteId }) => remoteId).toSorted()).toEqual(['100042', '100044']);
    expect((await choose(token, 1)).statusCode).toBe(410);
  });

  it('says which permission each account lacks, on the page and in the account, and nothing where none does', async () => {
    const asked = await land(await agree(await begin('facebook')));
    const { body } = await choose(tokenIn(asked.body), 1, 2);
    const [sport, weather] = body.split('<li>').slice(1);
    expect(sport).toMatch(
      /^Lindmoor Sport<br><strong>Missing: CREATE_CONTENT\.<\/strong> What needs it will be refused/,
    );
    expect(weather).toMatch(/^Lindmoor Weather<\/li>/);
    const known = (await accountsOn('facebook')).map(({ remoteId, problem }) => [remoteId, problem?.['detail']]);
    expect(known).toContainEqual(['100043', 'Missing: CREATE_CONTENT.']);
    expect(known).toContainEqual(['100044', undefined]);
  });

  it('connects nothing where nothing was chosen', async () => {
    const before = await accountsOn('facebook');
    const asked = await land(await agree(await begin('facebook')));
    expect((await choose(tokenIn(asked.body))).body).toContain('No account was chosen');
    expect(await accountsOn('facebook')).toEqual(before);
  });

  it('takes a state once, and never one that it did not give', async () => {
    const path = await agree(await begin('threads'));
    expect((await land(path)).statusCode).toBe(200);
    expect((await land(path)).statusCode).toBe(410);
    expect((await land('/connect/callback?state=made-up&code=code-1')).statusCode).toBe(410);
  });

  it('forgets a connection after ten minutes', async () => {
    const path = await agree(await begin('threads'));
    await here.context.database.run(`UPDATE standfirst.connection SET expires_at = expires_at - interval '11 minutes'`);
    expect((await land(path)).statusCode).toBe(410);
  });

  it('is ended only in the browser of the member who began it', async () => {
    const path = await agree(await begin('threads'));
    const elsewhere = await land(path, {});
    expect(elsewhere.statusCode).toBe(403);
    expect(elsewhere.body).toContain('Another member began this connection');
  });

  it('begun with a key, ends in any browser', async () => {
    const path = await agree(await begin('threads', await here.key(['accounts:manage'])));
    expect((await land(path, {})).statusCode).toBe(200);
  });

  it('says what the person or the network said instead of yes', async () => {
    const declined = await land('/connect/callback?error=access_denied&error_description=No+%3Cthanks%3E');
    const quoted = 'The page that sent you here says: “No &#60;thanks&#62;”';
    expect([declined.statusCode, declined.body]).toEqual([400, expect.stringContaining(quoted)]);
    const path = await agree(await begin('threads'));
    const stale = await land(path.replace(/code=[\w-]+/, 'code=another'));
    expect([stale.statusCode, stale.body]).toEqual([400, expect.stringContaining('has been used')]);
  });

  it('keeps no secret in clear text', async () => {
    await begin('threads');
    const rows = await here.context.database.run(
      `SELECT 1 FROM standfirst.connection WHERE sealed LIKE '%secret%' OR sealed LIKE '%verifier%'`,
      [],
    );
    expect(rows).toBe(0);
  });

  it('refuses what lacks a field, a network without consent, and a test key', async () => {
    const ask = async (payload: object, headers: Record<string, string>) =>
      here.app.inject({ method: 'POST', url: '/v1/connections', headers, payload });
    const lacking = await ask({ network: 'threads', app: { clientId: 'one' } }, asMember());
    expect(problemOf(lacking)).toMatchObject({ status: 400, errors: [{ pointer: '/app/clientSecret' }] });
    const keyed = await ask({ network: 'telegram' }, asMember());
    expect(problemOf(keyed)).toMatchObject({ status: 400, errors: [{ pointer: '/network', code: 'no-consent' }] });
    const test = await ask({ network: 'threads', app: app() }, await here.key(['accounts:manage'], true));
    expect(test.statusCode).toBe(403);
  });
});
