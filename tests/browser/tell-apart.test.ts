import { expect, test } from 'vitest';
import { plainStory } from '../line/newsroom.ts';
import { join } from './member.ts';
import { until, writePosts } from './seed.ts';
import { at, postNow, postsOf, share, WAIT } from './shared.ts';
import type { Post } from './shared.ts';

/** A story that reads like another one, which is under embargo: a person says that the two are not the same. */

const house = share();
const ALIKE = 'It may be a copy of another story';
const BUTTON = 'They are not the same';

async function embargoedCopy(town: string): Promise<{ id: string; posts: Post[] }> {
  const { newsroom } = house;
  const text = plainStory(town);
  const url = `https://${town.toLowerCase()}.example/bridge`;
  const first = await writePosts(newsroom, { title: `${town} rebuilds its bridge`, text, url });
  const { storyId } = await newsroom.api<{ storyId: string }>('GET', `/v1/articles/${first}`);
  const embargoUntil = new Date(Date.now() + 3 * 3_600_000).toISOString();
  await newsroom.api('PATCH', `/v1/stories/${storyId}`, { embargoUntil });
  const id = await writePosts(newsroom, { title: `A new bridge for ${town}`, text });
  return { id, posts: await postsOf(newsroom, id) };
}

const isApart = async (id: string): Promise<boolean> =>
  (await house.newsroom.api<{ possibleDuplicate: { isAnother: boolean } }>('GET', `/v1/articles/${id}`))
    .possibleDuplicate.isAnother;

test('a copy says on its Story what it waits for; told apart, its posts go out, and until then it can be taken back', async () => {
  const { newsroom } = house;
  const { id, posts } = await embargoedCopy('Aldersund');
  const post = posts.find(({ network }) => network === 'sandbox') as Post;
  // What says the same as the embargoed post waits for it whatever a person says of the two stories.
  const parts = [{ text: 'The bridge of Aldersund, in words of my own.', media: [], card: null }];
  await newsroom.api('PATCH', `/v1/posts/${post.id}`, { parts }, post.version);
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: 'now' });
  await until(async () => Date.parse((await postNow(newsroom, post.id)).wakeAt ?? '') > Date.now() + 3_600_000);

  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  const notice = page.getByRole('region', { name: ALIKE });
  await notice.getByText(/under embargo until/).waitFor(WAIT);
  await notice.getByRole('link', { name: 'Aldersund rebuilds its bridge' }).waitFor(WAIT);
  await notice.getByRole('button', { name: BUTTON }).click();
  await page.getByText('Told apart.').last().waitFor(WAIT);
  await notice.waitFor({ state: 'detached', ...WAIT });
  await page.keyboard.press('Control+z');
  await notice.waitFor(WAIT);
  expect(await isApart(id)).toBe(false);

  await page.keyboard.press('s');
  await notice.waitFor({ state: 'detached', ...WAIT });
  await until(() => isApart(id));
  await until(async () => (await postNow(newsroom, post.id)).state === 'published');
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('the Desk names it among its checks, and the menu of a post has it wherever the post stands', async () => {
  const { id, posts } = await embargoedCopy('Brekke');
  await using editor = await at(house, '/desk');
  const { page } = editor;
  await page.locator(`[data-story]`).filter({ hasText: 'A new bridge for Brekke' }).first().click();
  await page.locator(`[data-post="${posts[0]?.id ?? ''}"]`).waitFor(WAIT);
  const badge = page.getByRole('list', { name: 'Checks' }).getByText(ALIKE);
  await badge.waitFor(WAIT);
  await page.getByRole('button', { name: BUTTON }).waitFor(WAIT);
  await page
    .locator(`[data-post="${posts[0]?.id ?? ''}"]`)
    .getByRole('button', { name: /^More for / })
    .click();
  await page.getByRole('menuitem', { name: 'No copy of the other story' }).click();
  await badge.waitFor({ state: 'detached', ...WAIT });
  await until(() => isApart(id));
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('who may not decide it is told who does, and finds no key for it', async () => {
  const { id } = await embargoedCopy('Dunvik');
  await using member = await join(house, 'writer');
  const { page } = member;
  await page.goto(`${house.newsroom.address}/stories/${id}`);
  const notice = page.getByRole('region', { name: ALIKE });
  await notice.getByText('A publisher says whether the two are the same.').waitFor(WAIT);
  expect(await notice.getByRole('button').count()).toBe(0);
  await page.keyboard.press('s');
  await page.getByText('You may not time, send or hold posts; a publisher does.').last().waitFor(WAIT);
}, 60_000);
