import { afterEach, beforeEach, expect, test } from 'vitest';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import { stretchesOf } from '../../src/networks/bluesky-facets.ts';
import { cidOf, recordKeyOf } from '../../src/networks/bluesky-record.ts';
import { bluesky } from '../../src/networks/bluesky.ts';
import type { Message } from '../../src/networks/network.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeBluesky;
let counterpart: Counterpart;
const login = () => ({ ...blueskyLogin, service: fake.url });
const compose = (more: Partial<Message> = {}): Promise<Message> => messageFor(bluesky, counterpart, more);
const publish = (message: Message) => bluesky.publish(message, login(), ioFor(counterpart));

beforeEach(async () => {
  fake = await startBluesky();
  counterpart = counterpartOf(fake, login(), null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('signs in once for many posts', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => compose()));
  const outcomes = await Promise.all(all.map(publish));
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'published'));
  expect(fake.logins()).toBe(1);
});

test('begins a new session after the server forgot the old one, and sends nothing twice', async () => {
  const message = await compose();
  expect(await publish(message)).toMatchObject({ kind: 'published' });
  fake.revoke();
  const next = await compose();
  expect(await publish(next)).toMatchObject({ kind: 'down', cause: 'auth_expired' });
  expect(await publish(next)).toMatchObject({ kind: 'published' });
  expect([fake.logins(), fake.log.length]).toEqual([2, 2]);
});

test('counts a lost sign-in as nothing sent', async () => {
  await fake.setMode({ name: 'reset', scope: 'all' });
  const message = { ...(await compose()), text: 'Never out' };
  expect(await publish(message)).toMatchObject({ kind: 'down' });
});

test('marks links, tags and mentions by their bytes, behind emoji too', () => {
  const text = '🚢 Näheres: https://lindmoor.example/brücke?x=1 #Lindmoor, #Café-bar (#not) @mayor.test #2026 #';
  const bytes = Buffer.from(text);
  const seen = stretchesOf(text).map(({ kind, value, byteStart, byteEnd }) => {
    return [kind, value, bytes.subarray(byteStart, byteEnd).toString()];
  });
  expect(seen).toEqual([
    ['link', 'https://lindmoor.example/brücke?x=1', 'https://lindmoor.example/brücke?x=1'],
    ['tag', 'Lindmoor', '#Lindmoor'],
    ['tag', 'Café-bar', '#Café-bar'],
    ['mention', 'mayor.test', '@mayor.test'],
  ]);
});

test('does not find a tag or a mention inside a link', () => {
  expect(stretchesOf('https://lindmoor.example/@mayor.test/#part').map(({ kind }) => kind)).toEqual(['link']);
});

test('links a mention to the account it names, and leaves unknown ones as words', async () => {
  await publish(await compose({ text: 'Thanks @mayor.test and @nobody.test' }));
  const [record] = fake.records.values();
  expect(record?.facets).toEqual([
    {
      index: { byteStart: 7, byteEnd: 18 },
      features: [{ $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:mayor' }],
    },
  ]);
});

test('names bytes as everybody does', () => {
  expect(cidOf(Buffer.from('hello world'))).toBe('bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e');
  expect(cidOf(Buffer.from(''))).toBe('bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku');
});

test('builds the link card with its picture', async () => {
  const card = { url: 'https://lindmoor.example/a', title: 'Bridge opens', description: 'On Friday.', image: null };
  const bytes = Buffer.from('not really a picture');
  const cardImage = { bytes, type: 'image/jpeg', width: 10, height: 10, alt: '' };
  expect(await publish(await compose({ card, cardImage }))).toMatchObject({ kind: 'published' });
  expect([...fake.records.values()][0]?.embed).toMatchObject({
    $type: 'app.bsky.embed.external',
    external: { uri: card.url, title: 'Bridge opens', thumb: { ref: { $link: cidOf(bytes) }, size: 20 } },
  });
});

test('sends pictures with their alternative text in place of the card', async () => {
  const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'A bridge' };
  expect(await publish(await compose({ images: [image] }))).toMatchObject({ kind: 'published' });
  expect([...fake.records.values()][0]?.embed).toMatchObject({
    $type: 'app.bsky.embed.images',
    images: [{ alt: 'A bridge', aspectRatio: { width: 4, height: 3 } }],
  });
});

test('gives every message a record key of its own, in the order of their times', async () => {
  const at = (minute: number, key: string) => ({ createdAt: new Date(Date.UTC(2026, 10, 23, 12, minute)), key });
  const keys = [at(1, 'a'), at(1, 'b'), at(2, 'a')];
  const made = await Promise.all(keys.map(async (more) => recordKeyOf(await compose(more))));
  expect(new Set(made).size).toBe(3);
  expect((made[2] ?? '') > (made[0] ?? '') && (made[2] ?? '') > (made[1] ?? '')).toBe(true);
  expect(recordKeyOf(await compose(at(1, 'a')))).toBe(made[0]);
});

test('asks before believing that its key is taken by something else', async () => {
  const message = await compose();
  await publish(message);
  const changed = { ...message, text: 'Changed', frozen: null };
  expect(await publish(changed)).toMatchObject({ kind: 'unknown', cause: 'duplicate' });
  expect(fake.log).toHaveLength(1);
});
