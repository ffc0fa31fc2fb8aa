import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { expirePosts } from '../../src/store/expire.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { listTimeline } from '../../src/store/timeline.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What of the schedule an outage, an embargo and the end of a post's worth meet. */

const never = new AbortController().signal;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const account = (settings: Partial<AccountSettings> = {}): Promise<AccountRow> =>
  addAccount(at.context, { network: 'sandbox', name: `Edge ${++serial}`, credentials: {}, settings }, 'test');
async function make(on: AccountRow, schedule: ReadyPost['schedule'], more: Partial<ReadyPost> = {}): Promise<PostRow> {
  const parts = [{ text: `On the edge ${++serial}`, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule, ...more }, 'test');
  return post as PostRow;
}
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const send = (post: PostRow): Promise<void> => publish(at.context, { postId: post.id, network: 'sandbox' }, never);
const isOut = async (post: PostRow): Promise<boolean> =>
  (await listTimeline(at.context.database, 1000)).some(({ text }) => text === post.parts[0]?.text);
/** As if so much time had gone by without anybody sending. */
const age = (post: PostRow, byMs: number): Promise<number> =>
  at.context.database.run(
    `UPDATE standfirst.post SET due_at = due_at - $2 * interval '1 ms', wake_at = wake_at - $2 * interval '1 ms',
            stale_at = stale_at - $2 * interval '1 ms' WHERE id = $1`,
    [post.id, byMs],
  );

/** Posts of an hour each, all overdue, the oldest first. */
async function overdue(on: AccountRow, count: number): Promise<PostRow[]> {
  const posts: PostRow[] = [];
  for (let n = 1; n <= count; n++) posts.push(await make(on, { at: new Date(Date.now() + n * HOUR) }));
  for (const post of posts) await age(post, (count + 1) * HOUR);
  return posts;
}

it('keeps the daily cap after an outage: what is over it waits for another day of the account’s calendar', async () => {
  const timeZone = 'Pacific/Kiritimati';
  const dayOf = (time: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(time);
  let posts: PostRow[];
  let today: string;
  // Again where midnight comes between.
  do {
    today = dayOf(new Date());
    posts = await overdue(await account({ dailyCap: 2, timeZone }), 4);
    for (const post of posts) await send(post);
  } while (dayOf(new Date()) !== today);
  expect(await Promise.all(posts.map(isOut))).toEqual([true, true, false, false]);
  for (const post of posts.slice(2)) expect(dayOf((await read(post)).wakeAt as Date) > today).toBe(true);
});

it('lets what an outage has held up wait for the end of the quiet hours', async () => {
  const clock = (time: number): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }).format(time);
  const ends = Math.ceil((Date.now() + 2 * HOUR) / MINUTE) * MINUTE;
  const quietHours = [{ from: clock(Date.now() - HOUR), to: clock(ends), days: [...weekdays] }];
  const posts = await overdue(await account({ minGapMs: 10 * MINUTE, quietHours, timeZone: 'UTC' }), 3);
  for (const post of posts) await send(post);
  expect(await Promise.all(posts.map(isOut))).toEqual([false, false, false]);
  for (const post of posts) expect((await read(post)).wakeAt?.getTime()).toBeGreaterThanOrEqual(ends - MINUTE);
});

it('tells of each post that has become worthless, and never sends it', async () => {
  const post = await make(await account(), { at: new Date(Date.now() + HOUR) }, { urgency: 'breaking' });
  await age(post, 2 * HOUR + MINUTE);
  await expirePosts(at.context.database, 1000);
  expect((await read(post)).state).toBe('stale');
  expect((await eventsOf(at.context.database, post.id, 1))[0]).toMatchObject({ type: 'post.stale', subject: post.id });
  await send(post);
  expect(await isOut(post)).toBe(false);
});

it('tells of it as soon as it is worthless, also where the post would wake only later', async () => {
  const { database } = at.context;
  const post = await make(await account(), { at: new Date(Date.now() + HOUR) });
  const inTime = await make(await account(), { at: new Date(Date.now() + HOUR) });
  await database.run(
    `UPDATE standfirst.post SET stale_at = standfirst.clock(), wake_at = standfirst.clock() + interval '8 hours' WHERE id = $1`,
    [post.id],
  );
  await expirePosts(database, 1000);
  expect([(await read(post)).state, (await read(inTime)).state]).toEqual(['stale', 'scheduled']);
  expect((await eventsOf(database, post.id, 1))[0]).toMatchObject({ type: 'post.stale', subject: post.id });
});

it('tells of a post that is approved and had no time before it was worthless', async () => {
  const { database } = at.context;
  const post = await make(await account(), 'review', { worthlessAfter: new Date(Date.now() + HOUR) });
  await approve(at.context, post.id, null, null, 'ed');
  await expirePosts(database, 1000);
  expect((await read(post)).state).toBe('approved');
  await database.run(`UPDATE standfirst.post SET worthless_after = standfirst.clock() WHERE id = $1`, [post.id]);
  await expirePosts(database, 1000);
  expect((await read(post)).state).toBe('stale');
  expect((await eventsOf(database, post.id, 1))[0]).toMatchObject({ type: 'post.stale', subject: post.id });
});

it('holds an embargo against a recurrence too: what comes again waits as the first did', async () => {
  const desk = await account();
  const post = await make(desk, { at: new Date(Date.now() + 48 * HOUR) });
  const { database } = at.context;
  const storyId = at.context.io.id('story');
  await insertStory(database, {
    id: storyId,
    title: 'Budget',
    url: `https://merrow-herald.example/${post.id}`,
    urgency: 'normal',
  });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, storyId]);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }).format(
    Date.now() + HOUR,
  );
  const days = [...weekdays];
  await recur(at.context, { postId: post.id, time, days, timeZone: 'UTC', endsAt: null }, 'ed');
  await editStory(at.context, storyId, { embargoUntil: new Date(Date.now() + 24 * HOUR) }, 'test');
  await runRecurrences(at.context);
  const [made] = await database.many(
    z.object({ id: z.string() }),
    `SELECT id FROM standfirst.post WHERE account_id = $1 AND recurrence_id IS NOT NULL`,
    [desk.id],
  );
  const again = (await getPost(database, made?.id ?? '')) as PostRow;
  expect(again.state).toBe('scheduled');
  await database.run(
    `UPDATE standfirst.post SET wake_at = standfirst.clock(), due_at = standfirst.clock() WHERE id = $1`,
    [again.id],
  );
  await send(again);
  expect((await read(again)).state).toBe('scheduled');
  expect(await isOut(again)).toBe(false);
  await editStory(at.context, storyId, { embargoUntil: null }, 'test');
  await send(again);
  expect(await isOut(again)).toBe(true);
});
