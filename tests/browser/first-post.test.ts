import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([startNewsroom(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

/** What is promised of a first run: from `npm start`, without reading anything. */
const MOST_MS = 120_000;

test('from the start of the server in an empty folder to the first post on the sandbox, by what the first pages offer', async () => {
  // As a newcomer: the link that was printed, no password for now, and then the first button of each page.
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  expect(new URL(page.url()).pathname).toBe('/');
  await page.getByRole('button', { name: 'Try the sample newsroom' }).click();
  await page.waitForURL('**/desk');
  const post = page.locator('[data-post]').first();
  const id = await post.getAttribute('data-post', { timeout: 25_000 });
  await post.getByRole('button', { name: /^Approve · / }).click();
  await page.getByRole('link', { name: 'Rundown' }).first().click();
  // The page itself shows that it is out.
  const card = page.locator(`[data-card="${id}"]`).filter({ hasText: '✓' });
  await card.waitFor({ timeout: MOST_MS });
  const tookMs = Date.now() - newsroom.startedAt;
  const { state } = await newsroom.api<{ state: string }>('GET', `/v1/posts/${id}`);
  expect(state).toBe('published');
  expect(tookMs).toBeLessThan(MOST_MS);
  console.log(`From the start of the server to the first post: ${(tookMs / 1_000).toFixed(1)} s`);
  expect(editor.complaints).toEqual([]);
}, 180_000);

test('a pasted article becomes a post with its meter, is edited, approved, and appears on the sandbox live', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.getByRole('link', { name: 'Intake' }).first().click();
  await page
    .getByLabel('Paste a link or the text of an article')
    .fill(
      'Ferry to Ostrow Island returns after nine years\n\nThe ferry between Harrow Quay and Ostrow Island will sail again from 4 March, the island council said on Thursday.\n\nThe crossing takes 35 minutes and carries 120 passengers. A single ticket costs 6 crowns.',
    );
  await page.getByRole('button', { name: 'Write the posts' }).click();

  const post = page.getByRole('region', { name: /Sandbox/ }).first();
  await expect.poll(() => post.getByText('In review').isVisible(), { timeout: 25_000 }).toBe(true);
  await expect.poll(() => post.getByRole('img', { name: /^\d+\/500 characters/ }).isVisible()).toBe(true);

  await post.getByRole('button', { name: 'Edit' }).click();
  const field = post.getByRole('textbox');
  await field.fill('x'.repeat(501));
  await expect.poll(() => post.getByText('501/500 characters').isVisible()).toBe(true);
  expect(await post.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await field.fill('The Ostrow ferry sails again on 4 March.');
  await field.press('Control+s');
  await expect.poll(() => post.getByText('40/500 characters').isVisible()).toBe(true);

  await post.getByRole('button', { name: /^Approve · / }).click();
  const timeline = page.getByRole('region', { name: 'Sandbox timeline' });
  await expect
    .poll(() => timeline.getByText('The Ostrow ferry sails again on 4 March.').isVisible(), { timeout: 25_000 })
    .toBe(true);
  await expect.poll(() => post.getByText('Published').isVisible()).toBe(true);
  expect(editor.complaints).toEqual([]);
}, 90_000);
