import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from './seed.ts';
import { at, postNow, share, story } from './shared.ts';
import type { Post, Shared } from './shared.ts';

/** The same text for another account. */

const house = share();

/** A post as it is for one of the accounts. */
async function postFor(title: string, network: string): Promise<{ id: string; own: Post }> {
  const { id, posts } = await story(house, title);
  return { id, own: posts.find((post) => post.network === network) as Post };
}

async function copyOf(own: Post, { newsroom }: Shared): Promise<Post | undefined> {
  const { data } = await newsroom.api<{ data: Post[] }>('GET', '/v1/posts?limit=100&sort=-createdAt');
  return data.find(({ id, network, parts }) => {
    return id !== own.id && network !== own.network && parts[0]?.text === own.parts[0]?.text;
  });
}

async function sendElsewhere(page: Page, own: Post, account: string): Promise<void> {
  await page
    .locator(`[data-post="${own.id}"]`)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Send to another account…' }).hover();
  await page.getByRole('menuitem', { name: account }).click();
  await page.getByText(`In review for ${account}.`).first().waitFor();
}

test('waits for the embargo of its story there too', async () => {
  const { id, own } = await postFor('Lowmere keeps a secret', 'mastodon');
  const { storyId } = await house.newsroom.api<{ storyId: string }>('GET', `/v1/articles/${id}`);
  const embargoUntil = new Date(Date.now() + 86_400_000).toISOString();
  await house.newsroom.api('PATCH', `/v1/stories/${storyId}`, { embargoUntil });
  await using editor = await at(house, `/stories/${id}`);
  await sendElsewhere(editor.page, own, 'Sandbox');
  const copy = await copyOf(own, house);
  expect(copy).toMatchObject({ storyId, articleId: id });
  await house.newsroom.api('POST', `/v1/posts/${copy?.id}/approve`, { schedule: 'now' });
  expect(await postNow(house.newsroom, copy?.id ?? '')).toMatchObject({ state: 'scheduled', wakeAt: embargoUntil });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('sent to another account and taken back, a post is as it was', async () => {
  const { id, own } = await postFor('Lowmere lends its ladder', 'sandbox');
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  await sendElsewhere(page, own, '@desk@social.example');
  await page.keyboard.press('Control+z');
  await page.getByText('Taken back.').first().waitFor();
  const copy = (await copyOf(own, house)) as Post;
  expect(await postNow(house.newsroom, copy.id)).toMatchObject({ state: 'cancelled' });
  await page.waitForTimeout(11_000);
  expect(await postNow(house.newsroom, own.id)).toMatchObject({ state: 'in_review' });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('sent to another account, a post leaves its own once that can no longer be taken back', async () => {
  const { id, own } = await postFor('Lowmere lends its wheelbarrow', 'sandbox');
  await using editor = await at(house, `/stories/${id}`);
  await sendElsewhere(editor.page, own, '@desk@social.example');
  await until(async () => (await postNow(house.newsroom, own.id)).state === 'cancelled');
  expect(await copyOf(own, house)).toMatchObject({ state: 'in_review' });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('moved to the lane of another account and taken back, a post goes out when it would have', async () => {
  const { own } = await postFor('Lowmere swaps its lanes', 'sandbox');
  const dueAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 3 * 3_600_000).toISOString();
  await house.newsroom.api('POST', `/v1/posts/${own.id}/approve`, { schedule: { at: dueAt } });
  await using editor = await at(house, '/');
  const { page } = editor;
  const card = page.locator(`[data-card="${own.id}"]`);
  await card.waitFor();
  const { data } = await house.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const lane = page.locator(`[data-lane="${data.find(({ network }) => network === 'mastodon')?.id}"]`);
  const [from, to] = [await card.boundingBox(), await lane.boundingBox()];
  if (from === null || to === null) throw new Error('There is no card, or no lane.');
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 25, to.y + 30, { steps: 8 });
  await page.mouse.up();
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
  await page
    .getByText(/^Moved to/)
    .first()
    .waitFor();
  // What is on its way elsewhere does not go out here meanwhile.
  expect((await postNow(house.newsroom, own.id)).state).not.toBe('scheduled');
  await page.keyboard.press('Control+z');
  await page.getByText('Taken back.').first().waitFor();
  expect(await postNow(house.newsroom, own.id)).toMatchObject({ state: 'scheduled', dueAt });
  expect(await copyOf(own, house)).toMatchObject({ state: 'cancelled' });
  expect(editor.complaints).toEqual([]);
}, 90_000);
