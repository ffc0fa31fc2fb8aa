import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FakeX } from '../fakes/x.ts';
import { startX, xKeys } from '../fakes/x.ts';
import { xLength } from '../fakes/x-length.ts';
import { x } from '../../src/networks/x.ts';
import type { XCredentials } from '../../src/networks/x.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeX;
let counterpart: Counterpart;
let user: XCredentials;

beforeAll(async () => {
  fake = await startX();
  user = {
    kind: 'oauth2',
    clientId: 'client',
    accessToken: 'user-2002',
    refreshToken: 'refresh-2002-1',
    server: fake.url,
  };
  counterpart = counterpartOf(fake, user, null);
});
afterAll(() => fake[Symbol.asyncDispose]());

test('the fake weighs as X documents', () => {
  const weights = { abc: 3, '…': 2, '€': 2, '—': 1, '👩‍👩‍👧‍👦': 2, '1️⃣': 2, 日本: 4, 'e\u0301': 1, 'example.com': 23 };
  for (const [text, weight] of Object.entries(weights)) expect([text, xLength(text)]).toEqual([text, weight]);
  expect(xLength('See https://news.example.com/a/long/path?with=query now')).toBe(4 + 23 + 4);
});

test('posts with the token of a user, by OAuth 2', async () => {
  const message = await messageFor(x, counterpart);
  expect(await x.publish(message, user, ioFor(counterpart))).toMatchObject({
    kind: 'published',
    receipt: { url: expect.stringMatching(/^https:\/\/x\.com\/i\/web\/status\/\d+$/) },
  });
});

test('refuses an app-only bearer token in the form, in a sentence', () => {
  const parsed = x.credentials.safeParse({ ...user, accessToken: `${'A'.repeat(21)}nMtoken` });
  expect(parsed.error?.issues[0]?.message).toMatch(/app-only bearer token: X lets it read, not post/);
});

test('refuses an app-only bearer token that X itself names as one', async () => {
  const bearer = { ...user, accessToken: 'AAAAAAAAAAAAAAAAAAAAAtoken' };
  const checked = await x.check(bearer, ioFor(counterpart));
  expect(checked).toMatchObject({ kind: 'refused', cause: 'permission' });
  expect(checked.kind === 'refused' && checked.detail).toMatch(/app-only/);
});

test('finds a lost post although X shortens its links and escapes its characters', async () => {
  const message = await messageFor(x, counterpart, {
    text: 'Q&A: <five> questions on the bridge https://lindmoor.example/bridge?a=1&b=2 and more',
  });
  await fake.setMode({ name: 'accept-then-reset', times: 1 });
  expect(await x.publish(message, user, ioFor(counterpart))).toMatchObject({ kind: 'unknown' });
  const found = await x.find?.(message, user, ioFor(counterpart));
  expect(found).toEqual({
    kind: 'published',
    receipt: { remoteId: fake.log.at(-1)?.id, url: expect.stringMatching(/x\.com/) },
  });
});

test('does not take the same words from another day, another thread or another account for its own', async () => {
  const message = await messageFor(x, counterpart);
  const first = await x.publish(message, user, ioFor(counterpart));
  if (first.kind !== 'published') throw new Error(first.detail);
  const tomorrow = { ...message, createdAt: new Date(Date.now() + 86_400_000) };
  const reply = { ...message, replyTo: { root: first.receipt, parent: first.receipt } };
  const other = { ...user, accessToken: 'user-3003' };
  for (const [one, credentials] of [
    [tomorrow, user],
    [reply, user],
    [message, other],
  ] as const) {
    expect(await x.find?.(one, credentials, ioFor(counterpart))).toEqual({ kind: 'absent' });
  }
});

test('looks further than the newest hundred posts', async () => {
  const message = await messageFor(x, counterpart);
  await x.publish(message, user, ioFor(counterpart));
  for (let more = 0; more < 101; more += 1) {
    await x.publish(await messageFor(x, counterpart), user, ioFor(counterpart));
  }
  expect(await x.find?.(message, user, ioFor(counterpart))).toMatchObject({ kind: 'published' });
});

test('takes the refusal of a duplicate for a question, not for an answer', async () => {
  const message = await messageFor(x, counterpart);
  await x.publish(message, user, ioFor(counterpart));
  expect(await x.publish(message, user, ioFor(counterpart))).toMatchObject({ kind: 'unknown', cause: 'duplicate' });
});

test('renews a token once and keeps the new refresh token', async () => {
  const refreshed = await x.refresh?.(user, ioFor(counterpart));
  expect(refreshed).toMatchObject({
    kind: 'refreshed',
    credentials: { ...user, refreshToken: 'refresh-2002-2', expiresAt: expect.stringMatching(/Z$/) },
  });
  expect(await x.refresh?.(user, ioFor(counterpart))).toMatchObject({ kind: 'signed-out', cause: 'auth_expired' });
});

test('never lets an empty refresh token overwrite the one it has', async () => {
  const answers = { access_token: 'user-2002', refresh_token: '', expires_in: 7200, scope: '' };
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(answers)) });
  expect(await x.refresh?.(user, io)).toMatchObject({ credentials: { refreshToken: 'refresh-2002-1' } });
});

test('has nothing to renew for the four keys of OAuth 1.0a', async () => {
  const keys: XCredentials = { kind: 'oauth1', ...xKeys, accessToken: '2002-token', server: fake.url };
  expect(await x.refresh?.(keys, ioFor(counterpart))).toEqual({ kind: 'not-needed' });
});

test.each([
  [402, { title: 'Payment Required', detail: 'No credits left.' }],
  [429, { title: 'Too Many', type: 'https://api.twitter.com/2/problems/usage-capped', detail: 'Cap reached.' }],
])('tells an empty purse (%i) from a limit that passes', async (status, body) => {
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(body, { status })) });
  expect(await x.publish(await messageFor(x, counterpart), user, io)).toMatchObject({
    kind: 'refused',
    cause: 'out_of_credit',
  });
});

test('sends where the address of the server says, and to X where none is given', async () => {
  const asked: string[] = [];
  const io = ioFor(counterpart, {
    fetch: (url) => {
      asked.push(url instanceof Request ? url.url : String(url));
      return Promise.resolve(Response.json({ data: { id: '1' } }, { status: 201 }));
    },
  });
  const message = await messageFor(x, counterpart);
  const { server: _, ...plain } = user;
  const behind = x.credentials.parse({ ...user, server: 'http://proxy.example:8080/x/' });
  await x.publish(message, behind, io);
  await x.publish(message, plain, io);
  expect(asked).toEqual(['http://proxy.example:8080/x/2/tweets', 'https://api.x.com/2/tweets']);
});

const picture = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'Die Brücke' };

test.each([
  ['OAuth 2', () => user],
  ['OAuth 1.0a', () => ({ kind: 'oauth1' as const, ...xKeys, accessToken: '2002-token', server: fake.url })],
])('sends pictures with their alternative text, by %s', async (_, credentials) => {
  const message = await messageFor(x, counterpart, { images: [picture, { ...picture, alt: '' }] });
  expect(await x.publish(message, credentials(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  const sent = ((fake.log.at(-1)?.['media'] ?? []) as string[]).map((id) => fake.images.get(id));
  expect(sent).toMatchObject([
    { type: 'image/png', bytes: 'pixels', alt: 'Die Brücke' },
    { bytes: 'pixels', alt: '' },
  ]);
});

test('says that it was the picture which X refused, and posts nothing', async () => {
  const before = fake.log.length;
  const large = { ...picture, bytes: Buffer.alloc(5_000_001) };
  const message = await messageFor(x, counterpart, { images: [large] });
  expect(await x.publish(message, user, ioFor(counterpart))).toMatchObject({
    kind: 'refused',
    cause: 'media_rejected',
  });
  expect(fake.log).toHaveLength(before);
});

test('counts a lost upload as nothing sent', async () => {
  await fake.setMode({ name: 'reset', scope: 'all', times: 1 });
  const message = await messageFor(x, counterpart, { images: [picture] });
  expect(await x.publish(message, user, ioFor(counterpart))).toMatchObject({ kind: 'down' });
});
