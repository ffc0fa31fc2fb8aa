import { verifyEvent } from 'nostr-tools/pure';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBlossom } from '../fakes/blossom.ts';
import { MAX_CONTENT, startRelay } from '../fakes/nostr.ts';
import type { Relay } from '../fakes/nostr.ts';
import { createHttp } from '../../src/http/client.ts';
import { nostr } from '../../src/networks/nostr.ts';
import { nostrEvent } from '../../src/networks/nostr-event.ts';
import type { NetworkIo } from '../../src/networks/network.ts';
import { privateKey } from './fixtures/nostr.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let relays: Relay[];
let counterpart: Counterpart;
const login = (quorum: number) => ({ privateKey, relays: relays.map(({ url }) => url), quorum });
const io = (more: Partial<NetworkIo> = {}): NetworkIo => ioFor(counterpart, more);

beforeEach(async () => {
  relays = await Promise.all([startRelay(), startRelay(), startRelay()]);
  counterpart = {
    credentials: login(1),
    wrongCredentials: null,
    setMode: () => Promise.resolve(),
    accepted: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
afterEach(() => Promise.all(relays.map((relay) => relay[Symbol.asyncDispose]())));

test('freezes a signed event, with topics and links as tags', async () => {
  const text = 'On #Lindmoor and #LINDMOOR, not C#4: “https://lindmoor.example/a_(part)” #Ülm';
  const event = nostrEvent.parse((await messageFor(nostr, counterpart, { text })).frozen);
  expect(verifyEvent({ ...event })).toBe(true);
  expect(event.tags).toEqual([
    ['t', 'lindmoor'],
    ['t', 'ülm'],
    ['r', 'https://lindmoor.example/a_(part)'],
  ]);
});

test('leaves out tags that a relay would refuse the whole note for', async () => {
  const text = `https://a.org/${'x'.repeat(1100)} #${'t'.repeat(1100)} #kept ${Array.from({ length: 200 }, (_, n) => `#t${n}`).join(' ')}`;
  const message = await messageFor(nostr, counterpart, { text });
  expect(await nostr.publish(message, login(1), io())).toMatchObject({ kind: 'published' });
  const { tags } = nostrEvent.parse(message.frozen);
  expect(tags[0]).toEqual(['t', 'kept']);
  expect(tags.length).toBeLessThanOrEqual(100);
});

test('takes a notice about its note for the refusal that it is, and knows the room a relay announces', async () => {
  await using strict = await startRelay({ maxMessage: 6000 });
  const only = { ...login(1), relays: [strict.url] };
  const checked = await nostr.check(only, io());
  if (checked.kind !== 'connected') throw new Error(checked.detail);
  expect(checked.limits?.text).toMatchObject({ max: MAX_CONTENT, maxBytes: 6000 - 4096 });
  const long = await messageFor(nostr, counterpart, { text: 'ü'.repeat(3000) });
  expect(await nostr.publish(long, only, io())).toMatchObject({ kind: 'refused', cause: 'too_long' });
  expect(await nostr.publish(await messageFor(nostr, counterpart), only, io())).toMatchObject({ kind: 'published' });
});

test('goes to every relay, and is published where enough of them took it', async () => {
  await relays[0]?.setMode({ name: 'refuse' });
  const message = await messageFor(nostr, counterpart);
  expect(await nostr.publish(message, login(2), io())).toMatchObject({ kind: 'published' });
  expect(relays.map(({ notes }) => notes.length)).toEqual([0, 1, 1]);
});

test('counts a relay once that is named twice', () => {
  const given = { ...login(2), relays: ['wss://relay.example', 'wss://relay.example/', 'wss://other.example'] };
  expect(nostr.credentials.parse(given).relays).toEqual(['wss://relay.example/', 'wss://other.example']);
});

test('is not settled while too few relays took it, and sending it again completes it', async () => {
  await relays[0]?.setMode({ name: 'refuse' });
  const message = await messageFor(nostr, counterpart);
  expect(await nostr.publish(message, login(3), io())).toMatchObject({ kind: 'unknown' });
  expect(await nostr.find?.(message, login(3), io())).toEqual({ kind: 'absent' });
  await relays[0]?.setMode({ name: 'ok' });
  expect(await nostr.publish(message, login(3), io())).toMatchObject({ kind: 'published' });
  expect(relays.map(({ notes }) => notes.length)).toEqual([1, 1, 1]);
});

test('is refused only where every relay refuses', async () => {
  await Promise.all(relays.map((relay) => relay.setMode({ name: '403' })));
  const message = await messageFor(nostr, counterpart);
  expect(await nostr.publish(message, login(1), io())).toMatchObject({ kind: 'refused', code: 'blocked' });
  await relays[1]?.setMode({ name: '503' });
  expect(await nostr.publish(message, login(1), io())).toMatchObject({ kind: 'down' });
});

test('waits where the relays say they are limited', async () => {
  await Promise.all(relays.map((relay) => relay.setMode({ name: '429' })));
  const outcome = await nostr.publish(await messageFor(nostr, counterpart), login(1), io());
  expect(outcome).toMatchObject({ kind: 'limited', retryAfterMs: 60_000 });
});

test('signs in where a relay asks who writes', async () => {
  await using closed = await startRelay({ wantsSignIn: true });
  const message = await messageFor(nostr, counterpart);
  const outcome = await nostr.publish(message, { ...login(1), relays: [closed.url] }, io());
  expect(outcome).toMatchObject({ kind: 'published' });
  expect(closed.notes.map(({ content }) => content)).toEqual([message.text]);
});

test('says nothing more where the post was held while the relay asked who writes', async () => {
  let isHeld = false;
  await using closed = await startRelay({ wantsSignIn: true, onSignIn: () => (isHeld = true) });
  const mayLeave = () => (isHeld ? Promise.reject(new Error('It is held.')) : Promise.resolve());
  const outcome = await nostr.publish(
    await messageFor(nostr, counterpart),
    { ...login(1), relays: [closed.url] },
    io({ mayLeave }),
  );
  expect(outcome).toMatchObject({ kind: 'down', detail: expect.stringContaining('It is held.') });
  expect(closed.notes).toEqual([]);
});

test('marks the root and the parent of a reply', async () => {
  const root = { remoteId: 'a'.repeat(64), url: null, extra: { pubkey: 'c'.repeat(64), relay: 'wss://r.example' } };
  const parent = { ...root, remoteId: 'b'.repeat(64) };
  const { tags } = nostrEvent.parse((await messageFor(nostr, counterpart, { replyTo: { root, parent } })).frozen);
  expect(tags).toEqual([
    ['e', root.remoteId, 'wss://r.example', 'root', 'c'.repeat(64)],
    ['e', parent.remoteId, 'wss://r.example', 'reply', 'c'.repeat(64)],
    ['p', 'c'.repeat(64)],
  ]);
});

test('tells the people whom a text names', async () => {
  // The examples of NIP-19: https://github.com/nostr-protocol/nips/blob/master/19.md
  const npub = 'npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg';
  const nprofile =
    'nprofile1qqsrhuxx8l9ex335q7he0f09aej04zpazpl0ne2cgukyawd24mayt8gpp4mhxue69uhhytnc9e3k7mgpz4mhxue69uhkg6nzv9ejuumpv34kytnrdaksjlyr9p';
  const text = `Thanks nostr:${npub}, nostr:${npub} and nostr:${nprofile}, but not ${npub} or nostr:npub1misspelt.`;
  const { tags } = nostrEvent.parse((await messageFor(nostr, counterpart, { text })).frozen);
  expect(tags).toEqual([
    ['p', '7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e'],
    ['p', '3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d'],
  ]);
});

test('reads the smallest text limit that a relay announces', async () => {
  expect(await nostr.check(login(1), io())).toMatchObject({
    kind: 'connected',
    handle: expect.stringMatching(/^npub1/),
    limits: { text: { max: MAX_CONTENT } },
  });
});

test('takes a key as nsec or in hexadecimal, and nothing else', () => {
  const parse = (key: string) => nostr.credentials.safeParse({ privateKey: key, relays: ['wss://r.example'] }).success;
  const nsec = 'nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5';
  expect([parse(nsec), parse(privateKey), parse('npub1abc'), parse('secret')]).toEqual([true, true, false, false]);
});

test('opens no WebSocket to an address that the guard blocks', async () => {
  await using strict = createHttp({ allowPrivate: [], userAgent: 'standfirst-tests' });
  const message = await messageFor(nostr, counterpart);
  const outcome = await nostr.publish(message, login(1), io({ socket: (url) => strict.socket(url) }));
  expect(outcome).toMatchObject({ kind: 'refused', cause: 'blocked_host' });
  expect(relays.flatMap(({ notes }) => notes)).toEqual([]);
});

test('sends nothing through a socket that stands once the post is held', async () => {
  const message = await messageFor(nostr, counterpart);
  const mayLeave = (): Promise<void> => Promise.reject(new Error('Publishing was held.'));
  expect(await nostr.publish(message, login(1), io({ mayLeave }))).toMatchObject({
    kind: 'down',
    detail: expect.stringContaining('Publishing was held.'),
  });
  expect(relays.flatMap(({ notes }) => notes)).toEqual([]);
});

test('says so where no WebSocket can be opened', async () => {
  const { socket: _, ...without } = io();
  expect(await nostr.publish(await messageFor(nostr, counterpart), login(1), without)).toMatchObject({
    kind: 'refused',
    cause: 'config',
  });
});

const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'Die Brücke, rot' };

test('names each picture in the text and again for machines, with what it shows', async () => {
  await using media = await startBlossom();
  const credentials = { ...login(1), mediaServer: media.url };
  const message = await messageFor(nostr, { ...counterpart, credentials }, { text: 'It is open.', images: [image] });
  const event = nostrEvent.parse(message.frozen);
  const [hash = ''] = media.kept.keys();
  const url = `${media.url}/${hash}.png`;
  expect(event.content).toBe(`It is open.\n${url}`);
  expect(event.tags).toEqual([['imeta', `url ${url}`, 'm image/png', `x ${hash}`, 'dim 4x3', 'alt Die Brücke, rot']]);
  expect(await nostr.publish(message, credentials, io())).toMatchObject({ kind: 'published' });
  expect(relays[0]?.notes.map(({ id }) => id)).toEqual([event.id]);
});

test('says what kept a picture from its server, and posts nothing', async () => {
  await using media = await startBlossom();
  const credentials = { ...login(1), mediaServer: media.url };
  const large = { ...image, bytes: Buffer.alloc(5_000_001) };
  const message = await messageFor(nostr, { ...counterpart, credentials }, { images: [large] });
  expect(message.frozen).toBeNull();
  const outcome = await nostr.publish(message, credentials, io());
  expect(outcome).toMatchObject({ cause: 'media_rejected', detail: expect.stringContaining('5000001 of 5000000') });
  await media.setMode({ name: 'reset' });
  expect(await nostr.publish({ ...message, images: [image] }, credentials, io())).toMatchObject({ kind: 'down' });
  expect(relays[0]?.notes).toEqual([]);
});

test('takes no pictures without a server to keep them, nor from a server that names another file', async () => {
  const credentials = { ...login(1), mediaServer: 'https://media.example' };
  expect(await nostr.check(login(1), io())).toMatchObject({ limits: { images: null } });
  expect(await nostr.check(credentials, io())).toMatchObject({ limits: { images: { max: 4, maxText: 7396 } } });
  const message = await messageFor(nostr, counterpart, { images: [image] });
  expect(await nostr.publish(message, login(1), io())).toMatchObject({ kind: 'refused', cause: 'config' });
  const answer = { url: 'https://media.example/other.png', sha256: '0'.repeat(64) };
  const lying = io({ fetch: () => Promise.resolve(Response.json(answer)) });
  expect(await nostr.publish(message, credentials, lying)).toMatchObject({ kind: 'refused', cause: 'media_rejected' });
});
