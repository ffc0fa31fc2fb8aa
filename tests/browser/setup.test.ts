import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { until } from './seed.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }),
    launchBrowser(),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

test('an account gets its quiet hours and caps, and a change of somebody else is not overwritten unseen', async () => {
  const [account] = (await newsroom.api<{ data: { id: string; name: string }[] }>('GET', '/v1/accounts')).data;
  const read = () =>
    newsroom.api<{ version: number; settings: Record<string, unknown> }>('GET', `/v1/accounts/${account?.id}`);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/setup`);
  await page.getByRole('button', { name: `Settings of ${account?.name}` }).click();
  const form = page.getByRole('form', { name: `Settings of ${account?.name}` });
  await form.getByRole('button', { name: 'Quiet hours: add a time' }).click();
  const [from, most, spend] = ['From', 'Most posts a day', 'Most to spend a month, US dollars'].map((name) =>
    form.getByRole('textbox', { name }),
  ) as [Locator, Locator, Locator];
  await from.fill('25:00');
  await most.fill('-5');
  await spend.fill('1.250,50');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('A time of 24 hours, such as 9:30 or 21:05.').waitFor(WAIT);
  await form.getByText('A whole number from 1 to 100000.').waitFor(WAIT);
  await form.getByText(/^A number from 0 to 1000000, with at most 2 digits/).waitFor(WAIT);
  expect(await Promise.all([from, most, spend].map((field) => field.inputValue()))).toEqual([
    '25:00',
    '-5',
    '1.250,50',
  ]);
  await from.fill('10.30 pm');
  await most.fill('12');
  await spend.fill('12,5');
  await most.focus();
  expect(await from.inputValue()).toBe('22:30');
  expect(await spend.inputValue()).toBe('12.5');
  await form.getByRole('checkbox', { name: 'Follows the house' }).uncheck();
  await form.getByRole('checkbox', { name: 'With the article’s image' }).check();
  await form.getByRole('combobox', { name: 'Hashtags come from' }).click();
  await page.getByRole('option', { name: 'The headline only' }).click();
  await form.getByRole('textbox', { name: 'Most hashtags' }).fill('3');
  await form.getByRole('combobox', { name: 'Its own hashtags' }).fill('Lindmoor');
  await page.keyboard.press('Enter');
  const before = await read();
  await newsroom.api('PATCH', `/v1/accounts/${account?.id}`, { settings: { minGapMs: 120_000 } }, before.version);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('Somebody else saved meanwhile').waitFor(WAIT);
  expect((await read()).settings).toMatchObject({ dailyCap: null, minGapMs: 120_000 });
  await form.getByRole('button', { name: 'Save mine over it' }).click();
  await form.waitFor({ state: 'hidden', ...WAIT });
  expect((await read()).settings).toMatchObject({
    dailyCap: 12,
    monthlyCapMicroUsd: 12_500_000,
    followsHouse: false,
    images: true,
    hashtags: 'headline',
    maxHashtags: 3,
    houseTags: ['Lindmoor'],
    quietHours: [{ from: '22:30', to: '06:00' }],
  });
}, 60_000);

test('a house rule is kept with the sentence of what does not fit, and then saved', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/setup?tab=rules`);
  await page.getByRole('combobox', { name: 'Never' }).fill('Breaking');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Templates: add a network' }).click();
  await page.getByRole('option', { name: 'Every other network' }).click();
  await page.getByRole('textbox', { name: 'Every other network' }).fill('{summery} {link}');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page
    .getByText(/summery/)
    .nth(1)
    .waitFor(WAIT);
  // At its field, and not a second time.
  await page.getByText('See the fields that are marked.').waitFor(WAIT);
  expect(
    await page
      .getByRole('alert')
      .getByText(/summery/)
      .count(),
  ).toBe(0);
  await page.getByRole('textbox', { name: 'Every other network' }).fill('{summary} {link}');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page
    .getByText(/^Saved\./)
    .last()
    .waitFor(WAIT);
  const { rules } = await newsroom.api<{ rules: { templates: object; hashtags: { never: string[] } } }>(
    'GET',
    '/v1/house-rules',
  );
  expect(rules.templates).toEqual({ '*': '{summary} {link}' });
  expect(rules.hashtags.never).toEqual(['Breaking']);
}, 60_000);

test('a colleague is invited by a link that is shown once, comes in, and is removed by their name', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/setup?tab=team`);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('Name').fill('Ines Calder');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.locator('[data-once] code').textContent(WAIT);
  const stranger = await browser.newContext();
  const door = await stranger.newPage();
  expect((await door.goto(String(link)))?.status()).toBe(200);
  await stranger.close();
  await page.locator('[data-once]').getByRole('button', { name: 'Close' }).click();
  await page.getByText('What each role may do').click();
  await page.getByRole('rowheader', { name: 'posts:publish' }).waitFor(WAIT);
  await page.getByRole('button', { name: 'Remove… Ines Calder' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Ines');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove…' }).click();
  await page.getByText('That is not its name').last().waitFor(WAIT);
  await page.getByRole('button', { name: 'Remove… Ines Calder' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Ines Calder');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove… Ines Calder' }).waitFor({ state: 'hidden', ...WAIT });
  expect((await newsroom.api<{ data: unknown[] }>('GET', '/v1/users')).data).toHaveLength(1);
}, 60_000);

test('a key is made, given another secret and revoked; the record shows it and proves whole', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const asks = async (key: string | null): Promise<number> =>
    (await fetch(`${newsroom.address}/v1/posts`, { headers: { authorization: `Bearer ${key}` } })).status;
  await page.goto(`${newsroom.address}/setup?tab=developer`);
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('Archive');
  await page.getByRole('checkbox', { name: 'posts:read' }).check();
  await page.getByRole('button', { name: 'Make a key' }).click();
  const shown = page.locator('[data-once]');
  const first = await shown.locator('code').textContent(WAIT);
  expect(await asks(first)).toBe(200);
  await shown.getByRole('button', { name: 'Close' }).click();
  const row = page.getByRole('list', { name: 'API keys' }).getByRole('listitem').filter({ hasText: 'Archive' });
  const prefix = (secret: string | null): string => `${String(secret).slice(0, 12)}…`;
  await row.getByText(prefix(first)).waitFor(WAIT);
  await row.getByText('Ends: never').waitFor(WAIT);
  await page.getByRole('button', { name: 'New secret… Archive' }).click();
  await page.getByRole('dialog').getByText('The old one ends at once').click();
  await page.getByRole('dialog').getByRole('button', { name: 'New secret…' }).click();
  const second = await shown.locator('code').textContent(WAIT);
  expect([await asks(first), await asks(second)]).toEqual([401, 200]);
  await row.getByText(prefix(second)).waitFor(WAIT);
  await page.getByRole('button', { name: 'Revoke… Archive' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Archive');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('button', { name: 'Revoke… Archive' }).waitFor({ state: 'hidden', ...WAIT });
  expect(await asks(second)).toBe(401);

  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByLabel('Action').fill('api-key');
  await page.getByRole('cell', { name: 'api-key.revoked' }).waitFor(WAIT);
  await page.getByRole('button', { name: 'Verify the record' }).click();
  await page.getByText(/^Nothing was changed, moved or taken out/).waitFor(WAIT);
}, 60_000);

test('a webhook is added with its secret shown once; what it was sent is in its log and can be sent again', async () => {
  const got: string[] = [];
  const receiver = createServer((request, reply) => {
    got.push(String(request.headers['webhook-id']));
    reply.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');

  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/setup?tab=developer`);
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByLabel('Address').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  expect(await page.locator('[data-once] code').textContent(WAIT)).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByRole('button', { name: 'Deliveries' }).click();
  const log = page.getByRole('list', { name: 'Deliveries' });
  await log.getByText('webhook.test').waitFor(WAIT);
  await log.getByRole('button', { name: 'Details' }).click();
  await log.getByText(/"type":"webhook\.test"/).waitFor(WAIT);
  await log.getByRole('button', { name: 'Send again' }).click();
  await until(async () => got.length === 2);
  expect(new Set(got).size).toBe(1);
}, 60_000);
