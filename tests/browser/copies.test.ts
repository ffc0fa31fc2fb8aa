import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
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
