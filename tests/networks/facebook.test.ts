import { afterEach, beforeEach, expect, test } from 'vitest';
import { facebookLogin, startFacebook } from '../fakes/facebook.ts';
import type { FakeFacebook } from '../fakes/facebook.ts';
import { facebook } from '../../src/networks/facebook.ts';
import { GRAPH_VERSION } from '../../src/networks/graph.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeFacebook;
let counterpart: Counterpart;
const login = () => ({ ...facebookLogin, version: 'v24.0', server: fake.url });

beforeEach(async () => {
  fake = await startFacebook();
  counterpart = counterpartOf(fake, login(), null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('names the link of a text apart, or there would be no card', async () => {
  const text = 'The bridge opens (https://lindmoor.example/bridge).';
  await facebook.publish(await messageFor(facebook, counterpart, { text }), login(), ioFor(counterpart));
  expect(fake.posts.map(({ link }) => link)).toEqual(['https://lindmoor.example/bridge']);
});

test.each([
  ['https://en.wikipedia.org/wiki/Bridge_(dentistry)', 'https://en.wikipedia.org/wiki/Bridge_(dentistry)'],
  ['“https://a.org/x”, they say', 'https://a.org/x'],
])('finds the card’s address in %s', async (text, link) => {
  await facebook.publish(await messageFor(facebook, counterpart, { text }), login(), ioFor(counterpart));
  expect(fake.posts.at(-1)).toMatchObject({ link });
});

test('sends pictures, unpublished by themselves, with their alternative text', async () => {
  const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'The bridge' };
  const message = await messageFor(facebook, counterpart, { images: [image, image] });
  expect(await facebook.publish(message, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.posts.at(-1)?.media.map((id) => fake.photos.get(id)?.alt)).toEqual(['The bridge', 'The bridge']);
});

test.each([
  [190, {}, 'signed-out', 'auth_expired'],
  [100, { error_subcode: 463 }, 'signed-out', 'auth_expired'],
  [32, {}, 'limited', 'rate_limited'],
  [80_001, {}, 'limited', 'rate_limited'],
  [2, {}, 'unknown', 'timeout_unknown'],
  [100, { is_transient: true }, 'unknown', 'timeout_unknown'],
  [506, {}, 'unknown', 'duplicate'],
  [10, {}, 'refused', 'permission'],
  [283, {}, 'refused', 'permission'],
  [368, {}, 'refused', 'permission'],
  [100, {}, 'refused', 'content_rejected'],
])('takes the code %i %o for %s, whatever the status', async (code, more, kind, cause) => {
  const body = { error: { message: 'Told so', code, ...more } };
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(body, { status: 400 })) });
  const message = await messageFor(facebook, counterpart);
  expect(await facebook.publish(message, login(), io)).toMatchObject({ kind, cause, detail: 'Facebook: Told so' });
});

test('waits for as many minutes as the usage header says', async () => {
  const headers = {
    'x-business-use-case-usage': '{"100042":[{"call_count":100,"estimated_time_to_regain_access":19}]}',
  };
  const body = { error: { message: 'Too many', code: 80_001 } };
  const answer = Response.json(body, { status: 400, headers });
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(answer) });
  expect(await facebook.publish(await messageFor(facebook, counterpart), login(), io)).toMatchObject({
    retryAfterMs: 19 * 60_000,
  });
});

test('does not take the same words of another day for its own', async () => {
  const message = await messageFor(facebook, counterpart);
  await facebook.publish(message, login(), ioFor(counterpart));
  const tomorrow = { ...message, createdAt: new Date(Date.now() + 86_400_000) };
  expect(await facebook.find?.(tomorrow, login(), ioFor(counterpart))).toEqual({ kind: 'absent' });
});

test('changes the words of a post that is out, and nothing else of it', async () => {
  const message = await messageFor(facebook, counterpart, { text: 'The bridge opens on Friday.' });
  const sent = await facebook.publish(message, login(), ioFor(counterpart));
  if (sent.kind !== 'published') throw new Error(sent.detail);
  const right = { ...message, text: 'The bridge opens on Monday (not Friday).' };
  expect(await facebook.edit?.(sent.receipt, right, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.posts.map((post) => post.message)).toEqual(['The bridge opens on Monday (not Friday).']);
});

test('asks for the version that an account names, else for the one it was written against', async () => {
  const asked: string[] = [];
  const io = ioFor(counterpart, {
    fetch: (input) => {
      asked.push(new URL(String(input)).pathname.split('/')[1] ?? '');
      return Promise.resolve(Response.json({ id: facebookLogin.pageId, name: 'Lindmoor Post' }));
    },
  });
  const { version: _version, ...latest } = login();
  await facebook.check({ ...latest, version: 'v23.0' }, io);
  await facebook.check(facebook.credentials.parse(latest), io);
  expect(new Set(asked)).toEqual(new Set(['v23.0', GRAPH_VERSION]));
});
