import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { approve, retry } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import type { Fake } from '../fakes/fake.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What waited for one moment, the end of a server's trouble or of an embargo, leaves by the pace of its account. */

const MINUTE = 60_000;
const GAP = { minGapMs: 10 * MINUTE };
/** So long after the one that asks whether a server can be reached the others would, and a moment more. */
const BEHIND_MS = 2_100;
let at: Installation;
let fake: Fake;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, io: { chance: () => 0.5 } });
  fake = await startWebhook();
});
afterEach(() => fake.setMode({ name: 'ok' }));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

const after = (ms: number): Date => new Date(Date.now() + ms);
function account(settings: Partial<AccountSettings> = GAP): Promise<AccountRow> {
  const credentials = { url: `${fake.url}/in`, secret: webhookSecret };
  return addAccount(at.context, { network: 'webhook', name: `Turn ${++serial}`, credentials, settings }, 'test');
}
async function make(on: AccountRow, schedule: ReadyPost['schedule'], more: Partial<ReadyPost> = {}): Promise<PostRow> {
  const parts = [{ text: `In turn ${++serial}`, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule, ...more }, 'test');
  return post as PostRow;
}
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const send = ({ id }: PostRow): Promise<void> =>
  publish(at.context, { postId: id, network: 'webhook' }, new AbortController().signal);
const isOut = ({ parts }: PostRow): boolean => fake.log.some(({ text }) => text === parts[0]?.text);
/** Until a post wakes, by the database's clock, which this machine's is. */
async function woken(post: PostRow): Promise<void> {
  await sleep(Math.max(0, ((await read(post)).wakeAt?.getTime() ?? 0) + 2 - Date.now()));
}
const minutesBehind = async (first: PostRow, post: PostRow): Promise<number> => {
  const from = (await read(first)).publishedAt?.getTime() ?? NaN;
  return Math.round((((await read(post)).wakeAt?.getTime() ?? NaN) - from) / MINUTE);
};
/** Posts that are due this moment, the oldest first. */
async function due(on: AccountRow, count: number): Promise<PostRow[]> {
  const posts: PostRow[] = [];
  for (let n = 0; n < count; n++) posts.push(await make(on, { at: after(n) }));
  await sleep(count);
  return posts;
}
async function inStory(on: AccountRow, urgency: 'normal' | 'breaking' = 'normal'): Promise<PostRow> {
  const { database, io } = at.context;
  const post = await make(on, 'review', { urgency });
  const storyId = io.id('story');
  const url = `https://merrow-herald.example/${post.id}`;
  await insertStory(database, { id: storyId, title: 'Budget', url, urgency });
  await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, storyId]);
  return { ...post, storyId };
}

it('keeps the gap when a server can be reached again, in the order of the plan', async () => {
  const [first, second, third] = (await due(await account(), 3)) as [PostRow, PostRow, PostRow];
  await fake.setMode({ name: 'refuse' });
  await send(first);
  await fake.setMode({ name: 'ok' });
  await woken(first);
  await send(first);
  await sleep(BEHIND_MS);
  await Promise.all([third, second].map(send));
  expect([first, second, third].map(isOut)).toEqual([true, false, false]);
  expect([await minutesBehind(first, second), await minutesBehind(first, third)]).toEqual([10, 20]);
});

it('lets the oldest go first also where another asked whether the server can be reached', async () => {
  const [older, newer] = (await due(await account(), 2)) as [PostRow, PostRow];
  await fake.setMode({ name: 'refuse' });
  await send(newer);
  await fake.setMode({ name: 'ok' });
  await woken(newer);
  await send(newer);
  expect([older, newer].map(isOut)).toEqual([false, false]);
  await woken(older);
  await send(older);
  expect([older, newer].map(isOut)).toEqual([true, false]);
  expect(await minutesBehind(older, newer)).toBe(10);
});

it('keeps its turn where the server is in trouble again and again', async () => {
  const [first, second, third] = (await due(await account({ minGapMs: 3_000 }), 3)) as [PostRow, PostRow, PostRow];
  await fake.setMode({ name: 'refuse' });
  for (let round = 0; round < 2; round++) {
    await woken(first);
    await send(first);
  }
  await fake.setMode({ name: 'ok' });
  // From when each was begun: a request that takes long on a busy machine is no smaller gap.
  const begun: number[] = [];
  for (const post of [first, second, third]) {
    await woken(post);
    begun.push(Date.now());
    await send(post);
  }
  const taken = [first, second, third].map(
    ({ parts }) => fake.log.find(({ text }) => text === parts[0]?.text)?.at ?? 0,
  );
  expect((taken[1] ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(2_900);
  expect((taken[2] ?? 0) - (begun[1] ?? 0)).toBeGreaterThan(2_900);
  expect((taken[2] ?? 0) - (taken[0] ?? 0)).toBeLessThan(8_900);
});

it('keeps a cap when a server can be reached again', async () => {
  const posts = await due(await account({ hourlyCap: 2 }), 4);
  const [first, second] = posts as [PostRow, PostRow];
  await fake.setMode({ name: 'refuse' });
  await send(first);
  await fake.setMode({ name: 'ok' });
  await woken(first);
  await send(first);
  await woken(second);
  await Promise.all(posts.slice(1).map(send));
  expect(posts.map(isOut)).toEqual([true, true, false, false]);
  for (const post of posts.slice(2)) expect(await minutesBehind(first, post)).toBe(60);
});

it('keeps the gap at the end of an embargo that several stories have in common, and breaking news waits for none', async () => {
  const desk = await account();
  const [first, second, third] = [await inStory(desk), await inStory(desk), await inStory(desk)];
  const news = await inStory(desk, 'breaking');
  const ends = after(2_000);
  const embargo = ({ storyId }: PostRow): Promise<unknown> =>
    editStory(at.context, storyId ?? '', { embargoUntil: ends }, 'ed');
  await embargo(news);
  await approve(at.context, news.id, null, 'now', 'ed');
  // Due under the embargo, and given it afterwards: both wake at its end.
  await embargo(third);
  for (const [n, post] of [first, second, third].entries()) {
    await approve(at.context, post.id, null, { at: after(n) }, 'ed');
  }
  for (const post of [first, second]) await embargo(post);
  for (const post of [first, second, third]) expect((await read(post)).wakeAt, post.id).toEqual(ends);
  await woken(news);
  await Promise.all([third, news, second, first].map(send));
  expect([first, second, third, news].map(isOut)).toEqual([false, false, false, true]);
  const behind = await Promise.all([first, second, third].map((post) => minutesBehind(news, post)));
  expect(behind).toEqual([10, 20, 30]);
});

it('lets the oldest go at the end of an embargo, and all of them on an account that keeps nothing apart', async () => {
  for (const [settings, out] of [
    [GAP, [true, false, false]],
    [{}, [true, true, true]],
  ] as const) {
    const desk = await account(settings);
    const posts = [await inStory(desk), await inStory(desk), await inStory(desk)];
    const ends = after(1_000);
    for (const { id, storyId } of posts) {
      await approve(at.context, id, null, 'now', 'ed');
      await editStory(at.context, storyId ?? '', { embargoUntil: ends }, 'ed');
    }
    await sleep(Math.max(0, ends.getTime() + 2 - Date.now()));
    await Promise.all(posts.toReversed().map(send));
    expect(posts.map(isOut)).toEqual(out);
  }
});

it('leaves the end of an embargo of ten days to the post that waits for it, before and after', async () => {
  const { database } = at.context;
  const desk = await account();
  const ends = after(10 * 24 * 60 * MINUTE);
  const [waits, next, last] = [await inStory(desk), await inStory(desk), await inStory(desk)];
  await approve(at.context, waits.id, null, { at: after(MINUTE) }, 'ed');
  for (const { storyId } of [waits, next]) await editStory(at.context, storyId ?? '', { embargoUntil: ends }, 'ed');
  await approve(at.context, next.id, null, 'next-slot', 'ed');
  expect((await read(next)).dueAt).toEqual(new Date(ends.getTime() + 10 * MINUTE));
  // As if it had gone out in this minute.
  await database.run(
    `UPDATE standfirst.post SET state = 'published', wake_at = NULL, due_at = due_at - interval '10 days', published_at = standfirst.clock() WHERE id = $1`,
    [waits.id],
  );
  await approve(at.context, last.id, null, 'next-slot', 'ed');
  expect(await minutesBehind(waits, last)).toBe(10);
});

it('takes a person’s word: times closer than the gap, and a retry now', async () => {
  const desk = await account();
  const [first, second] = (await due(desk, 2)) as [PostRow, PostRow];
  await Promise.all([second, first].map(send));
  expect([first, second].map(isOut)).toEqual([true, true]);
  const [failed] = (await due(desk, 1)) as [PostRow];
  await at.context.database.run(`UPDATE standfirst.post SET state = 'failed' WHERE id = $1`, [failed.id]);
  await retry(at.context, failed.id, null, 'ed');
  await send(failed);
  expect(isOut(failed)).toBe(true);
});

it('takes a person’s word also where that is late by a moment, and moves nobody for it', async () => {
  const { database } = at.context;
  const desk = await account();
  const [out] = (await due(desk, 1)) as [PostRow];
  await send(out);
  const [now, next] = [await make(desk, 'now'), await make(desk, 'next-slot')];
  await sleep(BEHIND_MS);
  await send(now);
  expect(isOut(now)).toBe(true);
  expect((await read(next)).wakeAt).toEqual(next.wakeAt);

  // Not so a minute later, nor where the account was told to wait meanwhile.
  const [old, limited] = [await make(desk, 'now'), await make(desk, 'now')];
  await database.run(
    `UPDATE standfirst.post SET due_at = due_at - interval '61 seconds', wake_at = wake_at - interval '61 seconds' WHERE id = $1`,
    [old.id],
  );
  await database.run(
    `UPDATE standfirst.account SET blocked_until = standfirst.clock() + interval '1 second' WHERE id = $1`,
    [desk.id],
  );
  await sleep(BEHIND_MS);
  for (const post of [old, limited]) await send(post);
  expect([old, limited].map(isOut)).toEqual([false, false]);
});

it('goes on with a thread that is half out, whatever went out meanwhile', async () => {
  const { database } = at.context;
  const desk = await account();
  const parts = [1, 2].map((n) => ({ text: `Half out ${n}`, media: [], card: null }));
  const thread = await make(desk, { at: new Date() }, { parts });
  const [other] = (await due(desk, 1)) as [PostRow];
  await fake.setMode({ name: '429', after: 1 });
  await send(thread);
  await fake.setMode({ name: 'ok' });
  await database.run('UPDATE standfirst.account SET blocked_until = NULL WHERE id = $1', [desk.id]);
  await database.run('UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1', [thread.id]);
  await send(other);
  await send(thread);
  expect([isOut(other), (await read(thread)).state]).toEqual([true, 'published']);
});

it('tells nobody of a move where a post is tried again at its time', async () => {
  const [post] = (await due(await account(), 1)) as [PostRow];
  await fake.setMode({ name: 'refuse' });
  await send(post);
  await fake.setMode({ name: 'ok' });
  await woken(post);
  await send(post);
  expect(isOut(post)).toBe(true);
  const told = await eventsOf(at.context.database, post.id, 100);
  expect(told.map(({ type }) => type)).not.toContain('post.moved');
});
