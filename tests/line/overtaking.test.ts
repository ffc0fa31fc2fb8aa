import { afterAll, beforeAll, expect, it } from 'vitest';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { approve, changePost } from '../../src/pipeline/post-actions.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { scheduleApproved } from '../../src/pipeline/schedule.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { waitingPosts } from '../../src/store/post-times.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What moves when news breaks on an account that keeps its posts apart. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GAP = { minGapMs: 10 * MINUTE };
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const after = (time: Date, ms: number): Date => new Date(time.getTime() + ms);
const account = (settings: Partial<AccountSettings> = GAP): Promise<AccountRow> =>
  addAccount(at.context, { network: 'sandbox', name: `Break ${++serial}`, credentials: {}, settings }, 'test');
async function make(on: AccountRow, time: Date, more: Partial<ReadyPost> = {}): Promise<PostRow> {
  const parts = [{ text: `It breaks ${++serial}`, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule: { at: time }, ...more }, 'test');
  return post as PostRow;
}
const read = async ({ id }: Pick<PostRow, 'id'>): Promise<PostRow> =>
  (await getPost(at.context.database, id)) as PostRow;
const newest = async ({ id }: PostRow) => (await eventsOf(at.context.database, id, 1))[0];
async function inStory(post: PostRow): Promise<string> {
  const { database, io } = at.context;
  const storyId = io.id('story');
  const url = `https://merrow-herald.example/${post.id}`;
  await insertStory(database, { id: storyId, title: 'Budget', url, urgency: 'normal' });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, storyId]);
  return storyId;
}

it('moves behind a story that is raised to breaking, as behind a post that is scheduled as such', async () => {
  const desk = await account();
  const time = after(new Date(), 2 * HOUR);
  const [other, news] = [await make(desk, time), await make(desk, time)];
  const storyId = await inStory(news);
  await editStory(at.context, storyId, { urgency: 'breaking' }, 'user_ed');
  expect((await read(news)).dueAt).toEqual(time);
  expect(await read(other)).toMatchObject({ dueAt: after(time, 10 * MINUTE), wakeAt: after(time, 10 * MINUTE) });
  expect(await newest(other)).toMatchObject({ type: 'post.moved', actor: 'user_ed', data: { behind: news.id } });
  const { version } = await read(other);
  await editStory(at.context, storyId, { urgency: 'breaking' }, 'user_ed');
  expect((await read(other)).version).toBe(version);
});

it('moves behind breaking news that needs no person, which waits for no slot', async () => {
  const days = [...weekdays];
  const desk = await account({ ...GAP, slots: [{ time: '00:00', days }] });
  const other = await make(desk, after(new Date(), MINUTE));
  const news = await make(desk, new Date(), { schedule: 'review', urgency: 'breaking' });
  await approve(at.context, news.id, null, null, 'policy');
  expect((await read(news)).dueAt).toBeNull();
  await scheduleApproved(at.context, news.id);
  const { dueAt } = await read(news);
  expect(Math.abs((dueAt?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
  expect((await read(other)).dueAt).toEqual(after(dueAt as Date, 10 * MINUTE));
});

it('moves behind breaking news whose embargo is moved onto it', async () => {
  const desk = await account();
  const time = after(new Date(), 2 * HOUR);
  const [news, other] = [await make(desk, after(time, -HOUR)), await make(desk, time)];
  const storyId = await inStory(news);
  await editStory(at.context, storyId, { urgency: 'breaking' }, 'user_ed');
  expect((await read(other)).dueAt).toEqual(time);
  await editStory(at.context, storyId, { embargoUntil: time }, 'user_ed');
  expect((await read(other)).dueAt).toEqual(after(time, 10 * MINUTE));
});

it('stays where a story is raised to no more than normal', async () => {
  const desk = await account();
  const time = after(new Date(), 2 * HOUR);
  const [other, news] = [await make(desk, time), await make(desk, time, { urgency: 'evergreen' })];
  await editStory(at.context, await inStory(news), { urgency: 'normal' }, 'user_ed');
  expect((await read(other)).dueAt).toEqual(time);
});

it('stays where a text that comes again is one of the story: its copies hurry no more than they did', async () => {
  const desk = await account({ ...GAP, timeZone: 'UTC' });
  const source = await make(desk, after(new Date(), 480 * HOUR), { urgency: 'evergreen' });
  const storyId = await inStory(source);
  const [time] = /\d\d:\d\d/.exec(after(new Date(), 2 * HOUR).toISOString()) ?? [''];
  await recur(at.context, { postId: source.id, time, days: [...weekdays], timeZone: 'UTC', endsAt: null }, 'ed');
  await runRecurrences(at.context);
  const [again] = (await waitingPosts(at.context.database, desk.id, new Date(0))).filter(({ id }) => id !== source.id);
  const copy = await read({ id: again?.id ?? '' });
  const other = await make(desk, after(copy.dueAt as Date, MINUTE));
  await editStory(at.context, storyId, { urgency: 'breaking' }, 'user_ed');
  expect((await read(source)).urgency).toBe('breaking');
  expect(await read(copy)).toMatchObject({ urgency: 'evergreen', dueAt: copy.dueAt, staleAt: copy.staleAt });
  expect((await read(other)).dueAt).toEqual(other.dueAt);
});

it('takes along when it is worthless, and says so where it will be stale by then', async () => {
  const desk = await account();
  const time = after(new Date(), 2 * HOUR);
  const [other, brief] = [await make(desk, time), await make(desk, after(time, MINUTE))];
  const end = after(time, 5 * MINUTE);
  await changePost(at.context, brief.id, null, { worthlessAfter: end }, 'ed');
  await make(desk, time, { urgency: 'breaking' });
  const dueAt = after(time, 10 * MINUTE);
  expect(await read(other)).toMatchObject({ dueAt, staleAt: after(dueAt, 12 * HOUR) });
  expect((await newest(other))?.data).not.toHaveProperty('staleAt');
  expect(await read(brief)).toMatchObject({ dueAt: after(time, 20 * MINUTE), staleAt: end });
  const told = (await newest(brief))?.data as { staleAt: string };
  expect(new Date(told.staleAt)).toEqual(end);
});

it('keeps out of the quiet hours of its account', async () => {
  const time = new Date('2030-01-15T21:55:00Z');
  const quietHours = [{ from: '22:00', to: '06:00', days: [...weekdays] }];
  const desk = await account({ ...GAP, quietHours, timeZone: 'UTC' });
  const other = await make(desk, time);
  await make(desk, time, { urgency: 'breaking' });
  expect((await read(other)).dueAt).toEqual(new Date('2030-01-16T06:00:00Z'));
});

it('keeps the hourly and the daily cap of its account, by what went out and what waits, and moves others on', async () => {
  const time = new Date('2030-01-15T09:00:00Z');
  const desk = await account({ hourlyCap: 2, dailyCap: 4, timeZone: 'UTC' });
  const [early, first, second] = [
    await make(desk, after(time, -30 * MINUTE)),
    await make(desk, after(time, 40 * MINUTE)),
    await make(desk, after(time, 120 * MINUTE)),
  ];
  const evening = await make(desk, after(time, 8 * HOUR));
  const tomorrow = await make(desk, after(time, 30 * HOUR));
  await make(desk, after(time, 10 * MINUTE), { urgency: 'breaking' });
  expect((await read(early)).dueAt).toEqual(early.dueAt);
  expect((await read(first)).dueAt).toEqual(first.dueAt);
  expect((await read(second)).dueAt).toEqual(second.dueAt);
  expect((await read(evening)).dueAt).toEqual(new Date('2030-01-16T00:00:00Z'));
  expect((await read(tomorrow)).dueAt).toEqual(tomorrow.dueAt);
  await make(desk, after(time, 20 * MINUTE), { urgency: 'breaking' });
  expect((await read(first)).dueAt).toEqual(after(time, 70 * MINUTE));
  expect(await newest(first)).toMatchObject({ type: 'post.moved' });
});

it('takes the worth of a post that comes again along, as often as it moves, but not what a person said', async () => {
  const desk = await account({ minGapMs: 15 * MINUTE, timeZone: 'UTC' });
  const source = await make(desk, after(new Date(), 480 * HOUR), { urgency: 'evergreen' });
  const time = after(new Date(), 2 * HOUR)
    .toISOString()
    .slice(11, 16);
  await recur(at.context, { postId: source.id, time, days: [...weekdays], timeZone: 'UTC', endsAt: null }, 'ed');
  await runRecurrences(at.context);
  const [again] = (await waitingPosts(at.context.database, desk.id, new Date(0))).filter(({ id }) => id !== source.id);
  const copy = await read({ id: again?.id ?? '' });
  const due = copy.dueAt as Date;
  expect(copy.staleAt).toEqual(after(due, 10 * MINUTE));
  await make(desk, after(due, -MINUTE), { urgency: 'breaking' });
  const goes = after(due, 14 * MINUTE);
  const worth = after(goes, 10 * MINUTE);
  expect(await read(copy)).toMatchObject({ dueAt: goes, wakeAt: goes, staleAt: worth, worthlessAfter: worth });
  await make(desk, after(goes, MINUTE), { urgency: 'breaking' });
  const last = await read(copy);
  expect(last.staleAt).toEqual(after(last.wakeAt as Date, 10 * MINUTE));
  expect(last.wakeAt?.getTime()).toBeGreaterThan(goes.getTime());
  const said = after(last.dueAt as Date, 5 * MINUTE);
  await changePost(at.context, copy.id, null, { worthlessAfter: said }, 'ed');
  await make(desk, last.dueAt as Date, { urgency: 'breaking' });
  const late = await read(copy);
  expect(late).toMatchObject({ staleAt: said, worthlessAfter: said });
  expect(late.wakeAt?.getTime()).toBeGreaterThan(said.getTime());
});
