import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
import { freeSlot } from '../../src/pipeline/free-slot.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { pace } from '../../src/pipeline/pace.ts';
import { publish } from '../../src/pipeline/publish.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { whyNotClaimed } from '../../src/store/claim.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What is late by seconds on an account whose queue is full. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const never = new AbortController().signal;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const account = (settings: Partial<AccountSettings>): Promise<AccountRow> =>
  addAccount(at.context, { network: 'sandbox', name: `Full ${++serial}`, credentials: {}, settings }, 'test');
const ready = (on: AccountRow, schedule: ReadyPost['schedule']): ReadyPost => {
  return { parts: [{ text: `Full ${++serial}`, media: [], card: null }], accountIds: [on.id], schedule };
};
const read = async (id: string): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const send = (postId: string): Promise<void> => publish(at.context, { postId, network: 'sandbox' }, never);
/** As if that much time had gone by for all of an account. */
const age = (on: AccountRow, ms: number): Promise<number> =>
  at.context.database.run(
    `UPDATE standfirst.post SET due_at = due_at - $2 * interval '1 ms', wake_at = wake_at - $2 * interval '1 ms',
            stale_at = stale_at - $2 * interval '1 ms', published_at = published_at - $2 * interval '1 ms' WHERE account_id = $1`,
    [on.id, ms],
  );
/** A queue of free slots whose first post is due now, and late by that much. */
async function full(
  settings: Partial<AccountSettings>,
  count: number,
  lateMs: number,
): Promise<[AccountRow, string[]]> {
  const desk = await account(settings);
  const from = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + MINUTE);
  const posts = Array.from({ length: count }, () => ready(desk, { slotFrom: from }));
  const ids = (await createManyPosts(at.context, posts, 'test')).flat();
  await age(desk, from.getTime() - Date.now() + lateMs);
  return [desk, ids];
}
/** What really went out or is going to, in order, in milliseconds. */
async function times(ids: readonly string[]): Promise<number[]> {
  const posts = await Promise.all(ids.map(read));
  return posts.map(({ publishedAt, wakeAt }) => (publishedAt ?? wakeAt)?.getTime() ?? NaN);
}
/** From its time to its receipt; what takes longer to leave is late once more, and refused. */
const A_MOMENT = 2_000;
const least = (all: readonly number[], step: number): number =>
  Math.min(...all.slice(step).map((time, index) => time - (all[index] ?? 0)));

it.each([
  [{ hourlyCap: 1 }, 14, 1, HOUR],
  [{ hourlyCap: 1, minGapMs: 5 * MINUTE }, 14, 1, HOUR],
  [{ hourlyCap: 2, minGapMs: 5 * MINUTE }, 40, 2, HOUR],
  [{ minGapMs: 5 * MINUTE }, 260, 1, 5 * MINUTE],
])('goes at once under %o before %i that were planned behind it, which move by as much', async (rules, n, step, ms) => {
  const [, ids] = await full(rules, n, 3_000);
  const planned = await Promise.all(ids.map(read));
  await send(ids[0] ?? '');
  const posts = await Promise.all(ids.map(read));
  expect(posts[0]?.state).toBe('published');
  const went = await times(ids);
  expect(least(went, step)).toBeGreaterThanOrEqual(ms - A_MOMENT);
  const moved = went.map((time, index) => time - (planned[index]?.dueAt?.getTime() ?? 0));
  expect(Math.max(...moved)).toBeLessThan(30_000);
  expect(posts.every(({ staleAt }, index) => (staleAt?.getTime() ?? 0) > (went[index] ?? 0))).toBe(true);
});

it.each(['as-planned', 'shift'] as const)('goes at once after a hold of seconds that is lifted %s', async (resume) => {
  const [desk, ids] = await full({ hourlyCap: 1 }, 14, -1_000);
  const { id } = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
  await sleep(1_500);
  await lift(at.context, id, resume, 'ed');
  const went = await times(ids);
  expect((went[0] ?? 0) - Date.now()).toBeLessThan(2_000);
  expect(least(went, 1)).toBeGreaterThanOrEqual(HOUR - A_MOMENT);
});

it('moves up to the first free space, and again the next time', async () => {
  const [desk, ids] = await full({ minGapMs: 5 * MINUTE }, 30, 3_000);
  await at.context.database.run(`UPDATE standfirst.post SET state = 'cancelled', wake_at = NULL WHERE id = $1`, [
    ids[20],
  ]);
  const before = await times(ids.slice(21));
  await send(ids[0] ?? '');
  expect(await times(ids.slice(21))).toEqual(before);
  await age(desk, 5 * MINUTE);
  await send(ids[1] ?? '');
  expect((await read(ids[1] ?? '')).state).toBe('published');
  expect(least(await times(ids.slice(0, 20)), 1)).toBeGreaterThanOrEqual(5 * MINUTE - A_MOMENT);
  expect(await times(ids.slice(21))).toEqual(before.map((time) => time - 5 * MINUTE));
});

it('ends in no burst after hours: one by one, what is planned behind them, and none past its worth', async () => {
  const [, ids] = await full({ hourlyCap: 4, minGapMs: 10 * MINUTE }, 40, 5 * HOUR - 3 * MINUTE);
  for (const id of ids.slice(0, 20)) await send(id);
  const posts = await Promise.all(ids.map(read));
  expect(posts.filter(({ state }) => state === 'published')).toHaveLength(1);
  const went = await times(ids);
  expect(least(went, 1)).toBeGreaterThanOrEqual(10 * MINUTE - A_MOMENT);
  expect(least(went, 4)).toBeGreaterThanOrEqual(HOUR - A_MOMENT);
  expect(posts.every(({ staleAt }, index) => (staleAt?.getTime() ?? 0) > (went[index] ?? 0))).toBe(true);
});

it('moves 2,000 in one go, and what stands behind them when its turn has come', { timeout: 120_000 }, async () => {
  const { database } = at.context;
  const desk = await account({ minGapMs: MINUTE });
  const [first] = await createPosts(at.context, ready(desk, { at: new Date(Date.now() + 10_000) }), 'test');
  await database.run(
    `INSERT INTO standfirst.post SELECT (jsonb_populate_record(post, jsonb_build_object('id', post.id || lpad(n::text, 8, '0'),
       'due_at', post.due_at + n * interval '1 minute', 'wake_at', post.wake_at + n * interval '1 minute',
       'stale_at', post.stale_at + n * interval '1 minute'))).* FROM standfirst.post, generate_series(1, 2500) AS n WHERE post.id = $1`,
    [first?.id],
  );
  await database.run('ANALYZE standfirst.post');
  await age(desk, 13_000);
  const plain = performance.now();
  await database.run(`UPDATE standfirst.post SET version = version + 1 WHERE account_id = $1`, [desk.id]);
  const baseline = performance.now() - plain;
  const began = performance.now();
  await send(first?.id ?? '');
  const took = performance.now() - began;
  console.log(`pace of 2,000 ms ${Math.round(took)}, a plain update of them ${Math.round(baseline)}`);
  expect(took).toBeLessThan(15 * baseline + 1_000);
  const numbered = (n: number): string => `${first?.id}${String(n).padStart(8, '0')}`;
  const wakes = await database.many(
    z.object({ at: z.date() }),
    `SELECT wake_at AS at FROM standfirst.post WHERE id = ANY ($1) ORDER BY id`,
    [[1, 2_001, 2_002].map(numbered)],
  );
  const [one, edge, beyond] = wakes.map((row) => row.at.getTime());
  const [went] = await times([first?.id ?? '']);
  expect((one ?? 0) - (went ?? 0)).toBeGreaterThanOrEqual(MINUTE - A_MOMENT);
  // The next one moves too, and is looked at when it wakes; the one behind it stands where it stood until then.
  expect((beyond ?? 0) - (edge ?? 0)).toBeLessThan(MINUTE);
  expect((edge ?? 0) - (went ?? 0)).toBeGreaterThanOrEqual(2_001 * MINUTE - A_MOMENT);
});

it('goes between no others past gap and cap where it is late by hours, though it is alone and worthless soon', async () => {
  const desk = await account({ hourlyCap: 1, minGapMs: 30 * MINUTE });
  const { database } = at.context;
  const [old = ''] = (
    await createManyPosts(at.context, [ready(desk, { at: new Date(Date.now() + HOUR) })], 'test')
  ).flat();
  await age(desk, 4 * HOUR);
  const next = [15, 80, 145].map((n) => ready(desk, { at: new Date(Date.now() + n * MINUTE) }));
  const ids = (await createManyPosts(at.context, next, 'test')).flat();
  // Whatever moves, or waits for longer than the last of them, is lost.
  await database.run(
    `UPDATE standfirst.post SET stale_at = CASE WHEN id = $2 THEN standfirst.clock() + interval '3 hours' ELSE wake_at + interval '1 minute' END
      WHERE account_id = $1`,
    [desk.id, old],
  );
  await send(old);
  const out = await times(ids);
  expect((await read(old)).state).toBe('scheduled');
  expect(out).toEqual(await Promise.all(ids.map(async (id) => (await read(id)).dueAt?.getTime())));
  expect((await times([old]))[0]).toBeGreaterThanOrEqual((out.at(-1) ?? 0) + HOUR);
});

it('keeps what waits out of quiet hours also where no gap and no cap is set', async () => {
  const clock = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
  const quietHours = [{ from: clock(-HOUR), to: clock(5 * HOUR), days: [...weekdays] }];
  const desk = await account({ timeZone: 'UTC', quietHours });
  const due = [1, 3, 5, 7].map((n) => ready(desk, { at: new Date(Date.now() + n * MINUTE) }));
  const ids = (await createManyPosts(at.context, due, 'test')).flat();
  await age(desk, 90 * MINUTE);
  for (const id of ids) await send(id);
  const posts = await Promise.all(ids.map(read));
  expect(posts.map(({ state }) => state)).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled']);
  for (const { wakeAt } of posts) expect(wakeAt?.toISOString().slice(11, 16)).toBe(quietHours[0]?.to);
});

const quietNow = (): AccountSettings['quietHours'] => {
  const clock = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
  return [{ from: clock(-HOUR), to: clock(5 * HOUR), days: [...weekdays] }];
};
/** A post that is late by that much, on an account that has others. */
async function one(desk: AccountRow, lateMs: number, worthMs = 12 * HOUR): Promise<string> {
  const [post] = await createPosts(at.context, ready(desk, { at: new Date(Date.now() + HOUR) }), 'test');
  await at.context.database.run(
    `UPDATE standfirst.post SET due_at = due_at - $2 * interval '1 ms', wake_at = wake_at - $2 * interval '1 ms',
            stale_at = standfirst.clock() + $3 * interval '1 ms' WHERE id = $1`,
    [post?.id, HOUR + lateMs, worthMs],
  );
  return post?.id ?? '';
}

it('lets what waits for the end of quiet hours go in them for no other that is late by seconds', async () => {
  const desk = await account({ timeZone: 'UTC', quietHours: quietNow() });
  const old = await one(desk, 3 * HOUR);
  await send(old);
  const { wakeAt } = await read(old);
  await send(await one(desk, 4_000));
  await send(old);
  expect(await read(old)).toMatchObject({ state: 'scheduled', wakeAt });
});

it('lets an old one go between no others because another is late by seconds', async () => {
  const desk = await account({ hourlyCap: 1, minGapMs: 30 * MINUTE });
  const old = await one(desk, 5 * HOUR, 3 * HOUR);
  for (const n of [15, 80, 145]) await one(desk, -n * MINUTE, (n + 1) * MINUTE);
  await send(old);
  await send(await one(desk, 4_000, 20 * MINUTE));
  await send(old);
  expect((await read(old)).state).toBe('scheduled');
});

it('asks for its time once, where quiet hours alone are set and it takes its time to leave', async () => {
  const clock = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
  const quietHours = [{ from: clock(8 * HOUR), to: clock(10 * HOUR), days: [...weekdays] }];
  const desk = await account({ timeZone: 'UTC', quietHours });
  const post = await one(desk, HOUR);
  const needsPace = async (): Promise<boolean | undefined> => {
    return (await whyNotClaimed(at.context.database, post))?.needsPace;
  };
  const wait = (ms: number): Promise<number> =>
    at.context.database.run(
      `UPDATE standfirst.post SET wake_at = wake_at - $2 * interval '1 ms', apart_at = apart_at - $2 * interval '1 ms' WHERE id = $1`,
      [post, ms],
    );
  expect(await needsPace()).toBe(true);
  await pace(at.context, desk.id);
  await wait(30_000);
  expect(await needsPace()).toBe(false);
  await wait(MINUTE);
  expect(await needsPace()).toBe(true);
});

it('gives no slot away twice on an account with more than 5,000 posts', { timeout: 60_000 }, async () => {
  const { database } = at.context;
  const desk = await account({ minGapMs: MINUTE });
  const from = Math.ceil(Date.now() / MINUTE) * MINUTE + HOUR;
  const [first] = await createPosts(at.context, ready(desk, { at: new Date(from) }), 'test');
  for (let n = 1; n < 6_000; n += 1_000) {
    await database.run(
      `INSERT INTO standfirst.post SELECT (jsonb_populate_record(post, jsonb_build_object('id', 'post_full' || lpad(n::text, 8, '0'),
       'due_at', post.due_at + n * interval '1 minute', 'wake_at', post.wake_at + n * interval '1 minute'))).*
       FROM standfirst.post, generate_series($2::int, $2 + 999) AS n WHERE post.id = $1`,
      [first?.id, n],
    );
  }
  // The last one of the first page wakes in a month.
  await database.run(`UPDATE standfirst.post SET wake_at = due_at + interval '30 days' WHERE id = 'post_full00004999'`);
  await createPosts(at.context, ready(desk, { at: new Date(from + 4_999.5 * MINUTE) }), 'test');
  const free = await freeSlot(database, 'UTC', { accountId: desk.id, storyId: null }, new Date(from - MINUTE / 2));
  expect((free.getTime() - from) / MINUTE).toBe(6_001);
});
