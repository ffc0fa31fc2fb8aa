import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { WAIT, at, postsOf, share, story } from './shared.ts';

const shared = share();

const inbox = (page: Page) => page.getByRole('list', { name: 'Stories that wait for review' });
const statesOf = async (id: string): Promise<string[]> =>
  (await postsOf(shared.newsroom, id)).map(({ state }) => state).toSorted();

/** As a keyboard repeats it. */
async function hold(page: Page, key: string, presses: number): Promise<void> {
  for (let n = 0; n < presses; n++) {
    await page.keyboard.down(key);
    await page.waitForTimeout(33);
  }
  await page.keyboard.up(key);
}

test('a key that is held decides once, and goes on where it only moves', async () => {
  const stories = [];
  for (const what of ['roof', 'door', 'wall']) stories.push(await story(shared, `Lowmere mends its ${what}`));
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await inbox(page).getByText('Lowmere mends its roof').click();
  await page.locator(`[data-post="${stories[0]?.posts[0]?.id}"]`).waitFor(WAIT);
  await hold(page, 'a', 40);
  await page.locator(`[data-post="${stories[1]?.posts[0]?.id}"]`).waitFor(WAIT);
  expect(await statesOf(stories[0]?.id ?? '')).not.toContain('in_review');
  for (const { id } of stories.slice(1)) expect(await statesOf(id)).toEqual(['in_review', 'in_review', 'in_review']);
  await hold(page, 'j', 5);
  await page.locator(`[data-post="${stories[2]?.posts[0]?.id}"]`).waitFor(WAIT);
  for (const { posts } of stories.slice(1))
    for (const { id } of posts) await shared.newsroom.api('POST', `/v1/posts/${id}/cancel`, {});
  expect(editor.complaints).toEqual([]);
}, 90_000);
