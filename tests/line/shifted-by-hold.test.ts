import { afterAll, beforeAll, expect, it } from 'vitest';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { changePost } from '../../src/pipeline/post-actions.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { schedulePost } from '../../src/pipeline/schedule.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { expirePosts } from '../../src/store/expire.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { waitingPosts } from '../../src/store/post-times.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What a hold that is lifted with `shift` meets where it puts a post. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const account = (settings: Partial<AccountSettings>): Promise<AccountRow> =>
  addAccount(at.context, { network: 'sandbox', name: `Shift ${++serial}`, credentials: {}, settings }, 'test');
async function make(on: AccountRow, inMs: number): Promise<PostRow> {
  const parts = [{ text: `Shifted ${++serial}`, media: [], card: null }];
  const schedule = { at: new Date(Date.now() + inMs) };
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule }, 'test');
  return post as PostRow;
}
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const minutes = (from: Date | null, to: Date | null): number =>
  Math.round(((to?.getTime() ?? NaN) - (from?.getTime() ?? NaN)) / MINUTE);
/** Holds an account as if since two hours. @returns the hold's id. */
async function heldForTwoHours(desk: AccountRow): Promise<string> {
  const { id } = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
  await at.context.database.run(`UPDATE standfirst.hold SET placed_at = placed_at - interval '2 hours' WHERE id = $1`, [
    id,
  ]);
  return id;
}

it('keeps the gap to what was given its time meanwhile', async () => {
  const desk = await account({ minGapMs: 10 * MINUTE });
  const [first, second] = [await make(desk, HOUR), await make(desk, HOUR + 10 * MINUTE)];
  const placed = await heldForTwoHours(desk);
  const meanwhile = await make(desk, 3 * HOUR + MINUTE);
  await lift(at.context, placed, 'shift', 'ed');
  expect((await read(meanwhile)).wakeAt).toEqual(meanwhile.wakeAt);
  expect(minutes(meanwhile.dueAt, (await read(first)).wakeAt)).toBe(10);
  expect(minutes(meanwhile.dueAt, (await read(second)).wakeAt)).toBe(20);
});

it.each([
  ['the longer one first', [0, 1]],
  ['the shorter one first', [1, 0]],
])('moves by the time under two holds once, %s', async (_order, order) => {
  const desk = await account({});
  const post = await make(desk, HOUR);
  const long = await heldForTwoHours(desk);
  const { id: short } = await hold(at.context, { scope: 'post', target: post.id, reason: 'A doubt.' }, 'ed');
  await at.context.database.run(
    `UPDATE standfirst.hold SET placed_at = placed_at - interval '30 minutes' WHERE id = $1`,
    [short],
  );
  const [first = '', second = ''] = order.map((n) => [long, short][n] ?? '');
  await lift(at.context, first, 'shift', 'ed');
  expect(minutes(post.dueAt, (await read(post)).dueAt)).toBe(first === long ? 120 : 30);
  await lift(at.context, second, 'shift', 'ed');
  expect(minutes(post.dueAt, (await read(post)).dueAt)).toBe(120);
});

it('moves behind nobody what came due, cannot move and is held back still', async () => {
  const desk = await account({ minGapMs: 10 * MINUTE });
  const [held, next] = [await make(desk, 5 * MINUTE), await make(desk, 16 * MINUTE)];
  const placed = await heldForTwoHours(desk);
  await hold(at.context, { scope: 'post', target: held.id, reason: 'A doubt.' }, 'ed');
  // Somebody gave both their times meanwhile, and that of the first has come.
  for (const [post, inMs] of [
    [held, 2 * MINUTE],
    [next, 4 * MINUTE],
  ] as const)
    await schedulePost(at.context, post.id, null, { at: new Date(Date.now() + inMs) }, 'ed');
  await at.context.database.run(
    `UPDATE standfirst.post SET wake_at = standfirst.clock() - interval '10 seconds' WHERE id = $1`,
    [held.id],
  );
  const before = await read(next);
  await lift(at.context, placed, 'shift', 'ed');
  expect((await read(next)).wakeAt).toEqual(before.wakeAt);
});

it('keeps out of quiet hours', async () => {
  const clock = (ms: number): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }).format(Date.now() + ms);
  const quietHours = [{ from: clock(2.5 * HOUR), to: clock(4 * HOUR), days: [...weekdays] }];
  const desk = await account({ quietHours, timeZone: 'UTC' });
  const [early, post] = [await make(desk, 0.1 * HOUR), await make(desk, HOUR)];
  await lift(at.context, await heldForTwoHours(desk), 'shift', 'ed');
  expect(minutes(early.dueAt, (await read(early)).wakeAt)).toBe(120);
  const { wakeAt } = await read(post);
  expect(minutes(post.dueAt, wakeAt)).toBeGreaterThan(178);
  expect(minutes(post.dueAt, wakeAt)).toBeLessThan(182);
});

it('moves by nothing more where nothing speaks against it', async () => {
  const desk = await account({ minGapMs: 10 * MINUTE, hourlyCap: 6 });
  const posts = [await make(desk, HOUR), await make(desk, HOUR + 10 * MINUTE + 1)];
  await lift(at.context, await heldForTwoHours(desk), 'shift', 'ed');
  for (const post of posts) {
    const { dueAt, wakeAt } = await read(post);
    expect(minutes(post.dueAt, wakeAt)).toBe(120);
    expect(wakeAt).toEqual(dueAt);
  }
});

it('keeps the hourly cap beside what was given its time meanwhile', async () => {
  const desk = await account({ hourlyCap: 2 });
  const posts = [await make(desk, HOUR), await make(desk, HOUR + 10 * MINUTE)];
  const placed = await heldForTwoHours(desk);
  const meanwhile = await make(desk, 3 * HOUR + 5 * MINUTE);
  await lift(at.context, placed, 'shift', 'ed');
  const times = await Promise.all([...posts, meanwhile].map(async (post) => (await read(post)).wakeAt));
  expect(times.map((time) => minutes(meanwhile.dueAt, time))).toEqual([-5, 55, 0]);
});

it('moves what has its time there behind breaking news, by gap and caps', async () => {
  const desk = await account({ minGapMs: 10 * MINUTE, hourlyCap: 2 });
  const parts = [{ text: `Shifted ${++serial}`, media: [], card: null }];
  const schedule = { at: new Date(Date.now() + HOUR) };
  const [news] = await createPosts(at.context, { parts, accountIds: [desk.id], schedule, urgency: 'breaking' }, 'test');
  const placed = await heldForTwoHours(desk);
  const others = [await make(desk, 3 * HOUR + MINUTE), await make(desk, 3 * HOUR + 30 * MINUTE)];
  await lift(at.context, placed, 'shift', 'ed');
  const times = await Promise.all([news as PostRow, ...others].map(async (post) => (await read(post)).wakeAt));
  expect(times.map((time) => minutes(schedule.at, time))).toEqual([120, 130, 180]);
});

/** Holds an account over the worth of its posts: they were due 13 hours ago, an hour after it began, and worth 12. */
async function heldOverItsWorth(desk: AccountRow): Promise<{ placed: string; post: PostRow }> {
  const post = await make(desk, HOUR);
  const { id: placed } = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
  await age(post);
  await at.context.database.run(
    `UPDATE standfirst.hold SET placed_at = placed_at - interval '14 hours' WHERE id = $1`,
    [placed],
  );
  await expirePosts(at.context.database, 100);
  return { placed, post };
}
const age = ({ id }: PostRow, hours = 14): Promise<number> =>
  at.context.database.run(
    `UPDATE standfirst.post SET due_at = due_at - $2 * interval '1 hour', wake_at = wake_at - $2 * interval '1 hour',
            stale_at = stale_at - $2 * interval '1 hour' WHERE id = $1`,
    [id, hours],
  );

it('finds what a hold has outlasted still there to shift, with its worth', async () => {
  const { placed, post } = await heldOverItsWorth(await account({}));
  expect(minutes(post.dueAt, (await read(post)).dueAt)).toBe(-14 * 60);
  await lift(at.context, placed, 'shift', 'ed');
  const { state, dueAt, wakeAt, staleAt } = await read(post);
  expect([state, minutes(post.dueAt, dueAt), minutes(post.dueAt, wakeAt), minutes(dueAt, staleAt)]).toEqual([
    'scheduled',
    0,
    0,
    12 * 60,
  ]);
  await expirePosts(at.context.database, 100);
  expect((await read(post)).state).toBe('scheduled');
});

it('is stale, and told, where the hold is lifted otherwise', async () => {
  const desk = await account({ minGapMs: 10 * MINUTE });
  const { placed, post } = await heldOverItsWorth(desk);
  const worth = await make(desk, HOUR);
  await age(worth, 2);
  await lift(at.context, placed, 'as-planned', 'ed');
  // It takes nobody's turn.
  expect(minutes((await read(worth)).wakeAt, new Date())).toBe(0);
  await expirePosts(at.context.database, 100);
  expect((await read(post)).state).toBe('stale');
  expect((await eventsOf(at.context.database, post.id, 1))[0]?.type).toBe('post.stale');
});

it('is stale under the hold where a person said when, or the approval is over, which no shift moves', async () => {
  const desk = await account({});
  const [said, ended] = [await make(desk, HOUR), await make(desk, HOUR)];
  await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
  await changePost(at.context, said.id, null, { worthlessAfter: new Date(Date.now() + 2 * HOUR) }, 'ed');
  for (const post of [said, ended]) await age(post);
  await at.context.database.run(`UPDATE standfirst.post SET approved_until = stale_at WHERE id = $1`, [ended.id]);
  await expirePosts(at.context.database, 100);
  for (const post of [said, ended]) expect((await read(post)).state).toBe('stale');
});

/** A post that comes again, and its copy of today, which is worth ten minutes. */
async function comesAgain(): Promise<{ desk: AccountRow; copy: PostRow }> {
  const desk = await account({ timeZone: 'UTC' });
  const source = await make(desk, 480 * HOUR);
  const time = new Date(Date.now() + HOUR).toISOString().slice(11, 16);
  await recur(at.context, { postId: source.id, time, days: [...weekdays], timeZone: 'UTC', endsAt: null }, 'ed');
  await runRecurrences(at.context);
  const [again] = (await waitingPosts(at.context.database, desk.id, new Date(0))).filter(({ id }) => id !== source.id);
  const copy = (await getPost(at.context.database, again?.id ?? '')) as PostRow;
  expect(minutes(copy.dueAt, copy.worthlessAfter)).toBe(10);
  return { desk, copy };
}

it('takes along what a copy that comes again is worth, also where the hold has outlasted it', async () => {
  for (const before of [0, 1.5]) {
    const { desk, copy } = await comesAgain();
    const placed = await heldForTwoHours(desk);
    // It was due under the hold.
    await age(copy, before);
    await at.context.database.run(
      `UPDATE standfirst.post SET worthless_after = worthless_after - $2 * interval '1 hour' WHERE id = $1`,
      [copy.id, before],
    );
    await expirePosts(at.context.database, 100);
    await lift(at.context, placed, 'shift', 'ed');
    await expirePosts(at.context.database, 100);
    const { state, dueAt, wakeAt, staleAt, worthlessAfter } = await read(copy);
    expect([state, minutes(copy.dueAt, dueAt)]).toEqual(['scheduled', 120 - before * 60]);
    expect([dueAt, staleAt].map((time) => minutes(wakeAt, time))).toEqual([0, 10]);
    expect(worthlessAfter).toEqual(staleAt);
  }
});

it('leaves a copy worth what a person said of it', async () => {
  const { desk, copy } = await comesAgain();
  const placed = await heldForTwoHours(desk);
  const said = new Date((copy.dueAt?.getTime() ?? 0) + 5 * MINUTE);
  await changePost(at.context, copy.id, null, { worthlessAfter: said }, 'ed');
  await lift(at.context, placed, 'shift', 'ed');
  // By its new time it would be worthless, and it was not held back: it did not come due.
  expect(await read(copy)).toMatchObject({ state: 'scheduled', dueAt: copy.dueAt, worthlessAfter: said });
});
