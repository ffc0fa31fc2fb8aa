import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { until } from './seed.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
const WAIT = { timeout: 20_000 };

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([startNewsroom(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

test('Health times every hop of a test post, forecasts what does not fit, and holds and resumes by key', async () => {
  const { data } = await newsroom.api<{ data: { id: string; version: number }[] }>('GET', '/v1/accounts');
  const [account] = data;
  await newsroom.api('PATCH', `/v1/accounts/${account?.id}`, { settings: { hourlyCap: 2 } }, account?.version);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/health`);
  await page.getByRole('heading', { name: 'Room and forecast' }).waitFor(WAIT);
  await page.keyboard.press('s');
  await page.getByRole('heading', { name: 'The test post went out' }).waitFor(WAIT);
  expect(await page.locator('[data-hop]').count()).toBe(5);
  const at = new Date(Date.now() + 30 * 60_000).toISOString();
  for (const text of ['One', 'Two', 'Three']) {
    await newsroom.api('POST', '/v1/posts', { accountIds: [account?.id], text, schedule: { at } });
  }
  await page.getByRole('cell', { name: '1/2' }).waitFor(WAIT);
  await page.getByRole('cell', { name: /^up to .* late$/ }).waitFor(WAIT);
  await page.keyboard.press('v');
  expect(await page.getByRole('button', { name: 'As a chart' }).count()).toBe(3);
  await page.getByRole('combobox', { name: 'Network of the charts' }).click();
  await page.getByRole('option', { name: 'Sandbox' }).click();
  const throughput = page.getByRole('region', { name: 'Throughput' }).getByRole('table');
  for (const name of ['Published', 'After more than one try', 'Held now', 'Failed'])
    await throughput.getByRole('columnheader', { name, exact: true }).waitFor(WAIT);
  await until(async () => (await throughput.getByRole('cell', { name: '1', exact: true }).count()) > 0);
  // Single keys never fire in an input.
  await page.locator('main h1').click();
  await page.keyboard.press('1');
  await until(() => page.getByRole('radio', { name: '1 h', exact: true }).isChecked());

  await page.keyboard.press('p');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('A drill.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  const holds = async () => (await newsroom.api<{ data: unknown[] }>('GET', '/v1/holds')).data.length;
  await until(async () => (await holds()) === 1);
  await page.locator('main').getByRole('button', { name: 'Resume' }).first().waitFor(WAIT);
  await page.keyboard.press('p');
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await until(async () => (await holds()) === 0);
  expect(editor.complaints).toEqual([]);
}, 90_000);
