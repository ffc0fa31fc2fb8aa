import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { keyOfAddress } from '../../src/pipeline/place.ts';
import { editPost } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
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
  await editPost(at.context, own.id, null, [{ text: 'Other words by now.', media: [], card: null }], 'ed');
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
