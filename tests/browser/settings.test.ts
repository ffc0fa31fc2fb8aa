import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { Fake } from '../fakes/fake.ts';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { join } from './member.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { until } from './seed.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let discord: FakeDiscord;
let social: Fake;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  [newsroom, browser, discord, social] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8', STANDFIRST_RETENTION: 'deliveries=5' }),
    launchBrowser(),
    startDiscord(),
    startMastodon(),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
  for (const fake of [discord, social]) await fake?.[Symbol.asyncDispose]();
});

const open = (page: Page, tab: string) => page.goto(`${newsroom.address}/setup?tab=${tab}`);

test('a test reaches Discord before anything is saved, and a refusal is shown in its words; then it is saved', async () => {
  const credentials = { webhookUrl: `${discord.url}${discordHook}` };
  await newsroom.api('POST', '/v1/accounts', { network: 'discord', name: 'Night desk', credentials });
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await open(page, 'notifications');
  await page.getByText('Nobody is told of trouble yet.').waitFor(WAIT);
  // The field lies under its own box, which takes the pointer.
  await page.getByRole('combobox', { name: 'Chat accounts' }).press('ArrowDown');
  await page.getByRole('option', { name: 'Night desk' }).click();
  const channels = page.getByRole('list', { name: 'Channels' });
  const row = channels.getByRole('listitem').filter({ hasText: 'Night desk' });
  await row.getByRole('button', { name: 'Send a test to Night desk' }).click();
  await row.getByText(/^Delivered/).waitFor(WAIT);
  expect(discord.log.map(({ text }) => text)).toEqual([expect.stringContaining('This is a test that Admin asked for')]);
  await discord.setMode({ name: '401', scope: 'all' });
  await row.getByRole('button', { name: 'Send a test to Night desk' }).click();
  const refusal = row.getByRole('alert');
  await refusal.getByText(/^Refused/).waitFor(WAIT);
  expect(await refusal.textContent()).toMatch(/Refused.*Discord/);

  await page.getByRole('combobox', { name: 'Mail addresses' }).fill('chief@merrow-herald.example');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send a test to Mail' }).click();
  await channels.getByText('STANDFIRST_SMTP_URL is not set, so no mail can leave.').waitFor(WAIT);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('cannot be used before the operator sets STANDFIRST_SMTP_URL').first().waitFor(WAIT);
  await page.getByRole('button', { name: 'Drop the changes' }).click();
  await page.getByRole('combobox', { name: 'Chat accounts' }).press('ArrowDown');
  await page.getByRole('option', { name: 'Night desk' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').last().waitFor(WAIT);
  const { rules } = await newsroom.api<{ rules: { telling: { mail: string[]; accounts: string[] } } }>(
    'GET',
    '/v1/house-rules',
  );
  expect(rules.telling).toMatchObject({ mail: [], accounts: [expect.stringMatching(/^acc_/)] });
}, 60_000);

test('an age is changed; a shorter one is asked about first, and one of the operator’s is only told', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const daysOf = async (what: string): Promise<number | undefined> =>
    (await newsroom.api<{ ages: { what: string; days: number }[] }>('GET', '/v1/retention')).ages.find(
      (age) => age.what === what,
    )?.days;
  await open(page, 'data');
  await page.getByRole('row', { name: /^Webhook deliveries.*set by the operator/ }).waitFor(WAIT);
  expect(await page.getByLabel('Webhook deliveries: days').count()).toBe(0);
  await page.getByLabel('Events: days').fill('120');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').last().waitFor(WAIT);
  expect(await daysOf('events')).toBe(120);

  await page.getByLabel('Decision log: days').fill('60');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Decision log older than 60 days/).waitFor(WAIT);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden', ...WAIT });
  expect(await daysOf('decisions')).toBe(90);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('button', { name: 'Forget sooner' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'hidden', ...WAIT });
  expect([await daysOf('decisions'), await daysOf('events')]).toEqual([60, 120]);
}, 60_000);

test('the record of who did what shows each field as it was and as it is', async () => {
  type Made = { data: { id: string }[] };
  const accounts = await newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const accountIds = accounts.data.filter(({ network }) => network === 'sandbox').map(({ id }) => id);
  const body = { accountIds, text: 'The weir is shut.', schedule: 'review' };
  const post = (await newsroom.api<Made>('POST', '/v1/posts', body)).data[0]?.id ?? '';
  await newsroom.api('PATCH', `/v1/posts/${post}`, { text: 'The weir is open.' }, 1);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await open(page, 'data');
  await page.getByLabel('Of what').fill(post);
  const row = page.getByRole('row', { name: /post\.edited/ });
  await row.getByText(/^\d fields?$/).click();
  await row.getByText(/^before: .*The weir is shut\./).waitFor(WAIT);
  await row.getByText(/^after: .*The weir is open\./).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
});

test('the engine says what writes summaries, that no model does, and what it runs on', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await open(page, 'engine');
  await page.getByText(/^Engine extractive \d/).waitFor(WAIT);
  await page.getByText('STANDFIRST_AI_MODEL=').waitFor(WAIT);
  await page.getByText(/^Europe\/Bucharest, now UTC\+[23]$/).waitFor(WAIT);
  await page.getByText(/^PostgreSQL, embedded \d/).waitFor(WAIT);
  await page.getByText('no mail server is set').waitFor(WAIT);
}, 60_000);

test('an account that is signed out says why under Setup, and is connected again there', async () => {
  const { id } = await newsroom.api<{ id: string }>('POST', '/v1/accounts', {
    network: 'mastodon',
    name: 'Harbour desk',
    credentials: { server: social.url, accessToken: mastodonToken },
  });
  await social.setMode({ name: '401', scope: 'all' });
  await newsroom.api('POST', `/v1/accounts/${id}/check`);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await open(page, 'accounts');
  const row = page.getByRole('listitem').filter({ hasText: 'Harbour desk' });
  await row.getByText('Signed out', { exact: true }).waitFor(WAIT);
  expect(await row.getByRole('alert').textContent()).toMatch(/\w{3}/);
  await social.setMode({ name: 'ok' });
  await row.getByRole('button', { name: 'Reconnect Harbour desk' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reconnect Harbour desk on Mastodon' });
  await dialog.getByText('With a token').click();
  await dialog.getByLabel('Server').fill(social.url);
  await dialog.getByLabel('Access token').fill(mastodonToken);
  await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await row.getByText('Connected', { exact: true }).waitFor(WAIT);
  expect(await row.getByRole('alert').count()).toBe(0);
}, 60_000);

test('the first steps are ticked as they are done, and then are gone', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await open(page, 'accounts');
  const corner = page.getByRole('region', { name: 'To do' });
  await corner.getByText('Connect a real account').waitFor(WAIT);
  await corner.getByRole('link', { name: 'Invite a colleague' }).waitFor(WAIT);
  await newsroom.api('POST', '/v1/users', { name: 'Ines Calder', role: 'viewer' });
  await newsroom.api('PUT', '/v1/newsroom', { name: 'The Lindmoor Herald', timeZone: null }, 0);
  await newsroom.api('POST', '/v1/sources', { kind: 'push', name: 'Our own system' });
  await newsroom.api('POST', '/v1/articles', {
    text: 'The ferry is late.\n\nThe ferry to Lindmoor is late by two hours.',
  });
  const { rules, version } = await newsroom.api<{ rules: object; version: number }>('GET', '/v1/house-rules');
  const quietHours = [{ from: '23:00', to: '06:00' }];
  await newsroom.api('PUT', '/v1/house-rules', { ...rules, quietHours }, version);
  const accounts = await newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const sandbox = accounts.data.find(({ network }) => network === 'sandbox')?.id;
  await newsroom.api('POST', '/v1/posts', { accountIds: [sandbox], text: 'The ferry is late.', schedule: 'now' });
  await corner.getByRole('button', { name: 'It is backed up' }).click();
  await corner.waitFor({ state: 'hidden', ...WAIT });
  await page.reload();
  await page.getByRole('button', { name: 'Add an account' }).waitFor(WAIT);
  expect(await corner.count()).toBe(0);
}, 60_000);

const forAdmins = [
  ['accounts', 'Add an account'],
  ['team', 'Invite somebody'],
  ['notifications', 'Send a test to Night desk'],
  ['developer', 'New key'],
  ['developer', 'Add a webhook'],
  ['data', 'Verify the record'],
] as const;
/** What everybody may read on a tab, once it is there. */
const forAll = {
  accounts: (page: Page) => page.getByText('Harbour desk', { exact: true }),
  rules: (page: Page) => page.getByRole('form', { name: 'House rules' }),
  team: (page: Page) => page.getByText('What each role may do'),
  notifications: (page: Page) => page.getByRole('form', { name: 'Who is told of trouble' }),
  engine: (page: Page) => page.getByText(/^Engine extractive/),
  developer: (page: Page) => page.getByText('For assistants (MCP)'),
  data: (page: Page) => page.getByRole('row', { name: /^Decision log/ }),
  you: (page: Page) => page.getByRole('button', { name: 'Sign out' }).first(),
} as const;

/** What the Desk offers each role, from the post's own buttons to those of its story. */
const decisions: Readonly<Record<string, readonly string[]>> = {
  viewer: [],
  writer: ['Edit', 'Worthless after…', 'Cancel post'],
  editor: ['Approve', 'Approve the post', 'Edit', 'Request changes', 'Reject', 'Worthless after…'],
};
const inWords: Readonly<Record<string, string>> = {
  viewer: 'You may read this; an editor decides.',
  writer: 'An editor approves it.',
  editor: 'A publisher gives it its time.',
};

async function decidesByRole(page: Page, role: string): Promise<void> {
  const words = `The ${role} looks at the ferry.`;
  const accounts = await newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const accountIds = accounts.data.flatMap(({ id, network }) => (network === 'sandbox' ? [id] : []));
  const made = await newsroom.api<{ data: [{ id: string }] }>('POST', '/v1/posts', {
    accountIds,
    text: words,
    schedule: 'review',
  });
  const [{ id }] = made.data;
  await page.goto(`${newsroom.address}/desk`);
  await page.locator('[data-story]').getByText(words).click();
  const column = page.locator(`[data-post="${id}"]`);
  await column.getByText(words).waitFor(WAIT);
  const offered = decisions[role];
  if (offered === undefined) {
    await page.getByRole('button', { name: 'Approve at a time…' }).waitFor(WAIT);
    await column.getByRole('button', { name: /^Approve · / }).waitFor(WAIT);
    return;
  }
  await page.getByText(inWords[role] ?? '').waitFor(WAIT);
  const verbs = /^(Approve|Edit|Request|Reject|Cancel|Worthless|Send|Move|Publish|Hold)/;
  const names = await page.locator('main').getByRole('button', { name: verbs }).allTextContents();
  expect(names.toSorted()).toEqual(offered.toSorted());
  if (role !== 'writer') return;
  await page.getByRole('button', { name: 'Cancel post' }).click();
  await page.getByText('1 post cancelled.').last().waitFor(WAIT);
  await page.goto(`${newsroom.address}/stories`);
  await until(async () => (await newsroom.api<{ state: string }>('GET', `/v1/posts/${id}`)).state === 'cancelled');
}

test.each(['viewer', 'writer', 'editor', 'publisher', 'admin'] as const)(
  'a %s sees every tab of Setup, and the buttons of what the role may do',
  async (role) => {
    await using member = await join({ newsroom, browser }, role);
    const { page } = member;
    const isAdmin = role === 'admin';
    for (const [tab, shown] of Object.entries(forAll)) {
      await open(page, tab);
      await shown(page).waitFor(WAIT);
      for (const [, name] of forAdmins.filter(([of]) => of === tab)) {
        const button = page.getByRole('button', { name });
        if (isAdmin) await button.waitFor(WAIT);
        else expect(await button.count(), `${role}: ${name}`).toBe(0);
      }
      if (tab === 'rules' || tab === 'notifications')
        expect(await shown(page).getByRole('button', { name: 'Save', exact: true }).count()).toBe(isAdmin ? 1 : 0);
      if (tab === 'rules') {
        const own = page.getByRole('form', { name: 'Your newsroom' });
        await own.waitFor(WAIT);
        expect(await own.getByRole('button').filter({ hasText: 'Save' }).count()).toBe(isAdmin ? 1 : 0);
      }
      if (tab === 'data') expect(await page.getByLabel('Decision log: days').count()).toBe(isAdmin ? 1 : 0);
    }
    await decidesByRole(page, role);
  },
  90_000,
);
