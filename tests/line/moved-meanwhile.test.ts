import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { giveTime } from '../../src/pipeline/schedule.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { getPost } from '../../src/store/post.ts';
import { approvePost, setDue } from '../../src/store/post-moves.ts';
import { lockPosts, lockTimes } from '../../src/store/post-times.ts';
import { lockStory } from '../../src/store/story.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** A person gives a post another time in the very moment in which the posts of its account move by rules. */

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const account = (): Promise<AccountRow> => {
  const settings = { minGapMs: 5 * MINUTE };
  return addAccount(at.context, { network: 'sandbox', name: `Moved ${++serial}`, credentials: {}, settings }, 'test');
};
const ready = (on: AccountRow, more: Pick<ReadyPost, 'schedule'> & Partial<ReadyPost>): ReadyPost => {
  const parts = [{ text: `It moves ${++serial}`, media: [], card: null }];
  return { parts, accountIds: [on.id], urgency: 'normal', ...more };
};
const row = (of: AccountRow, from: Date): Promise<string[]> =>
  createManyPosts(
    at.context,
    Array.from({ length: 5 }, () => ready(of, { schedule: { slotFrom: from } })),
    'test',
  ).then((made) => made.flat());

/** Holds a person's change open until somebody waits for it, then commits. @returns the time that was given. */
async function whileOthersMove(postId: string, others: () => Promise<unknown>): Promise<Date> {
  const { database } = at.context;
  const time = new Date(Date.now() + WEEK);
  let moving: Promise<unknown> = Promise.resolve();
  await database.transaction(async (sql) => {
    const from = (await getPost(sql, postId))?.dueAt ?? null;
    await setDue(sql, postId, null, { dueAt: time, staleAfterMs: 12 * 60 * MINUTE, from }, 'user_ed');
    moving = others();
    await expect.poll(() => waitingFor(database)).toBeGreaterThan(0);
  });
  await moving;
  return time;
}

async function waitingFor(sql: Installation['context']['database']): Promise<number> {
  const found = await sql.one(
    z.object({ n: z.number() }),
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  );
  return found?.n ?? 0;
}

it('keeps the time that a person gives a post while breaking news moves it', async () => {
  const desk = await account();
  const [first = '', second = ''] = await row(desk, new Date(Date.now() + 2 * MINUTE));
  const before = (await getPost(at.context.database, second))?.dueAt;
  const time = await whileOthersMove(first, () =>
    createPosts(at.context, ready(desk, { schedule: 'now', urgency: 'breaking' }), 'test'),
  );
  expect(await getPost(at.context.database, first)).toMatchObject({ dueAt: time, wakeAt: time });
  expect((await getPost(at.context.database, second))?.dueAt).not.toEqual(before);
});

it('keeps the time that a person gives a late post while the late ones are given their turns', async () => {
  const desk = await account();
  const from = new Date(Date.now() + 5 * MINUTE);
  const [first = '', second = '', third = ''] = await row(desk, from);
  await at.context.database.run(
    `UPDATE standfirst.post SET due_at = due_at - $2 * interval '1 ms', wake_at = wake_at - $2 * interval '1 ms',
            stale_at = stale_at - $2 * interval '1 ms' WHERE account_id = $1`,
    [desk.id, from.getTime() - Date.now() + 11 * MINUTE],
  );
  const never = new AbortController().signal;
  const time = await whileOthersMove(second, () => publish(at.context, { postId: first, network: 'sandbox' }, never));
  expect(await getPost(at.context.database, second)).toMatchObject({ dueAt: time, wakeAt: time });
  expect((await getPost(at.context.database, third))?.wakeAt?.getTime()).toBeGreaterThan(Date.now());
  expect(await getPost(at.context.database, first)).toMatchObject({ state: 'published' });
});

it('raises a story to breaking news while its account moves its posts, and neither ends the other', async () => {
  const { database, io } = at.context;
  const desk = await account();
  const schedule = { at: new Date(Date.now() + 60 * MINUTE) };
  const made = await createManyPosts(at.context, [ready(desk, { schedule }), ready(desk, { schedule })], 'test');
  const [first = '', second = ''] = made.flat();
  const storyId = io.id('story');
  await insertStory(database, {
    id: storyId,
    title: 'Ferry',
    url: `https://merrow-herald.example/${first}`,
    urgency: 'normal',
  });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [first, storyId]);
  let raising: Promise<unknown> = Promise.resolve();
  await database.transaction(async (sql) => {
    await lockTimes(sql, [desk.id]);
    await lockPosts(sql, [second]);
    raising = editStory(at.context, storyId, { urgency: 'breaking' }, 'user_ed');
    await expect.poll(() => waitingFor(database)).toBeGreaterThan(0);
    await lockPosts(sql, [first]);
  });
  await raising;
  expect(await getPost(database, first)).toMatchObject({ urgency: 'breaking' });
});

it('approves a post with a time while its story is changed, and neither ends the other', async () => {
  const { database } = at.context;
  const desk = await account();
  for (const when of ['next-slot', { at: new Date(Date.now() + 60 * MINUTE), isStrict: true }] as const) {
    const [[id = ''] = []] = await createManyPosts(at.context, [ready(desk, { schedule: 'review' })], 'test');
    let approving: Promise<unknown> = Promise.resolve();
    // Changing a story locks its accounts, then its posts.
    await database.transaction(async (sql) => {
      await lockTimes(sql, [desk.id]);
      approving = approve(at.context, id, null, when, 'user_ed');
      await expect.poll(() => waitingFor(database)).toBeGreaterThan(0);
      await lockPosts(sql, [id]);
    });
    await approving;
    expect(await getPost(database, id)).toMatchObject({ state: 'scheduled' });
  }
});

it('changes a story while a post of it is approved for now, and neither ends the other', async () => {
  const { database, io } = at.context;
  const desk = await account();
  const [[id = ''] = []] = await createManyPosts(at.context, [ready(desk, { schedule: 'review' })], 'test');
  const storyId = io.id('story');
  const url = `https://merrow-herald.example/${id}`;
  await insertStory(database, { id: storyId, title: 'Ferry', url, urgency: 'normal' });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [id, storyId]);
  const embargoUntil = new Date(Date.now() + 60 * MINUTE);
  let changing: Promise<unknown> = Promise.resolve();
  await database.transaction(async (sql) => {
    await approvePost(sql, id, null, 'user_ed');
    changing = editStory(at.context, storyId, { embargoUntil }, 'user_ed');
    await expect.poll(() => waitingFor(database)).toBeGreaterThan(0);
    await giveTime(sql, at.context, id, null, 'now', 'user_ed');
  });
  await changing;
  expect(await getPost(database, id)).toMatchObject({ state: 'scheduled', wakeAt: embargoUntil });
});

it('changes a story while another revision of it is handed in under embargo, and neither ends the other', async () => {
  const { database, io } = at.context;
  const desk = await account();
  const schedule = { at: new Date(Date.now() + 60 * MINUTE) };
  const [[id = ''] = []] = await createManyPosts(at.context, [ready(desk, { schedule })], 'test');
  const storyId = io.id('story');
  const url = `https://merrow-herald.example/${id}`;
  await insertStory(database, { id: storyId, title: 'Ferry', url, urgency: 'normal' });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [id, storyId]);
  let changing: Promise<unknown> = Promise.resolve();
  // The reading tells the story anew, then moves its posts.
  await database.transaction(async (sql) => {
    await lockStory(sql, storyId);
    changing = editStory(at.context, storyId, { urgency: 'breaking' }, 'user_ed');
    await expect.poll(() => waitingFor(database)).toBeGreaterThan(0);
    await lockTimes(sql, [desk.id]);
  });
  await changing;
  expect(await getPost(database, id)).toMatchObject({ urgency: 'breaking' });
});
