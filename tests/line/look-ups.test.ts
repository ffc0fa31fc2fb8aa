import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost } from '../../src/store/post.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { FakeX } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** When a post whose answer was lost is asked about. */

let at: Installation;
let x: FakeX;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
  x = await startX();
});
afterEach(() => x.setMode({ name: 'ok' }));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await x[Symbol.asyncDispose]();
});

/** @returns the id of a post whose answer was lost. */
async function lose(mode: 'reset' | 'accept-then-reset'): Promise<string> {
  serial += 1;
  const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${4000 + serial}-token`, server: x.url };
  const account = await addAccount(at.context, { network: 'x', credentials }, 'test');
  const parts = [{ text: `The ferry is back (${serial})`, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
  const id = post?.id ?? '';
  await x.setMode({ name: mode });
  await publish(at.context, { postId: id, network: 'x' }, new AbortController().signal);
  return id;
}

const nextOf = async (postId: string): Promise<number | null> =>
  (await listAttempts(at.context.database, postId))[0]?.checkAt?.getTime() ?? null;
async function look(postId: string): Promise<void> {
  const [attempt] = await listAttempts(at.context.database, postId);
  await reconcile(at.context, attempt?.id ?? '');
}

/** Whether there are these waits, in seconds: each between what was before it was written down and what was after. */
async function expectWaits(postId: string, lostFrom: number, seconds: readonly number[]): Promise<void> {
  let from = lostFrom;
  for (const wait of seconds) {
    const writtenAt = ((await nextOf(postId)) ?? 0) - 1_000 * wait;
    // The database's clock is finer than ours.
    expect(writtenAt, `a wait of ${wait} s`).toBeGreaterThanOrEqual(from - 1);
    expect(writtenAt, `a wait of ${wait} s`).toBeLessThanOrEqual(Date.now() + 1);
    from = Date.now();
    await look(postId);
  }
  expect(await nextOf(postId)).toBeNull();
}

it('comes after 5 s, 15 s, 60 s and 5 min, and no more where the network has not got it', async () => {
  const from = Date.now();
  const id = await lose('reset');
  await x.setMode({ name: 'ok' });
  await expectWaits(id, from, [5, 15, 60, 300]);
});

it('goes on for a day where the network is away', async () => {
  const from = Date.now();
  const id = await lose('accept-then-reset');
  await x.setMode({ name: 'refuse' });
  const [minute, hour] = [60, 3_600];
  await expectWaits(id, from, [5, 15, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 24 * hour]);
});

it('finds the post when the network is back after half an hour', async () => {
  const id = await lose('accept-then-reset');
  await x.setMode({ name: 'refuse' });
  for (let n = 0; n < 4; n++) await look(id);
  await x.setMode({ name: 'ok' });
  expect(await nextOf(id)).not.toBeNull();
  await look(id);
  expect((await getPost(at.context.database, id))?.state).toBe('published');
});
