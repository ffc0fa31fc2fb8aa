import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { metaApp, startMetaLogin } from '../fakes/meta-login.ts';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { until } from './seed.ts';

interface Account {
  readonly id: string;
  readonly state: string;
  readonly credentialsAt: string;
}

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let social: Fake;
let elsewhere: Fake;
let meta: Fake;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  [newsroom, browser, social, elsewhere, meta] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }),
    launchBrowser(),
    startMastodon(),
    startMastodon(),
    startMetaLogin([]),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
  for (const fake of [social, elsewhere, meta]) await fake?.[Symbol.asyncDispose]();
});

const accountOf = (id: string): Promise<Account> => newsroom.api('GET', `/v1/accounts/${id}`);

test('from Failures, an account gets another token, not that of another account, and its posts go out', async () => {
  const { id } = await newsroom.api<Account>('POST', '/v1/accounts', {
    network: 'mastodon',
    name: 'Harbour desk',
    credentials: { server: social.url, accessToken: mastodonToken },
  });
  await social.setMode({ name: '401', scope: 'all' });
  await newsroom.api('POST', '/v1/posts', { accountIds: [id], text: 'The ferry is late.', schedule: 'now' });
  await until(async () => (await accountOf(id)).state === 'signed-out');
  const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
  const plan = async (account: string, text: string, at: string): Promise<string> => {
    const post = { accountIds: [account], text, schedule: { at } };
    return (await newsroom.api<{ data: [{ id: string }] }>('POST', '/v1/posts', post)).data[0].id;
  };
  const stuck = await plan(id, 'The tide table of Harbour.', inMinutes(20));

  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  // The strip names what can go out, and where nothing can, what that waits for.
  const strip = page.getByRole('banner');
  await strip.getByText('The tide table of Harbour.').waitFor(WAIT);
  await strip.getByText('(waits: the account is signed out)').waitFor(WAIT);
  const { data } = await newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const sandbox = data.find(({ network }) => network === 'sandbox')?.id ?? '';
  const free = await plan(sandbox, 'The ferry table.', inMinutes(40));
  await strip.getByText('The ferry table.').waitFor(WAIT);
  for (const one of [stuck, free]) await newsroom.api('POST', `/v1/posts/${one}/cancel`, {});
  await page.goto(`${newsroom.address}/failures`);
  await page.getByRole('heading', { name: /^Harbour desk/ }).waitFor(WAIT);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Reconnect Harbour desk on Mastodon' });
  // Enter sends what was filled in, and closes nothing.
  await dialog.getByRole('textbox').first().and(page.locator(':focus')).waitFor(WAIT);
  await dialog.getByText('With a token').click();
  await dialog.getByLabel('Server').fill(elsewhere.url);
  await dialog.getByLabel('Access token').fill(mastodonToken);
  await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await dialog.getByText(/^These credentials are those of @desk.* and not of Harbour desk/).waitFor(WAIT);
  expect((await accountOf(id)).state).toBe('signed-out');

  await social.setMode({ name: 'ok' });
  await dialog.getByLabel('Server').fill(social.url);
  await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await page.getByText('Harbour desk is connected again.').last().waitFor(WAIT);
  await until(async () => social.log.length === 1);
  await page.getByText(/^No failures/).waitFor(WAIT);
  // The browser tells of the answer 409 itself.
  expect(editor.complaints.filter((one) => !one.includes('409'))).toEqual([]);
}, 90_000);

test('from Setup, an account is reconnected by consent in a tab of its own, which this page sees', async () => {
  const app = { ...metaApp, site: meta.url, server: meta.url };
  const { url } = await newsroom.api<{ url: string }>('POST', '/v1/connections', { network: 'threads', app });
  await fetch(url);
  const list = await newsroom.api<{ data: Account[] }>('GET', '/v1/accounts?network=threads');
  const before = list.data[0] as Account;

  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/setup`);
  await page.getByRole('button', { name: 'Reconnect @lindmoor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reconnect @lindmoor on Threads' });
  await dialog.getByLabel('Client id').fill(app.clientId);
  await dialog.getByLabel('Client secret').fill(app.clientSecret);
  await dialog.getByText('More settings').click();
  await dialog.getByLabel('Site').fill(meta.url);
  await dialog.getByLabel('Server').fill(meta.url);
  await dialog.getByRole('button', { name: 'Go to the network' }).click();
  await dialog.getByRole('link', { name: 'Open Threads' }).and(page.locator(':focus')).waitFor(WAIT);
  const opened = page.context().waitForEvent('page');
  await dialog.getByRole('link', { name: 'Open Threads' }).click();
  const consent = await opened;
  await consent.getByRole('heading', { name: 'Connected' }).waitFor(WAIT);
  await dialog.waitFor({ state: 'hidden', ...WAIT });
  await page.getByText('@lindmoor is connected again.').last().waitFor(WAIT);
  const after = await accountOf(before.id);
  expect(after.state).toBe('connected');
  expect(after.credentialsAt).not.toBe(before.credentialsAt);
  expect((await newsroom.api<{ data: Account[] }>('GET', '/v1/accounts?network=threads')).data).toHaveLength(1);
  expect(editor.complaints).toEqual([]);
}, 90_000);
