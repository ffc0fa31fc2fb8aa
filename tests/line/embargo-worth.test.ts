import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { approve, changePost, retry } from '../../src/pipeline/post-actions.ts';
import { schedulePost } from '../../src/pipeline/schedule.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What is worth nothing after a while counts from when it can go: an embargo is no age. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const later = (ms: number): Date => new Date(Date.now() + ms);
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const minutes = (from: Date | null, to: Date | null): number =>
  Math.round(((to?.getTime() ?? NaN) - (from?.getTime() ?? NaN)) / MINUTE) + 0;
const embargo = (storyId: string, embargoUntil: Date | null): Promise<unknown> =>
  editStory(at.context, storyId, { embargoUntil }, 'user_ed');

/** A post in review, of a story that is breaking. */
async function ofStory(worthlessAfter?: Date): Promise<{ post: PostRow; storyId: string }> {
  const { database, io } = at.context;
  const desk = await addAccount(at.context, { network: 'sandbox', name: `Desk ${++serial}`, credentials: {} }, 'test');
  const parts = [{ text: `Under embargo ${++serial}`, media: [], card: null }];
  const more = worthlessAfter === undefined ? {} : { worthlessAfter };
  const ready = { parts, accountIds: [desk.id], schedule: 'review', urgency: 'breaking', ...more } as const;
  const [made] = await createPosts(at.context, ready, 'test');
  const post = made as PostRow;
  const storyId = io.id('story');
  const url = `https://merrow-herald.example/${post.id}`;
  await insertStory(database, { id: storyId, title: 'Budget', url, urgency: 'breaking' });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, storyId]);
  return { post, storyId };
}

it('counts from the end of the embargo, however the post got its time', async () => {
  const { post, storyId } = await ofStory();
  const ends = later(2 * HOUR);
  await embargo(storyId, ends);
  const worth = async (how: string): Promise<void> => {
    const { wakeAt, staleAt } = await read(post);
    expect(wakeAt, how).toEqual(ends);
    expect(minutes(ends, staleAt), how).toBe(60);
  };
  await approve(at.context, post.id, null, 'now', 'ed');
  await worth('now');
  await schedulePost(at.context, post.id, null, { at: later(HOUR) }, 'ed');
  await worth('a time');
  await changePost(at.context, post.id, null, { worthlessAfter: later(3 * HOUR) }, 'ed');
  await changePost(at.context, post.id, null, { worthlessAfter: null }, 'ed');
  await worth('its urgency again');
  await at.context.database.run(`UPDATE standfirst.post SET state = 'failed' WHERE id = $1`, [post.id]);
  await retry(at.context, post.id, null, 'ed');
  await worth('a retry');
  await schedulePost(at.context, post.id, null, { at: later(5 * HOUR) }, 'ed');
  expect(minutes((await read(post)).dueAt, (await read(post)).staleAt)).toBe(60);
});

it('follows the embargo where that is set, moved or lifted after the post had its time', async () => {
  const { post, storyId } = await ofStory();
  await approve(at.context, post.id, null, 'now', 'ed');
  for (const hours of [2, 30, 4]) {
    const ends = later(hours * HOUR);
    await embargo(storyId, ends);
    expect(await read(post)).toMatchObject({ wakeAt: ends, staleAt: new Date(ends.getTime() + HOUR) });
  }
  await at.context.database.run(`UPDATE standfirst.post SET due_at = due_at - interval '3 hours' WHERE id = $1`, [
    post.id,
  ]);
  await embargo(storyId, null);
  const lifted = await read(post);
  expect(lifted.wakeAt).toEqual(lifted.dueAt);
  expect(minutes(new Date(), lifted.staleAt)).toBe(60);
});

it('is never later than the approval, nor than somebody said', async () => {
  const { post, storyId } = await ofStory();
  const until = later(HOUR);
  await approve(at.context, post.id, null, 'now', 'ed', { until });
  await embargo(storyId, later(30 * MINUTE));
  expect((await read(post)).staleAt).toEqual(until);
  const said = later(50 * MINUTE);
  await changePost(at.context, post.id, null, { worthlessAfter: said }, 'ed');
  await embargo(storyId, later(40 * MINUTE));
  expect((await read(post)).staleAt).toEqual(said);
});

it('refuses a time where the post would be worthless, or its approval over, before the embargo ends', async () => {
  const ends = later(2 * HOUR);
  const { post, storyId } = await ofStory(later(HOUR));
  await embargo(storyId, ends);
  for (const when of ['now', { at: later(MINUTE) }] as const) {
    await expect(approve(at.context, post.id, null, when, 'ed')).rejects.toMatchObject({ reason: 'conflict' });
    await expect(approve(at.context, post.id, null, when, 'ed')).rejects.toThrow(
      /^Post \S+ is worthless after \S+Z, before the embargo of its story ends at \S+Z\. Set a later worthlessAfter, or an earlier end of the embargo\.$/,
    );
  }
  const other = await ofStory();
  await embargo(other.storyId, ends);
  await expect(approve(at.context, other.post.id, null, 'now', 'ed', { until: later(HOUR) })).rejects.toThrow(
    /^The approval of post \S+ ends at \S+Z, before the embargo of its story ends at \S+Z\. Have it approved for longer, or set an earlier end of the embargo\.$/,
  );
});

it('refuses to be over before a scheduled post can go out', async () => {
  const { post, storyId } = await ofStory();
  await embargo(storyId, later(2 * HOUR));
  await approve(at.context, post.id, null, 'now', 'ed');
  await expect(changePost(at.context, post.id, null, { worthlessAfter: later(HOUR) }, 'ed')).rejects.toMatchObject({
    reason: 'invalid',
    faults: [{ pointer: '/worthlessAfter', code: 'before-its-time' }],
  });
});

it('tells of every post that an embargo outlasts, which nobody may refuse', async () => {
  const { post, storyId } = await ofStory();
  await approve(at.context, post.id, null, 'now', 'ed');
  const said = later(HOUR);
  await changePost(at.context, post.id, null, { worthlessAfter: said }, 'ed');
  const ends = later(2 * HOUR);
  await embargo(storyId, ends);
  expect((await eventsOf(at.context.database, post.id, 1))[0]).toMatchObject({
    type: 'post.flagged',
    actor: 'user_ed',
    data: {
      why: `It is worthless from ${said.toISOString()} on, before it can go out at ${ends.toISOString()}: it will be stale unless that is changed.`,
      staleAt: said.toISOString(),
      wakeAt: ends.toISOString(),
    },
  });
});

it('follows the embargo also where that begins while a worker has the post in its hands', async () => {
  const { database } = at.context;
  const { post, storyId } = await ofStory();
  await approve(at.context, post.id, null, 'now', 'ed');
  await database.run(`UPDATE standfirst.post SET state = 'publishing' WHERE id = $1`, [post.id]);
  const { version, wake, dueAt } = await read(post);
  const ends = later(2 * HOUR);
  await embargo(storyId, ends);
  expect(minutes(ends, (await read(post)).staleAt)).toBe(60);
  expect(await read(post)).toMatchObject({ version, wake, dueAt, state: 'publishing' });
});

it('stays under its own embargo where that of another story, which ends at the same moment, is lifted', async () => {
  const { database } = at.context;
  const [own, other] = [await ofStory(), await ofStory()];
  const ends = later(2 * HOUR);
  await embargo(own.storyId, ends);
  await embargo(other.storyId, ends);
  await approve(at.context, own.post.id, null, 'now', 'ed');
  const { version } = await read(own.post);
  await embargo(other.storyId, null);
  expect(await read(own.post)).toMatchObject({ wakeAt: ends, version });
  // What came due under a hold is dropped: this one has not come due.
  const { id } = await hold(at.context, { scope: 'account', target: own.post.accountId, reason: 'Court' }, 'ed');
  await lift(at.context, id, 'drop-stale', 'ed');
  expect((await eventsOf(database, own.post.id, 1))[0]?.type).not.toBe('post.stale');
  expect((await read(own.post)).state).toBe('scheduled');
});
