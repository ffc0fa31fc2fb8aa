import { createHash, randomBytes } from 'node:crypto';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../src/http/client.ts';
import { facebook } from '../../src/networks/facebook.ts';
import { linkedin } from '../../src/networks/linkedin.ts';
import { mastodon } from '../../src/networks/mastodon.ts';
import type { Connected, Network, NetworkIo } from '../../src/networks/network.ts';
import { networks } from '../../src/networks/registry.ts';
import { threads } from '../../src/networks/threads.ts';
import { x } from '../../src/networks/x.ts';
import { startFake } from '../fakes/fake.ts';
import { metaApp, startMetaLogin } from '../fakes/meta-login.ts';

const redirectUri = 'http://127.0.0.1:8080/connect/callback';
const http = createHttp({ allowPrivate: ['127.0.0.0/8'], userAgent: 'standfirst-tests' });
const now = new Date('2026-11-23T12:00:00Z');
const io: NetworkIo = {
  fetch: http.fetch,
  now: () => now,
  signal: new AbortController().signal,
  timeoutMs: 5_000,
  accountId: 'acc_connect',
  timeline: {
    keep: () => Promise.reject(new Error('No timeline here.')),
    find: () => Promise.resolve(null),
    remove: () => Promise.resolve(false),
    edit: () => Promise.resolve(false),
  },
};

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

/** A real OAuth 2 server, which checks PKCE, at the addresses of one network. */
async function startServer(endpoints: Record<string, string>): Promise<{ url: string; server: OAuth2Server }> {
  const server = new OAuth2Server(undefined, undefined, { endpoints });
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  open.push({ [Symbol.asyncDispose]: () => server.stop() });
  return { url: `http://127.0.0.1:${server.address().port}`, server };
}

interface Visit {
  readonly asked: URL;
  readonly code: string;
  readonly finish: (changed?: {
    code?: string;
    verifier?: string;
    redirectUri?: string;
  }) => Promise<Connected<unknown>>;
}

/** Begins a connection and agrees, as the person's browser would. */
async function visit({ connect }: Network, given: object): Promise<Visit> {
  if (connect === undefined) throw new Error('No consent here.');
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const begun = await connect.begin(connect.app.parse(given), { redirectUri, state: 'state-1', challenge }, io);
  if (begun.kind !== 'begun') throw new Error(JSON.stringify(begun));
  const answer = await fetch(begun.url, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? 'about:blank');
  expect(back.href.startsWith(redirectUri)).toBe(true);
  expect(back.searchParams.get('state')).toBe('state-1');
  const code = back.searchParams.get('code') ?? '';
  return {
    asked: new URL(begun.url),
    code,
    finish: (changed = {}) => connect.finish(begun.app, { code, verifier, redirectUri, ...changed }, io),
  };
}

function credentialsIn(connected: Connected<unknown>): Record<string, unknown>[] {
  if (connected.kind !== 'granted') throw new Error(JSON.stringify(connected));
  return connected.candidates.map(({ credentials }) => credentials as Record<string, unknown>);
}

const xApp = { clientId: 'client', clientSecret: 'secret of the app' };
const xServer = () => startServer({ authorize: '/i/oauth2/authorize', token: '/2/oauth2/token' });

describe('X', () => {
  test('connects with PKCE, and its tokens can be renewed', async () => {
    const { url } = await xServer();
    const { asked, finish } = await visit(x, { ...xApp, site: url, server: url });
    expect(asked.searchParams.get('scope')).toContain('offline.access');
    const [credentials] = credentialsIn(await finish());
    expect(credentials).toMatchObject({
      kind: 'oauth2',
      clientId: 'client',
      accessToken: expect.stringMatching(/./),
      refreshToken: expect.stringMatching(/./),
      expiresAt: '2026-11-23T13:00:00.000Z',
    });
    expect(x.credentials.safeParse(credentials).success).toBe(true);
  });

  test('is refused with another verifier than the one it began with', async () => {
    const { url } = await xServer();
    const { finish } = await visit(x, { ...xApp, site: url, server: url });
    expect(await finish({ verifier: 'v'.repeat(43) })).toMatchObject({ kind: 'signed-out', cause: 'auth_expired' });
  });

  test('sends its secret in the header that the standard names, never in the form', async () => {
    const { url, server } = await xServer();
    const seen: { authorization: string | undefined; form: object }[] = [];
    server.service.on('beforeResponse', (_answer, request: { headers: Record<string, string>; body: object }) => {
      seen.push({ authorization: request.headers['authorization'], form: request.body });
    });
    const { finish } = await visit(x, { ...xApp, site: url, server: url });
    await finish();
    const pair = Buffer.from('client:secret%20of%20the%20app').toString('base64');
    expect(seen).toMatchObject([{ authorization: `Basic ${pair}` }]);
    expect(JSON.stringify(seen[0]?.form)).not.toContain('secret');
  });

  test.each([
    [400, { error: 'invalid_grant', error_description: 'Value passed for the code was invalid.' }, 'signed-out'],
    [503, { error: 'temporarily_unavailable' }, 'down'],
    [429, { error: 'slow_down' }, 'limited'],
    [200, { token_type: 'bearer' }, 'down'],
  ])('maps a %i from the token endpoint', async (statusCode, body, kind) => {
    const { url, server } = await xServer();
    server.service.once('beforeResponse', (answer: { statusCode: number; body: object }) =>
      Object.assign(answer, { statusCode, body }),
    );
    const { finish } = await visit(x, { ...xApp, site: url, server: url });
    const connected = await finish();
    expect(connected).toMatchObject({ kind });
    expect(JSON.stringify(connected)).not.toContain('secret of the app');
  });
});

describe('LinkedIn', () => {
  const endpoints = {
    authorize: '/oauth/v2/authorization',
    token: '/oauth/v2/accessToken',
    userinfo: '/v2/userinfo',
    introspect: '/oauth/v2/introspectToken',
  };
  const given = (url: string) => ({ clientId: 'client', clientSecret: 'secret', site: url, server: url });

  test('offers the person, without a verifier, which LinkedIn refuses', async () => {
    const { url, server } = await startServer(endpoints);
    const forms: Record<string, unknown>[] = [];
    server.service.on('beforeResponse', (_answer, request: { body: Record<string, unknown> }) => {
      forms.push(request.body);
    });
    const { asked, finish } = await visit(linkedin, given(url));
    const [credentials] = credentialsIn(await finish());
    expect(credentials).toMatchObject({ author: 'urn:li:person:johndoe', expiresAt: '2026-11-23T13:00:00.000Z' });
    expect(asked.searchParams.has('code_challenge')).toBe(false);
    expect(forms[0]).not.toHaveProperty('code_verifier');
    expect(linkedin.credentials.safeParse(credentials).success).toBe(true);
  });

  test('uses PKCE where LinkedIn has switched it on for the app', async () => {
    const { url } = await startServer(endpoints);
    const { finish } = await visit(linkedin, { ...given(url), pkce: true });
    expect(await finish({ verifier: 'v'.repeat(43) })).toMatchObject({ kind: 'signed-out' });
  });

  test('renews with its refresh token, keeps the old one where none comes, and asks again only where it has one', async () => {
    const { url, server } = await startServer(endpoints);
    const { finish } = await visit(linkedin, given(url));
    const [granted] = credentialsIn(await finish());
    const credentials = linkedin.credentials.parse(granted);
    const renewed = await linkedin.refresh?.(credentials, io);
    expect(renewed).toMatchObject({ kind: 'refreshed', expiresAt: new Date('2026-11-23T13:00:00Z') });
    server.service.once('beforeResponse', (answer: { body: object }) =>
      Object.assign(answer, { body: { access_token: 'next', refresh_token: '', expires_in: 60 } }),
    );
    expect(await linkedin.refresh?.(credentials, io)).toMatchObject({
      credentials: { accessToken: 'next', refreshToken: credentials.refreshToken },
    });
    const { refreshToken: _none, ...without } = credentials;
    expect(await linkedin.refresh?.(without, io)).toEqual({ kind: 'not-needed' });
  });

  test('says when the token runs out and which permission it lacks', async () => {
    const { url, server } = await startServer(endpoints);
    const { finish } = await visit(linkedin, given(url));
    const credentials = linkedin.credentials.parse(credentialsIn(await finish())[0]);
    const expiresAt = Date.parse('2026-12-24T00:00:00Z') / 1000;
    server.service.on('beforeIntrospect', (answer: { body: object }) =>
      Object.assign(answer, { body: { active: true, expires_at: expiresAt, scope: 'openid,profile' } }),
    );
    expect(await linkedin.check(credentials, io)).toMatchObject({
      kind: 'connected',
      missingPermissions: ['w_member_social'],
      expiresAt: new Date(expiresAt * 1000),
    });
  });
});

describe('Mastodon', () => {
  test('registers its app on the server, then connects with PKCE', async () => {
    const oauth = await startServer({ authorize: '/oauth/authorize', token: '/oauth/token' });
    const registered: string[] = [];
    const host = await startFake({
      isPost: () => false,
      refusal: () => null,
      handle(request) {
        registered.push(`${request.path} ${request.body.toString()}`);
        return { status: 200, body: { client_id: 'made-here', client_secret: 'made-too' } };
      },
    });
    open.push(host);
    const { connect }: Network = mastodon;
    const asked = { redirectUri, state: 'state-1', challenge: 'c' };
    const begun = await connect?.begin(connect.app.parse({ server: host.url }), asked, io);
    expect(begun).toMatchObject({ kind: 'begun', app: { clientId: 'made-here', clientSecret: 'made-too' } });
    const form = new URLSearchParams(registered[0]?.split(' ')[1]);
    expect([registered[0]?.split(' ')[0], form.get('redirect_uris')]).toEqual(['/api/v1/apps', redirectUri]);

    const { finish } = await visit(mastodon, { server: `${oauth.url}/`, clientId: 'a', clientSecret: 'b' });
    const [credentials] = credentialsIn(await finish());
    expect(credentials).toMatchObject({ server: oauth.url, accessToken: expect.stringMatching(/./) });
    expect(mastodon.credentials.safeParse(credentials).success).toBe(true);
  });

  test('says that a server registers no app', async () => {
    const host = await startFake({
      isPost: () => false,
      refusal: () => null,
      handle: () => ({ status: 404, body: 'nothing' }),
    });
    open.push(host);
    const { connect }: Network = mastodon;
    const asked = { redirectUri, state: 'state-1', challenge: 'c' };
    expect(await connect?.begin(connect.app.parse({ server: host.url }), asked, io)).toMatchObject({
      kind: 'refused',
      cause: 'config',
      detail: expect.stringContaining(`${host.url} registered no app`),
    });
  });
});

describe('Meta', () => {
  const pages = [
    { id: '100042', name: 'Lindmoor Post', access_token: 'token-of-the-page' },
    { id: '100043', name: 'Lindmoor Sport', access_token: 'token-of-sport' },
    { id: '100044', name: 'Only read' },
  ];
  const start = async (given: typeof pages = pages): Promise<{ url: string }> => {
    const fake = await startMetaLogin(given);
    open.push(fake);
    return fake;
  };

  test('Threads trades the code for a token of an hour and that for one of 60 days', async () => {
    const { url } = await start();
    const { finish } = await visit(threads, { ...metaApp, site: url, server: url });
    const [credentials] = credentialsIn(await finish());
    expect(credentials).toEqual({ accessToken: 'long-token', server: url, expiresAt: '2027-01-22T12:00:00.000Z' });
    expect(await finish()).toMatchObject({ kind: 'signed-out', detail: expect.stringContaining('has been used') });
  });

  test('Threads takes a code with the tail that a browser copies', async () => {
    const { url } = await start();
    const { code, finish } = await visit(threads, { ...metaApp, site: url, server: url });
    expect(await finish({ code: `${code}#_` })).toMatchObject({ kind: 'granted' });
  });

  test('Facebook offers every Page that may be posted to', async () => {
    const { url } = await start();
    const { finish } = await visit(facebook, { ...metaApp, site: url, server: url });
    const connected = await finish();
    expect(connected).toMatchObject({
      candidates: [
        { name: 'Lindmoor Post', credentials: { pageId: '100042', accessToken: 'token-of-the-page' } },
        { name: 'Lindmoor Sport', credentials: { pageId: '100043' } },
      ],
    });
    expect(credentialsIn(connected)).toHaveLength(2);
  });

  test('Facebook says so where there is no Page', async () => {
    const { url } = await start([]);
    const { finish } = await visit(facebook, { ...metaApp, site: url, server: url });
    expect(await finish()).toMatchObject({ kind: 'refused', cause: 'permission' });
  });

  test('a code is good for the redirect address it was given to, and no other', async () => {
    const { url } = await start();
    const { finish } = await visit(facebook, { ...metaApp, site: url, server: url });
    expect(await finish({ redirectUri: 'https://elsewhere.example/' })).toMatchObject({ kind: 'signed-out' });
  });
});

test('every network with consent names the fields of its app', () => {
  const able = networks.filter(({ connect }) => connect !== undefined);
  expect(able.map(({ profile }) => profile.id).toSorted()).toEqual(
    expect.arrayContaining(['facebook', 'linkedin', 'mastodon', 'threads', 'x']),
  );
  for (const { connect } of able) expect(connect?.app.safeParse('rubbish').success).toBe(false);
});
