import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { removePost } from '../../src/pipeline/remove.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { orphanSent } from '../../src/store/sweep.ts';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;
let at: Installation;
let fake: FakeBluesky;
let account: AccountRow;
let serial = 0;

beforeAll(async () => {
  fake = await startBluesky();
  at = await installAnywhere({ withWorkers: false });
  const credentials = { ...blueskyLogin, service: fake.url };
  account = await addAccount(at.context, { network: 'bluesky', credentials }, 'test');
});
afterEach(() => fake.setMode({ name: 'ok' }));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

async function queue(): Promise<PostRow> {
  serial += 1;
  const parts = ['One', 'Two', 'Three'].map((text) => ({ text: `${text} (${serial})`, media: [], card: null }));
  const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
  return post as PostRow;
}
const send = ({ id }: PostRow): Promise<void> => publish(at.context, { postId: id, network: 'bluesky' }, never);
const now = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const attempts = ({ id }: PostRow) => listAttempts(at.context.database, id);
const accepted = ({ parts }: PostRow): string[] =>
  fake.log.map(({ text }) => text).filter((text) => parts.some((part) => part.text === text));

it('goes out in one request where the network takes a thread at once, and every part has its own receipt', async () => {
  const post = await queue();
  const before = fake.attempts;
  await send(post);
  expect(fake.attempts - before).toBe(1);
  const tried = await attempts(post);
  expect(tried.map(({ part, phase, key }) => [part, phase, key.slice(-4)])).toEqual([
    [0, 'published', '-1-0'],
    [1, 'published', '-1-1'],
    [2, 'published', '-1-2'],
  ]);
  expect(await now(post)).toMatchObject({ state: 'published', url: tried[0]?.url });
  const uris = tried.map(({ remoteId }) => remoteId);
  expect(uris.every((uri) => fake.records.has(uri ?? ''))).toBe(true);
  await removePost(at.context, post.id, null, null, 'test');
  expect(uris.some((uri) => fake.records.has(uri ?? ''))).toBe(false);
});

it('is settled part by part after its answer was lost, without a second of any', async () => {
  const post = await queue();
  await fake.setMode({ name: 'accept-then-reset' });
  await send(post);
  expect((await now(post)).state).toBe('unknown');
  await fake.setMode({ name: 'ok' });
  await reconcile(at.context, (await attempts(post))[0]?.id ?? '');
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(accepted(post)).toHaveLength(3);
  expect((await attempts(post)).map(({ part, phase }) => [part, phase])).toEqual([
    [0, 'published'],
    [1, 'published'],
    [2, 'published'],
  ]);
});

it('is settled the same way after its worker died between the answer and the note of it', async () => {
  const post = await queue();
  // The worker's database goes away for good the moment the answer is there.
  const database = { ...at.context.database, transaction: () => Promise.reject(new Error('killed')) };
  const dying = { ...at.context, workerId: 'worker-that-dies', database };
  await expect(publish(dying, { postId: post.id, network: 'bluesky' }, never)).rejects.toThrow('killed');
  expect(accepted(post)).toHaveLength(3);
  const [orphan] = await orphanSent(at.context.database);
  await reconcile(at.context, orphan?.attemptId ?? '');
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(accepted(post)).toHaveLength(3);
});

it('is out whole where a person has seen what one request carried', async () => {
  const post = await queue();
  await fake.setMode({ name: 'accept-then-reset' });
  await send(post);
  await fake.setMode({ name: 'ok' });
  await settle(at.context, post.id, null, { there: true, url: null }, 'test');
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(accepted(post)).toHaveLength(3);
});

it('goes out again whole where nothing of it arrived', async () => {
  const post = await queue();
  await fake.setMode({ name: 'reset' });
  await send(post);
  await fake.setMode({ name: 'ok' });
  await reconcile(at.context, (await attempts(post))[0]?.id ?? '');
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(accepted(post)).toHaveLength(3);
});

it('goes out part by part where the server takes no thread at once', async () => {
  fake.forgetThreads();
  const post = await queue();
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(accepted(post)).toHaveLength(3);
});
