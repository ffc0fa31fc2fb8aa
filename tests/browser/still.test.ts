import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from './seed.ts';
import type { Post } from './shared.ts';
import { WAIT, at, postNow, share, story } from './shared.ts';

/** What others do, and what time brings, moves nothing from under the pointer. */

const house = share();

async function write(network: string, text: string, schedule: unknown): Promise<Post> {
  const { data } = await house.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const accountIds = data.flatMap((account) => (account.network === network ? [account.id] : []));
  return (await house.newsroom.api<{ data: [Post] }>('POST', '/v1/posts', { accountIds, text, schedule })).data[0];
}

const inMinutes = (minutes: number): { at: string } => ({ at: new Date(Date.now() + minutes * 60_000).toISOString() });
const topOf = async (element: Locator): Promise<number> => (await element.boundingBox())?.y ?? NaN;
/** Rows of a list, by the words of ours in them. */
const rows = (page: Page, within: string, words: RegExp): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('${within}')].map((row) => ${String(words)}.exec(row.textContent)?.[0] ?? '')`,
  );

test('on Failures one more of a group waits until it is asked for', async () => {
  await house.social.setMode({ name: '422' });
  const fail = async (text: string): Promise<void> => {
    const post = await write('mastodon', text, 'now');
    await until(async () => (await postNow(house.newsroom, post.id)).state === 'failed');
  };
  await fail('The first bell is out.');
  await fail('The second bell is out.');
  await using editor = await at(house, '/failures');
  const { page } = editor;
  const failures = page.locator('[data-failure]');
  await failures.nth(1).waitFor(WAIT);
  const before = await topOf(failures.nth(0));
  await fail('The third bell is out.');
  await page.getByRole('button', { name: '1 new. Press . to load' }).waitFor(WAIT);
  expect(await failures.count()).toBe(2);
  expect(await topOf(failures.nth(0))).toBe(before);
  await page.keyboard.press('.');
  await failures.nth(2).waitFor(WAIT);
  await house.social.setMode({ name: 'ok' });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the list of Stories and the next ten keep their rows while one points at them', async () => {
  const { posts } = await story(house, 'Lowmere oils its gates');
  const [first] = posts;
  const schedule = inMinutes(50);
  await house.newsroom.api('POST', `/v1/posts/${first?.id}/approve`, { schedule });
  await write('sandbox', 'Bell two rings.', inMinutes(55));
  await using editor = await at(house, '/');
  const { page } = editor;
  const words = /oils its gates|Bell \w+/;
  const list = '[data-next-list] li';
  await until(async () => (await rows(page, list, words)).join() === 'oils its gates,Bell two');
  await page.getByRole('region', { name: 'Next ten' }).getByText('Bell two rings.').hover();
  await write('sandbox', 'Bell one rings.', inMinutes(40));
  // The strip names it: the page knows.
  await page.getByRole('banner').getByText('Bell one rings.').waitFor(WAIT);
  expect(await rows(page, list, words)).toEqual(['oils its gates', 'Bell two']);
  await page.locator('main h1').hover();
  await until(async () => (await rows(page, list, words)).join() === 'Bell one,oils its gates,Bell two');

  await page.goto(`${house.newsroom.address}/stories`);
  const link = page.getByRole('main').getByRole('link', { name: /oils its gates/ });
  await link.waitFor(WAIT);
  const before = await topOf(link);
  await story(house, 'Lowmere paints its gates');
  const fresh = page.getByRole('button', { name: '1 new. Press . to load' });
  await fresh.waitFor(WAIT);
  expect(await topOf(link)).toBe(before);
  await fresh.click();
  await page
    .getByRole('main')
    .getByRole('link', { name: /paints its gates/ })
    .waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the hold of somebody else is told at once, and moves the buttons of a post once the mouse is elsewhere', async () => {
  const { id, posts } = await story(house, 'Lowmere tunes its organ');
  const schedule = inMinutes(60);
  for (const post of posts) await house.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule });
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${posts[0]?.id}"]`);
  const edit = column.getByRole('button', { name: 'Edit', exact: true });
  await edit.hover();
  const before = await topOf(edit);
  await house.newsroom.api('POST', '/v1/holds', { scope: 'all', reason: 'A name is being checked.' });
  const bar = page.getByRole('alert').filter({ hasText: 'A name is being checked.' });
  await bar.waitFor(WAIT);
  await column.getByText('Held', { exact: true }).waitFor(WAIT);
  expect(await topOf(edit)).toBe(before);
  await page.getByRole('banner').hover();
  await column.getByText(/^Held by/).waitFor(WAIT);
  expect(await topOf(edit)).toBeGreaterThan(before);
  // The bar covers nothing, seen from the top of the page.
  await page.evaluate('window.scrollTo(0, 0)');
  const { y = 0, height = 0 } = (await bar.boundingBox()) ?? {};
  expect(await topOf(page.locator('#main'))).toBeGreaterThanOrEqual(y + height);
  await bar.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await bar.waitFor({ state: 'detached', ...WAIT });
  expect(editor.complaints).toEqual([]);
}, 90_000);
