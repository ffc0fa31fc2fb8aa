import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { recordCidOf } from '../../src/networks/bluesky-cid.ts';
import { bluesky } from '../../src/networks/bluesky.ts';
import type { Message, NetworkIo } from '../../src/networks/network.ts';
import type { Counterpart } from '../networks/fixture.ts';
import { ioFor, messageFor } from '../networks/fixture.ts';

const COLLECTION = 'app.bsky.feed.post';
const listing = z.object({
  records: z.array(z.object({ uri: z.string(), cid: z.string(), value: z.record(z.string(), z.json()) })),
});

let server: ChildProcess;
let login: { service: string; did: string; identifier: string; appPassword: string };
let counterpart: Counterpart;

beforeAll(async () => {
  server = spawn(process.execPath, ['server.mjs'], {
    cwd: `${import.meta.dirname}/bluesky`,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (server.stdout === null) throw new Error('The server has no output.');
  for await (const line of createInterface(server.stdout)) {
    login = JSON.parse(line) as typeof login;
    break;
  }
  counterpart = {
    credentials: login,
    wrongCredentials: null,
    setMode: () => Promise.resolve(),
    accepted: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
});

const compose = (more: Partial<Message> = {}): Promise<Message> => messageFor(bluesky, counterpart, more);
const publish = (message: Message, io: Partial<NetworkIo> = {}) =>
  bluesky.publish(message, login, ioFor(counterpart, io));
const publishThread = (thread: readonly Message[], io: Partial<NetworkIo> = {}) =>
  bluesky.publishThread?.(thread, login, ioFor(counterpart, io));
const threadOf = async (...texts: string[]): Promise<Message[]> => {
  const [first, ...rest] = await Promise.all(texts.map((text) => compose({ text })));
  return [first as Message, ...rest.map((message) => ({ ...message, frozen: null }))];
};

/** The account's records, by their words. */
async function live(...texts: string[]): Promise<z.infer<typeof listing>['records']> {
  const query = new URLSearchParams({ repo: login.did, collection: COLLECTION, limit: '100' });
  const reply = await fetch(`${login.service}/xrpc/com.atproto.repo.listRecords?${query.toString()}`);
  const { records } = listing.parse(await reply.json());
  return records.filter(({ value }) => texts.includes(String(value['text'])));
}

async function revision(): Promise<unknown> {
  const reply = await fetch(`${login.service}/xrpc/com.atproto.sync.getLatestCommit?did=${login.did}`);
  return z.object({ rev: z.string() }).parse(await reply.json()).rev;
}

/** The request arrives, its answer does not. */
function losing(method: string): Partial<NetworkIo> {
  const { fetch: real } = ioFor(counterpart);
  const lossy: typeof fetch = async (input, init) => {
    const answer = await real(input, init);
    if (!String(input).endsWith(method)) return answer;
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  };
  return { fetch: lossy };
}

test('says who is connected', async () => {
  expect(await bluesky.check(login, ioFor(counterpart))).toMatchObject({
    kind: 'connected',
    handle: '@desk.test',
    remoteId: login.did,
  });
});

test('names records and pictures as the server does', async () => {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer();
  const image = { bytes, type: 'image/jpeg', width: 40, height: 30, alt: 'A red crane' };
  const text = 'The crane of Tolvane 🏗️ is red again: https://lindmoor.example/crane #Tolvane';
  expect(await publish(await compose({ text, images: [image], lang: 'en' }))).toMatchObject({ kind: 'published' });
  const [record] = await live(text);
  expect(recordCidOf(record?.value ?? null)).toBe(record?.cid);
});

test('shows a link card with its picture', async () => {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#33a' } })
    .png()
    .toBuffer();
  const cardImage = { bytes, type: 'image/png', width: 40, height: 30, alt: '' };
  const card = { url: 'https://lindmoor.example/a', title: 'Bridge opens', description: 'On Friday.', image: null };
  expect(await publish(await compose({ text: 'A card', card, cardImage }))).toMatchObject({ kind: 'published' });
});

test('is the same write twice, and no other message may take its key', async () => {
  const message = await compose({ text: 'Sent twice' });
  const first = await publish(message);
  const at = await revision();
  expect(await publish(message)).toEqual(first);
  expect(await revision()).toBe(at);
  const other = { ...message, text: 'Something else', frozen: null };
  expect(await publish(other)).toMatchObject({ kind: 'unknown', cause: 'duplicate' });
  expect(await live('Sent twice', 'Something else')).toHaveLength(1);
});

test.each([
  ['300 characters', 'a'.repeat(300), 'published'],
  ['301 characters', 'a'.repeat(301), 'refused'],
  ['120 families of 25 bytes', '👨‍👩‍👧‍👦'.repeat(120), 'published'],
  ['121 families, which are over 3,000 bytes', '👨‍👩‍👧‍👦'.repeat(121), 'refused'],
])('decides on %s as the profile says', async (_what, text, kind) => {
  const outcome = await publish(await compose({ text }));
  expect(outcome).toMatchObject(kind === 'refused' ? { kind, cause: 'too_long' } : { kind });
});

test('finds a post whose answer was lost, and knows when there is none', async () => {
  const message = await compose({ text: 'Lost and found' });
  expect(await bluesky.find?.(message, login, ioFor(counterpart))).toEqual({ kind: 'absent' });
  expect(await publish(message, losing('putRecord'))).toMatchObject({ kind: 'unknown' });
  expect(await bluesky.find?.(message, login, ioFor(counterpart))).toMatchObject({ kind: 'published' });
});

test('writes a thread in one commit, each part below the one before', async () => {
  const texts = ['Thread one', 'Thread two', 'Thread three'];
  const outcome = await publishThread(await threadOf(...texts));
  if (outcome?.kind !== 'published') throw new Error(JSON.stringify(outcome));
  const records = await live(...texts);
  const [one, two, three] = texts.map((text) => records.find(({ value }) => value['text'] === text));
  const ref = (of: typeof one) => ({ uri: of?.uri, cid: of?.cid });
  expect(two?.value['reply']).toEqual({ root: ref(one), parent: ref(one) });
  expect(three?.value['reply']).toEqual({ root: ref(one), parent: ref(two) });
  expect(outcome.receipts.map(({ remoteId: uri, extra }) => ({ uri, cid: extra?.['cid'] }))).toEqual(
    [one, two, three].map(ref),
  );
});

test('writes no part of a thread in which one is too long', async () => {
  const before = await revision();
  const outcome = await publishThread(await threadOf('Never one', 'x'.repeat(301)));
  expect(outcome).toMatchObject({ kind: 'refused', cause: 'too_long' });
  expect([await live('Never one'), await revision()]).toEqual([[], before]);
});

test('settles a thread whose answer was lost part by part, without a second of any', async () => {
  const texts = ['Lost one', 'Lost two', 'Lost three'];
  const [first, ...rest] = await threadOf(...texts);
  if (first === undefined) return;
  expect(await publishThread([first, ...rest], losing('applyWrites'))).toMatchObject({ kind: 'unknown' });
  const at = await revision();
  const root = await bluesky.find?.(first, login, ioFor(counterpart));
  if (root?.kind !== 'published') throw new Error(JSON.stringify(root));
  let parent = root.receipt;
  for (const { key, text } of rest) {
    const again = await publish(await compose({ key, text, replyTo: { root: root.receipt, parent } }));
    if (again.kind !== 'published') throw new Error(JSON.stringify(again));
    parent = again.receipt;
  }
  expect(await revision()).toBe(at);
  expect(await live(...texts)).toHaveLength(3);
});

test('does not take the refusal of a thread under keys that are taken for a no', async () => {
  const thread = await threadOf('Once one', 'Once two');
  expect(await publishThread(thread)).toMatchObject({ kind: 'published' });
  expect(await publishThread(thread)).toMatchObject({ kind: 'unknown' });
  expect(await live('Once one', 'Once two')).toHaveLength(2);
});

test('removes what it published, and removing twice does no harm', async () => {
  const outcome = await publish(await compose({ text: 'Gone soon' }));
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  const remove = () => bluesky.remove?.(outcome.receipt, login, ioFor(counterpart));
  expect([(await remove())?.kind, (await remove())?.kind]).toEqual(['published', 'published']);
  expect(await live('Gone soon')).toEqual([]);
});

test('is signed out with a wrong password, and told to wait after too many', async () => {
  const kinds = new Set<string>();
  for (let n = 0; n < 31; n += 1) {
    const checked = await bluesky.check({ ...login, appPassword: `wrong-${n}` }, ioFor(counterpart));
    kinds.add(checked.kind);
    if (checked.kind === 'limited') expect(checked.retryAfterMs).toBeGreaterThan(0);
  }
  expect([...kinds]).toEqual(['signed-out', 'limited']);
});
