import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import { share, story, WAIT } from './shared.ts';

/** The newsroom is in Bucharest, the account's readers are in Tokyo, the editor is in New York. */

const house = share();

/** A post on the sandbox that goes out at noon of tomorrow, by UTC. */
async function scheduled(title: string): Promise<{ id: string; accountId: string }> {
  const { newsroom } = house;
  const { posts } = await story(house, title);
  const post = posts.find(({ network }) => network === 'sandbox');
  if (post === undefined) throw new Error('No post on the sandbox.');
  const { version } = await newsroom.api<{ version: number }>('GET', `/v1/accounts/${post.accountId}`);
  await newsroom.api('PATCH', `/v1/accounts/${post.accountId}`, { settings: { timeZone: 'Asia/Tokyo' } }, version);
  const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: { at: `${tomorrow}T12:00:00Z` } });
  return post;
}

const tipOf = (page: Page) => page.getByRole('tooltip');
const told = async (page: Page): Promise<string[]> => (await tipOf(page).innerText()).split('\n');

test('a time tells its account’s clock beside the newsroom’s, the reader’s and UTC, to the pointer and to the keyboard', async () => {
  const post = await scheduled('Lowmere sets its clocks');
  await using editor = await signIn(house.browser, house.newsroom, { timezoneId: 'America/New_York' });
  const { page } = editor;
  await page.goto(`${house.newsroom.address}/calendar?view=agenda`);
  const time = page.locator(`time[data-clock-of="${post.accountId}"]`).first();
  await time.hover();
  await tipOf(page).waitFor(WAIT);
  const lines = await told(page);
  expect(lines.map((line) => line.replace(/\w{3} \d+ \w{3} /, ''))).toEqual([
    expect.stringMatching(/^Bucharest \d\d:00 \(UTC\+[23]\)$/),
    expect.stringMatching(/^Sandbox: Tokyo 21:00 \(UTC\+9\)$/),
    expect.stringMatching(/^Yours: 0[78]:00$/),
    'UTC 12:00',
  ]);
  await page.mouse.move(2, 400);
  await tipOf(page).waitFor({ state: 'detached', ...WAIT });

  await time.focus();
  await tipOf(page).waitFor(WAIT);
  expect(await told(page)).toEqual(lines);
  expect(await time.getAttribute('aria-describedby')).toBe(await tipOf(page).getAttribute('id'));
  await page.keyboard.press('Escape');
  await tipOf(page).waitFor({ state: 'detached', ...WAIT });
  expect(await time.getAttribute('aria-describedby')).toBeNull();

  await page.goto(
    `${house.newsroom.address}/calendar?view=week&date=${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}`,
  );
  await page.locator(`[data-chip="${post.id}"]`).hover();
  await tipOf(page).waitFor(WAIT);
  expect(await told(page)).toEqual(expect.arrayContaining([expect.stringMatching(/^Sandbox · Scheduled/), ...lines]));
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the button that approves, and the round times above the lanes, tell the account’s clock too', async () => {
  const { newsroom } = house;
  const { posts } = await story(house, 'Lowmere oils its clocks');
  const post = posts.find(({ network }) => network === 'sandbox');
  const { version } = await newsroom.api<{ version: number }>('GET', `/v1/accounts/${post?.accountId ?? ''}`);
  const settings = { timeZone: 'Asia/Tokyo', slots: [{ time: '12:00' }] };
  await newsroom.api('PATCH', `/v1/accounts/${post?.accountId ?? ''}`, { settings }, version);
  await using editor = await signIn(house.browser, newsroom, { timezoneId: 'America/New_York' });
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories/${post?.articleId ?? ''}`);
  const approve = page
    .locator(`[data-post="${post?.id ?? ''}"]`)
    .getByRole('button', { name: /^Approve · .*\d\d:\d\d$/ });
  for (const ask of [() => approve.hover(), () => approve.focus()]) {
    await ask();
    await tipOf(page).waitFor(WAIT);
    expect((await told(page)).slice(0, 3)).toEqual([
      expect.stringMatching(/^Goes out /),
      expect.stringMatching(/^Bucharest /),
      expect.stringMatching(/^Sandbox: Tokyo .* 12:00 \(UTC\+9\)$/),
    ]);
    await page.mouse.move(2, 400);
    await page.keyboard.press('Escape');
    await tipOf(page).waitFor({ state: 'detached', ...WAIT });
  }

  await page.goto(newsroom.address);
  const ticks = page.getByRole('group', { name: 'Times' }).locator('time');
  await ticks.nth(1).hover();
  await tipOf(page).waitFor(WAIT);
  const second = await told(page);
  expect(second).toContainEqual(expect.stringMatching(/^Sandbox: Tokyo /));
  await page.mouse.move(2, 400);
  await tipOf(page).waitFor({ state: 'detached', ...WAIT });
  await ticks.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => told(page)).toEqual(second);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a reader who is where the account’s readers are is not told the same clock twice', async () => {
  await using editor = await signIn(house.browser, house.newsroom, { timezoneId: 'Asia/Tokyo' });
  const { page } = editor;
  await page.goto(`${house.newsroom.address}/calendar?view=agenda`);
  await page.locator('time[data-clock-of]').first().focus();
  await tipOf(page).waitFor(WAIT);
  const lines = (await told(page)).map((line) => line.split(' ')[0]);
  expect(lines).toEqual(['Bucharest', 'Yours:', 'UTC']);
}, 60_000);
