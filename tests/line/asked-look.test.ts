import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { getPost } from '../../src/store/post.ts';
import { withSweepLock } from '../../src/store/sweep-lock.ts';
import { beat } from '../../src/store/worker.ts';
import { Alone } from '../../workers/alone.ts';
import { startSweep } from '../../workers/sweep.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';

/** When the sweep looks sooner than its next round. */

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

/** A post that the next round calls stale: so that there was one can be seen. */
async function overdue(text: string): Promise<string> {
  const { context, sandbox } = at;
  const time = new Date(Date.now() + 3_600_000);
  const parts = [{ text, media: [], card: null }];
  const [post] = await createPosts(context, { parts, accountIds: [sandbox.id], schedule: { at: time } }, 'test');
  const { id } = post as { id: string };
  await context.database.run(
    `UPDATE standfirst.post SET wake_at = standfirst.clock(), stale_at = standfirst.clock() WHERE id = $1`,
    [id],
  );
  return id;
}
const isStale = async (id: string): Promise<boolean> => (await getPost(at.context.database, id))?.state === 'stale';

it('is not given up because another process was just at it', async () => {
  const { context } = at;
  const before = await overdue('The first look.');
  const sweep = startSweep(context, new Alone(context));
  try {
    await until('the first round', () => isStale(before));
    const gate = Promise.withResolvers<void>();
    let isHeld = false;
    const other = until('the other process has its turn', () =>
      withSweepLock(context.database, async () => {
        isHeld = true;
        await gate.promise;
      }),
    );
    await until('the lock is held', async () => isHeld);
    const waiting = await overdue('The second look.');
    sweep.soon();
    // A second later it finds the other at work.
    await sleep(1_500);
    gate.resolve();
    await other;
    const from = performance.now();
    await until('the round that was asked for', () => isStale(waiting));
    expect(performance.now() - from).toBeLessThan(3_500);
  } finally {
    await sweep.stop();
  }
});

it('is asked for by whoever lives, once a worker counts as dead', async () => {
  const { database } = at.context;
  const worker = (id: string) => ({ id, version: '1', host: 'desk', pid: 1, concurrency: 1, memoryBytes: 1 });
  await beat(database, worker('other'));
  const afterSilence = async (seconds: number): Promise<boolean> => {
    await database.run(`UPDATE standfirst.worker SET seen_at = now() - make_interval(secs => $1) WHERE id = 'other'`, [
      seconds,
    ]);
    return beat(database, worker('self'));
  };
  expect(await afterSilence(0)).toBe(false);
  expect(await afterSilence(7)).toBe(false);
  // It counts as dead after 8 s, and whoever lives says so twice at most: every 2 s it beats.
  expect(await afterSilence(8.5)).toBe(true);
  expect(await afterSilence(11.5)).toBe(true);
  expect(await afterSilence(13)).toBe(false);
  await database.run(`UPDATE standfirst.worker SET stopped_at = now() WHERE id = 'other'`);
  expect(await afterSilence(9)).toBe(false);
  expect(await beat(database, worker('alone'))).toBe(false);
});
