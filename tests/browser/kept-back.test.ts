import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from './seed.ts';
import { WAIT, at, postNow, share, story } from './shared.ts';

/** What an account that cannot send keeps back is told everywhere, in words, with the way there. */

const house = share();

interface Account {
  readonly id: string;
  readonly network: string;
  readonly state: string;
}

async function accountOn(network: string): Promise<Account> {
  const { data } = await house.newsroom.api<{ data: Account[] }>('GET', '/v1/accounts');
  return data.find((account) => account.network === network) as Account;
}
async function write(network: string, text: string, schedule: unknown): Promise<string> {
  const accountIds = [(await accountOn(network)).id];
  return (await house.newsroom.api<{ data: [{ id: string }] }>('POST', '/v1/posts', { accountIds, text, schedule }))
    .data[0].id;
}
async function fail(network: string, text: string): Promise<string> {
  const id = await write(network, text, 'now');
  await until(async () => (await postNow(house.newsroom, id)).state === 'failed');
  return id;
}
const group = (page: Page, account: string) => page.getByRole('region', { name: new RegExp(`^${account}:`) });

test('a signed-out account is told on the cards, in the list, in the strip, in the forecast and among the failures', async () => {
  await house.receiver.setMode({ name: '401' });
  await fail('webhook', 'The first bulletin.');
  await until(async () => (await accountOn('webhook')).state === 'signed-out');
  // Due by now, and nothing takes it.
  const due = new Date(Date.now() - 20_000).toISOString();
  const stuck = await write('webhook', 'The second bulletin.', { at: due });
  await using editor = await at(house, '/');
  const { page } = editor;
  const card = page.locator(`[data-card="${stuck}"]`);
  await card.getByText('Signed out').waitFor(WAIT);
  expect(await card.getByText('Scheduled').count()).toBe(0);
  const next = page
    .getByRole('region', { name: 'Next ten' })
    .getByRole('listitem')
    .filter({ hasText: 'second bulletin' });
  await next.getByRole('link', { name: 'waits: the account is signed out' }).waitFor(WAIT);
  expect(await next.getByText('now', { exact: true }).count()).toBe(0);
  await page.getByRole('banner').getByRole('link', { name: '1 overdue: the account cannot send' }).waitFor(WAIT);

  await page.goto(`${house.newsroom.address}/health`);
  const row = page.getByRole('row').filter({ hasText: 'Front page' });
  await row.getByRole('link', { name: 'nothing goes out: the account is signed out' }).waitFor(WAIT);
  expect(await row.getByText('on time').count()).toBe(0);

  const chip = page.locator(`[data-chip="${stuck}"]`);
  for (const view of ['month', 'day']) {
    await page.goto(`${house.newsroom.address}/calendar?view=${view}`);
    await chip.waitFor(WAIT);
    await chip.getByText('Signed out').waitFor({ state: 'attached', ...WAIT });
    expect(await chip.getByText('Scheduled').count()).toBe(0);
  }
  await page.goto(`${house.newsroom.address}/calendar?view=agenda`);
  await page.getByRole('listitem').filter({ has: chip }).getByText('Signed out').waitFor(WAIT);

  await page.goto(`${house.newsroom.address}/failures`);
  await group(page, 'Front page')
    .getByText(/waiting behind it: 1 post/)
    .waitFor(WAIT);
  // A phone has no lanes: the list says it.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(house.newsroom.address);
  await next.getByRole('link', { name: 'waits: the account is signed out' }).click();
  await page.waitForURL('**/setup');
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('why a post goes out when it does names the account that is signed out, and no time that it will not keep', async () => {
  const { id } = await story(house, 'Lowmere rings its bell');
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  await page.locator('[data-post]').first().waitFor(WAIT);
  await page.keyboard.press('w');
  await page.getByRole('tab', { name: 'Time' }).click();
  const line = (name: string) => page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: name });
  await line('Sandbox')
    .getByText(/Goes out/)
    .waitFor(WAIT);
  await line('Front page').getByText('waits: the account is signed out').waitFor(WAIT);
  expect(
    await line('Front page')
      .getByText(/Goes out/)
      .count(),
  ).toBe(0);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('what a check cannot see asks for a new secret the second time', async () => {
  await using editor = await at(house, '/failures');
  const { page } = editor;
  const button = group(page, 'Front page').getByRole('button', { name: 'Reconnect, then retry' });
  await button.click();
  await page
    .getByText(/tried again\.$/)
    .first()
    .waitFor(WAIT);
  // Asked, it says that it works, and then it refuses the post again.
  await until(async () => (await accountOn('webhook')).state === 'signed-out');
  // Whether it was tried before is known here and there, and after the page was loaded again.
  await page.reload();
  await button.click();
  const dialog = page.getByRole('dialog', { name: /^Reconnect Front page on/ });
  await dialog.waitFor(WAIT);
  await dialog.getByText('The account is signed out. Reconnect the account.').waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
  await page.keyboard.press('Escape');
}, 90_000);

test('machines’ words stand behind a fold, and where content was refused the first thing is to edit', async () => {
  await house.social.setMode({ name: '422' });
  await fail('mastodon', 'The third bulletin.');
  await using editor = await at(house, '/failures');
  const { page } = editor;
  await group(page, 'Front page').waitFor(WAIT);
  const refused = page.getByRole('region').filter({ hasText: 'The network refused the content' }).last();
  await refused.waitFor(WAIT);
  expect(await page.getByRole('main').innerText()).not.toMatch(/HTTP \d|\{"|auth_expired|content_rejected/);
  const buttons = await refused.getByRole('button').allInnerTexts();
  expect(buttons[0]).toBe('Edit and retry');
  const line = refused.locator('[data-failure]');
  expect(await line.getByRole('button').first().innerText()).toBe('Edit and retry');
  await line.getByText('What the network said').click();
  await line.getByText(/422/).first().waitFor(WAIT);
  await refused.getByRole('button', { name: 'Edit and retry' }).first().click();
  await line.getByRole('textbox').first().waitFor(WAIT);

  await page.goto(`${house.newsroom.address}/setup`);
  const alert = page.getByRole('alert').filter({ hasText: 'The account is signed out. Reconnect the account.' });
  await alert.waitFor(WAIT);
  expect(await alert.innerText()).not.toMatch(/HTTP|401|\{/);
  await alert.getByText('What the network said').click();
  await alert.getByText(/401/).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 90_000);
