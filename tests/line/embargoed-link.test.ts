import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { keyOfAddress } from '../../src/pipeline/place.ts';
import { changePost } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { waitAgain } from '../../src/pipeline/set-back.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import type { Claim } from '../../src/store/claim.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { addStoryKeys, insertStory } from '../../src/store/story-likeness.ts';
import { overduePosts } from '../../src/store/sweep.ts';
import { urlKey } from '../../src/text/url.ts';
import type { Fake } from '../fakes/fake.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** A story under embargo, whose address somebody puts into a text of another story, or of none. */

const never = new AbortController().signal;
const ends = (): Date => new Date(Date.now() + 3_600_000);
let at: Installation;
let receiver: Fake;
let account: AccountRow;
let address: string;
let storyId: string;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
  receiver = await startWebhook();
  const credentials = { url: `${receiver.url}/hook`, secret: webhookSecret };
  account = await addAccount(at.context, { network: 'webhook', name: 'Receiver', credentials }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});
beforeEach(async () => {
  address = `https://www.tarn-valley.example/news/budget-${++serial}`;
  storyId = await story(address);
});

async function story(url: string): Promise<string> {
  const { database, io } = at.context;
  const id = io.id('story');
  await insertStory(database, { id, title: 'The budget', url, urgency: 'normal' });
  await addStoryKeys(database, id, [keyOfAddress(urlKey(url))]);
  return id;
}
const embargo = (embargoUntil: Date | null, id = storyId): Promise<unknown> =>
  editStory(at.context, id, { embargoUntil }, 'ed');
async function make(text: string, more: Partial<ReadyPost> = {}): Promise<PostRow> {
  const parts = [{ text: `${text} (${serial})`, media: [], card: null }];
  const ready = { parts, accountIds: [account.id], schedule: 'now', ...more } as const;
  return (await createPosts(at.context, ready, 'test'))[0] as PostRow;
}
const send = ({ id, network }: PostRow): Promise<void> => publish(at.context, { postId: id, network }, never);
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const isOut = (post: PostRow): boolean =>
  receiver.log.some(({ text }) => String(text).startsWith(post.parts[0]?.text ?? ''));
const card = (url: string) => ({ url, title: 'The budget', description: 'In full.', image: null });

it.each([
  ['as its link', (url: string) => ({ link: url })],
  ['as its link, with what a campaign adds', (url: string) => ({ link: `${url}/?utm_source=x&utm_medium=social#top` })],
  ['as its link, written another way', (url: string) => ({ link: url.replace('https://www.', 'http://') })],
  ['as its link, with a dot behind the host', (url: string) => ({ link: url.replace('.example', '.example.') })],
  ['as its link, with letters as codes', (url: string) => ({ link: url.replace('/budget', '/%62udget') })],
  ['as its link, with a question that no story is known by', (url: string) => ({ link: `${url}?v=2` })],
  ['in a card', (url: string) => ({ parts: [{ text: `In full ${serial}`, media: [], card: card(url) }] })],
  ['in its text', (url: string) => ({ parts: [{ text: `In full ${serial} (${url}).`, media: [], card: null }] })],
])('keeps back a text that has the address %s, and lets it out when it ends', async (_, more) => {
  const until = ends();
  await embargo(until);
  const post = await make('The budget', more(address));
  await send(post);
  const said = (await listAttempts(at.context.database, post.id)).map(({ failure }) => failure?.detail);
  expect([isOut(post), said]).toEqual([
    false,
    ['The post leads to a story that is under embargo, or says what it says.'],
  ]);
  // Nobody rings for it until then.
  expect((await read(post)).wakeAt).toEqual(until);
  expect(await overduePosts(at.context.database, 0, 10)).toEqual([]);
  await embargo(null);
  await send(post);
  expect([isOut(post), (await read(post)).state]).toEqual([true, 'published']);
});

it('keeps back a text whose story is another', async () => {
  const other = await story(`${address}-in-short`);
  await embargo(ends());
  const post = await make('The budget', { link: address });
  await at.context.database.run('UPDATE standfirst.post SET story_id = $2 WHERE id = $1', [post.id, other]);
  await send(post);
  expect(isOut(post)).toBe(false);
  await embargo(null);
  await send(post);
  expect(isOut(post)).toBe(true);
});

it('keeps nothing back that leads elsewhere, or to an address that only begins like it', async () => {
  await embargo(ends());
  for (const link of [`${address}-in-short`, `${address}/comments`, 'https://www.tarn-valley.example/news']) {
    const post = await make('Elsewhere', { link });
    await send(post);
    expect([link, isOut(post)]).toEqual([link, true]);
    serial += 1;
  }
});

it('keeps nothing back that leads to another story of the same page, told apart by what is asked of it', async () => {
  await story(`${address}?id=7`);
  await embargo(ends());
  const post = await make('Another', { link: `${address}?id=7` });
  await send(post);
  expect(isOut(post)).toBe(true);
});

it('keeps back words that a post of the story says or has said, without their link too, and no other words', async () => {
  const said = `The council of Tarn Valley closes ${serial} of its seven swimming baths.`;
  const own = await make('As planned', { parts: [{ text: `${said}\n\n${address}`, media: [], card: null }], storyId });
  await changePost(at.context, own.id, null, { parts: [{ text: 'Other words by now.', media: [], card: null }] }, 'ed');
  await embargo(ends());
  const again = await make('Again', { parts: [{ text: `“${said}” `, media: [], card: null }] });
  const others = await make('Other', { parts: [{ text: `${said} Its mayor resigns.`, media: [], card: null }] });
  await send(again);
  await send(others);
  expect([isOut(again), isOut(others)]).toEqual([false, true]);
  await embargo(null);
  await send(again);
  expect(isOut(again)).toBe(true);
});

it('that is put off keeps it back until its new end', async () => {
  await embargo(ends());
  const post = await make('The budget', { link: address });
  await send(post);
  const later = new Date(Date.now() + 7_200_000);
  await embargo(later);
  await send(post);
  expect([isOut(post), (await read(post)).wakeAt]).toEqual([false, later]);
});

it('counts the worth of what it keeps back from its end, as that of its own posts', async () => {
  const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
  const after = (from: Date | null, hours: number): Date => new Date((from?.getTime() ?? NaN) + hours * 3_600_000);
  const until = days(2);
  await embargo(until);
  const [post, said] = [await make('The budget', { link: address }), await make('In time', { link: address })];
  const worthlessAfter = days(1);
  await changePost(at.context, said.id, null, { worthlessAfter }, 'ed');
  for (const one of [post, said]) await send(one);
  expect(await read(post)).toMatchObject({ wakeAt: until, dueAt: post.dueAt, staleAt: after(until, 12) });
  // What a person has said stays; whoever reads what became of it is told.
  expect(await read(said)).toMatchObject({ wakeAt: until, staleAt: worthlessAfter });
  const [moved] = await eventsOf(at.context.database, said.id, 1);
  expect(moved).toMatchObject({
    type: 'post.moved',
    data: { wakeAt: expect.any(String), staleAt: expect.any(String) },
  });
  await embargo(days(3));
  await send(post);
  expect((await read(post)).staleAt).toEqual(after((await read(post)).wakeAt, 12));
  await embargo(null);
  const lifted = await read(post);
  expect(lifted.wakeAt).toEqual(post.dueAt);
  expect(Math.abs((lifted.staleAt?.getTime() ?? 0) - after(new Date(), 12).getTime())).toBeLessThan(60_000);
  expect((await read(said)).staleAt).toEqual(worthlessAfter);
});

it('keeps that worth where its own story hurries otherwise, or somebody asks for its worth by urgency', async () => {
  const hour = 3_600_000;
  const other = await story(`${address}-in-short`);
  const until = new Date(Date.now() + 48 * hour);
  await embargo(until);
  const post = await make('The budget', { link: address });
  await at.context.database.run('UPDATE standfirst.post SET story_id = $2 WHERE id = $1', [post.id, other]);
  await send(post);
  await changePost(at.context, post.id, null, { worthlessAfter: new Date(until.getTime() + hour) }, 'ed');
  const early = changePost(at.context, post.id, null, { worthlessAfter: new Date(until.getTime() - hour) }, 'ed');
  await expect(early).rejects.toMatchObject({ faults: [{ code: 'before-its-time' }] });
  await changePost(at.context, post.id, null, { worthlessAfter: null }, 'ed');
  expect((await read(post)).staleAt).toEqual(new Date(until.getTime() + 12 * hour));
  await editStory(at.context, other, { urgency: 'breaking' }, 'ed');
  expect(await read(post)).toMatchObject({ wakeAt: until, staleAt: new Date(until.getTime() + hour) });
});

it('is rung for only where it ends within a day: what is further ahead waits in the database', async () => {
  const { bell, ledger, database, io, workerId } = at.context;
  const rung: unknown[] = [];
  const listening: typeof bell = {
    ...bell,
    ring: (queue, payload, how) => {
      rung.push(how?.at);
      return bell.ring(queue, payload, how);
    },
    ringMany: (queue, many) => {
      rung.push(...many.map(({ how }) => how?.at));
      return bell.ringMany(queue, many);
    },
  };
  const tools = { ...at.context, bell: listening };
  for (const [hours, isRung] of [
    [30 * 24, false],
    [2, true],
  ] as const) {
    const until = new Date(Date.now() + hours * 3_600_000);
    const shows = await make(`Shows it in ${hours} hours`, { link: address });
    const own = await make(`Of it in ${hours} hours`);
    await database.run('UPDATE standfirst.post SET story_id = $2 WHERE id = $1', [own.id, storyId]);
    const claim = await ledger.claim({ postId: own.id, workerId, attemptId: io.id('attempt'), phase: 'reserved' });
    await embargo(until);
    await publish(tools, { postId: shows.id, network: shows.network }, never);
    await waitAgain(tools, claim as Claim, claim?.attemptId ?? '', 'It is under embargo.');
    for (const post of [shows, own]) expect(await read(post)).toMatchObject({ state: 'scheduled', wakeAt: until });
    expect(rung).toEqual(isRung ? [until, until] : []);
    await embargo(null);
  }
});
