import { afterEach, beforeEach, expect, test } from 'vitest';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { mastodon } from '../../src/networks/mastodon.ts';
import type { MastodonCredentials } from '../../src/networks/mastodon.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeMastodon;
let counterpart: Counterpart;
let login: MastodonCredentials;

beforeEach(async () => {
  fake = await startMastodon({ maxCharacters: 10_000, perLink: 256 });
  login = { server: fake.url, accessToken: mastodonToken, visibility: 'public' };
  counterpart = counterpartOf(fake, login, null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('reads the limits that the server announces', async () => {
  expect(await mastodon.check(login, ioFor(counterpart))).toMatchObject({
    handle: `@desk@${new URL(fake.url).host}`,
    limits: { text: { max: 10_000, linkCost: 256, unit: 'graphemes' }, images: { maxBytes: 16_777_216 } },
  });
});

test('sends pictures with their alternative text', async () => {
  const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'Die Brücke' };
  const message = await messageFor(mastodon, counterpart, { images: [image] });
  expect(await mastodon.publish(message, login, ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.statuses.at(-1)?.media.map((id) => fake.pictures.get(id)?.alt)).toEqual(['Die Brücke']);
});

test('keeps later parts of a thread out of the public timelines', async () => {
  const first = await mastodon.publish(await messageFor(mastodon, counterpart), login, ioFor(counterpart));
  if (first.kind !== 'published') throw new Error(first.detail);
  const replyTo = { root: first.receipt, parent: first.receipt };
  await mastodon.publish(await messageFor(mastodon, counterpart, { replyTo }), login, ioFor(counterpart));
  expect(fake.statuses.map(({ visibility }) => visibility)).toEqual(['public', 'unlisted']);
});

test('does not call a post absent once the server may have forgotten its key', async () => {
  const message = await messageFor(mastodon, counterpart);
  const later = { now: () => new Date(Date.now() + 3_600_000) };
  expect(await mastodon.find?.(message, login, ioFor(counterpart))).toEqual({ kind: 'absent' });
  expect(await mastodon.find?.(message, login, ioFor(counterpart, later))).toMatchObject({ kind: 'cannot-tell' });
});

test('edits what it published', async () => {
  const outcome = await mastodon.publish(await messageFor(mastodon, counterpart), login, ioFor(counterpart));
  if (outcome.kind !== 'published') throw new Error(outcome.detail);
  const corrected = await messageFor(mastodon, counterpart, { text: 'The bridge opens on Saturday.' });
  const edited = await mastodon.edit?.(outcome.receipt, corrected, login, ioFor(counterpart));
  expect(edited).toMatchObject({ kind: 'published' });
  expect(fake.statuses.map(({ text }) => text)).toEqual(['The bridge opens on Saturday.']);
});
