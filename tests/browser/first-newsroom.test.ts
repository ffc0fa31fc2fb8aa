import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  // A server whose machine has no zone of its own, as in a container.
  [newsroom, browser] = await Promise.all([startNewsroom({ STANDFIRST_TIME_ZONE: '', TZ: 'UTC' }), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

test('the first run proposes the reader’s zone, takes a name, and both hold on every page; later they stand under Rules', async () => {
  await using editor = await signIn(browser, newsroom, { timezoneId: 'Asia/Tokyo' });
  const { page } = editor;
  const form = page.getByRole('form', { name: 'Your newsroom' });
  const zone = form.getByRole('combobox', { name: 'Time zone' });
  await page.goto(`${newsroom.address}/setup`);
  await form.waitFor(WAIT);
  await page.goto(`${newsroom.address}/intake`);
  await form.waitFor(WAIT);
  expect(await zone.inputValue()).toBe('Asia/Tokyo');
  const name = form.getByRole('textbox', { name: 'Name of the newsroom' });
  await name.fill(' ');
  await form.getByRole('button', { name: 'Keep these' }).click();
  await form.getByText('Give it a name.').waitFor(WAIT);
  expect(await newsroom.api('GET', '/v1/newsroom')).toMatchObject({ version: 0 });
  await name.fill('The Lindmoor Herald');
  await form.getByRole('button', { name: 'Keep these' }).click();
  await form.waitFor({ state: 'detached', ...WAIT });
  await page.getByRole('link', { name: 'The Lindmoor Herald' }).waitFor(WAIT);
  await page
    .locator('header')
    .getByText(/Tokyo · \d\d:\d\d/)
    .waitFor(WAIT);
  await expect.poll(() => page.title()).toBe('Intake · The Lindmoor Herald');

  await page.goto(`${newsroom.address}/setup?tab=rules`);
  await form.waitFor(WAIT);
  const save = form.getByRole('button', { name: 'Save', exact: true });
  expect(await save.isDisabled()).toBe(true);
  await page.getByText('Name your newsroom and set its clock (done)').waitFor(WAIT);
  await zone.fill('bucharest');
  await page.getByRole('option', { name: 'Europe/Bucharest' }).click();
  // Somebody else decides meanwhile.
  await newsroom.api('PUT', '/v1/newsroom', { name: 'The Herald', timeZone: 'Europe/Riga' }, 1);
  await save.click();
  await form.getByText('Somebody else saved meanwhile').waitFor(WAIT);
  await form.getByRole('button', { name: 'Save mine over it' }).click();
  await page
    .locator('header')
    .getByText(/Bucharest · \d\d:\d\d/)
    .waitFor(WAIT);
  expect(await newsroom.api('GET', '/v1/newsroom')).toMatchObject({
    name: 'The Lindmoor Herald',
    timeZone: 'Europe/Bucharest',
    usualTimeZone: 'UTC',
  });
  expect(editor.complaints.filter((one) => !/412/.test(one))).toEqual([]);
}, 90_000);
