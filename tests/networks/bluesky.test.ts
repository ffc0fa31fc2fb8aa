import { afterEach, beforeEach, expect, test } from 'vitest';
import { blueskyLogin, cidOfRecord, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import { cidOf, recordCidOf } from '../../src/networks/bluesky-cid.ts';
import { recordKeyOf } from '../../src/networks/bluesky-record.ts';
import { findFacets } from '../../src/text/facets.ts';
import { bluesky } from '../../src/networks/bluesky.ts';
import type { Json, Message } from '../../src/networks/network.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';
import fc from '../properties.ts';

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
  const seen = findFacets(text).map(({ kind, value, byteStart, byteEnd }) => {
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
  expect(findFacets('https://lindmoor.example/@mayor.test/#part').map(({ kind }) => kind)).toEqual(['link']);
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

test('names records as everybody does', () => {
  // https://docs.ipfs.tech/reference/kubo/cli/#ipfs-dag-put
  expect(recordCidOf({ hello: 'world' })).toBe('bafyreidykglsfhoixmivffc5uwhcgshx4j465xwqntbmu43nb2dzqwfvae');
  const names = fc.string({ unit: 'grapheme', maxLength: 30 });
  const leaf = fc.oneof(names, fc.integer(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
  const { record } = fc.letrec<{ value: Json; record: Record<string, Json> }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value')), tie('record')),
    record: fc.dictionary(
      names.filter((name) => name !== '$link' && name !== '__proto__'),
      tie('value'),
    ),
  }));
  fc.assert(fc.property(record, (one) => void expect(recordCidOf(one)).toBe(cidOfRecord(one))));
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

const threadOf = (...texts: string[]): Promise<Message[]> => Promise.all(texts.map((text) => compose({ text })));
const publishThread = (thread: readonly Message[]) => bluesky.publishThread?.(thread, login(), ioFor(counterpart));

test('writes a thread in one request, each part below the one before', async () => {
  const outcome = await publishThread(await threadOf('One', 'Two', 'Three'));
  if (outcome?.kind !== 'published') throw new Error(JSON.stringify(outcome));
  expect([fake.attempts, fake.log.map(({ text }) => text)]).toEqual([1, ['One', 'Two', 'Three']]);
  const [one, two] = outcome.receipts.map(({ remoteId: uri, extra }) => ({ uri, cid: extra?.['cid'] }));
  const replies = [...fake.records.values()].map(({ reply }) => reply);
  expect(replies).toEqual([undefined, { root: one, parent: one }, { root: one, parent: two }]);
});

test('writes no part of a thread in which one is too long', async () => {
  const outcome = await publishThread(await threadOf('One', 'x'.repeat(301), 'Three'));
  expect(outcome).toMatchObject({ kind: 'refused', cause: 'too_long' });
  expect([fake.log.length, fake.records.size]).toEqual([0, 0]);
});

test('finds every part of a thread whose answer was lost, and writes none of them again', async () => {
  const [first, ...rest] = await threadOf('One', 'Two', 'Three');
  if (first === undefined) return;
  await fake.setMode({ name: 'accept-then-reset' });
  expect(await publishThread([first, ...rest])).toMatchObject({ kind: 'unknown' });
  await fake.setMode({ name: 'ok' });
  const root = await bluesky.find?.(first, login(), ioFor(counterpart));
  if (root?.kind !== 'published') throw new Error(JSON.stringify(root));
  let parent = root.receipt;
  for (const { key, text } of rest) {
    const message = await compose({ key, text, replyTo: { root: root.receipt, parent }, createdAt: new Date() });
    const again = await publish(message);
    if (again.kind !== 'published') throw new Error(JSON.stringify(again));
    parent = again.receipt;
  }
  expect([fake.log.length, fake.records.size]).toEqual([3, 3]);
});

test('does not take the refusal of a second thread under the same keys for a no', async () => {
  const thread = await threadOf('One', 'Two');
  expect(await publishThread(thread)).toMatchObject({ kind: 'published' });
  expect(await publishThread(thread)).toMatchObject({ kind: 'unknown' });
  expect(fake.log).toHaveLength(2);
});

test('says where a server takes no thread at once, and has posted nothing then', async () => {
  fake.forgetThreads();
  expect(await publishThread(await threadOf('One', 'Two'))).toEqual({ kind: 'one-by-one' });
  expect(fake.log).toHaveLength(0);
});

test('sends the pictures of all parts before the thread', async () => {
  const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'A bridge' };
  const [first, second] = await threadOf('One', 'Two');
  if (first === undefined || second === undefined) return;
  expect(await publishThread([first, { ...second, images: [image] }])).toMatchObject({ kind: 'published' });
});
