import { expect, test } from 'vitest';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { until } from './seed.ts';
import { WAIT, at, postNow, share, story } from './shared.ts';
import type { Post } from './shared.ts';

const shared = share();

async function publish(id: string): Promise<void> {
  await shared.newsroom.api('POST', `/v1/posts/${id}/approve`, { schedule: 'now' });
}
const stateOf = async (id: string): Promise<string> => (await postNow(shared.newsroom, id)).state;
const of = (posts: readonly Post[], network: string): Post => posts.find((post) => post.network === network) as Post;

test('a network that is away is tried again by itself, and the page tells of it until the post is out', async () => {
  const { posts } = await story(shared, 'Lowmere dredges its harbour');
  const post = of(posts, 'mastodon');
  await shared.social.setMode({ name: 'refuse' });
  await publish(post.id);
  await using editor = await at(shared, '/failures');
  const { page } = editor;
  const retrying = page.getByRole('region', { name: 'Tried again by itself: 1 post' });
  await retrying.getByText(/^try \d+ in /).waitFor(WAIT);
  // Nobody has anything to do, so nothing stands among the failures.
  await page.getByText('No failures').first().waitFor(WAIT);
  await shared.social.setMode({ name: 'ok' });
  await retrying.waitFor({ state: 'hidden', ...WAIT });
  await until(async () => (await stateOf(post.id)) === 'published');
  expect(shared.social.log.filter(({ text }) => text.includes('dredges'))).toHaveLength(1);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('where an answer was lost, checking comes first, nothing is retried blindly, and a person settles it', async () => {
  await using telegram = await startTelegram();
  const { id: account } = await shared.newsroom.api<{ id: string }>('POST', '/v1/accounts', {
    network: 'telegram',
    name: 'Harbour channel',
    credentials: { ...telegramBot, server: telegram.url },
  });
  const send = async (text: string): Promise<string> => {
    const request = { accountIds: [account], text, schedule: 'now' };
    const { data } = await shared.newsroom.api<{ data: Post[] }>('POST', '/v1/posts', request);
    const id = data[0]?.id ?? '';
    await until(async () => (await stateOf(id)) === 'unknown');
    return id;
  };
  await telegram.setMode({ name: 'accept-then-reset' });
  const arrived = await send('The harbour opens at six.');
  await telegram.setMode({ name: 'reset' });
  const lost = await send('The harbour closes at ten.');
  await telegram.setMode({ name: 'ok' });

  await using editor = await at(shared, '/failures');
  const { page } = editor;
  const [there, gone] = [arrived, lost].map((id) => page.locator(`[data-failure="${id}"]`));
  await there?.waitFor(WAIT);
  expect(await there?.getByRole('button').first().textContent()).toBe('Check on the network');
  expect(
    await page
      .locator('main')
      .getByRole('button', { name: /^Retry/ })
      .count(),
  ).toBe(0);
  // One that is in doubt cannot be dismissed either: it may be out.
  expect(await page.getByRole('button', { name: 'Dismiss…' }).count()).toBe(0);
  await there?.focus();
  await page.keyboard.press('d');
  await page.getByText('A post in doubt is settled first').last().waitFor(WAIT);
  await there?.getByRole('button', { name: 'Check on the network' }).click();
  await page.getByText('The network cannot tell. Look at the account yourself.').last().waitFor(WAIT);

  await there?.focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  const address = dialog.getByLabel('Its address there (optional)');
  await address.fill('t.me lindmoor');
  await dialog.getByRole('button', { name: 'Mark as published' }).click();
  await dialog.getByText(/^is not an http or https address/).waitFor(WAIT);
  expect(await address.inputValue()).toBe('t.me lindmoor');
  await address.fill('https://t.me/lindmoor/101');
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as published' }).click();
  await until(async () => (await postNow(shared.newsroom, arrived)).url === 'https://t.me/lindmoor/101');
  expect(await stateOf(arrived)).toBe('published');

  await gone?.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await until(async () => (await stateOf(lost)) === 'published');
  await page.getByText('No failures').first().waitFor(WAIT);
  expect(telegram.log.map(({ text }) => text)).toEqual(['The harbour opens at six.', 'The harbour closes at ten.']);
  expect(editor.complaints).toEqual([expect.stringMatching(/status of 400 .*mark-published$/)]);
}, 90_000);

test('what only the operator can mend begins with what to hand to the operator, and not with another try', async () => {
  const { posts } = await story(shared, 'Lowmere moves its server');
  const post = of(posts, 'mastodon');
  await shared.social.setMode({ name: 'redirect' });
  await publish(post.id);
  await until(async () => (await stateOf(post.id)) === 'failed');
  await shared.social.setMode({ name: 'ok' });
  await using editor = await at(shared, '/failures');
  const group = editor.page.getByRole('region', { name: /The installation is not set up for this/ });
  await group.waitFor(WAIT);
  const main = group.locator('header').getByRole('button');
  expect(await main.first().textContent()).toBe('Copy debug bundle');
  expect(await main.locator('xpath=self::*[@data-variant="filled"]').allTextContents()).toEqual(['Copy debug bundle']);
  await shared.newsroom.api('POST', `/v1/posts/${post.id}/cancel`, { reason: 'A drill.' });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a hold placed while a post is on its way lets that one arrive once and keeps what comes after', async () => {
  const [under, after] = [await story(shared, 'Lowmere opens its lock'), await story(shared, 'Lowmere shuts its lock')];
  const [first, next] = [of(under.posts, 'mastodon'), of(after.posts, 'mastodon')];
  await using editor = await at(shared, `/stories/${under.id}`);
  const { page } = editor;
  // Whatever else of an earlier test is sent meanwhile is held up too.
  await shared.social.setMode({ name: 'held' });
  await publish(first.id);
  await page.locator(`[data-post="${first.id}"]`).getByText('Publishing', { exact: true }).waitFor(WAIT);
  await page.keyboard.press('Shift+H');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByLabel('Why? Everybody sees this.').fill('The lock may be the wrong one.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByRole('alert').getByText('The lock may be the wrong one.').waitFor(WAIT);
  expect(await stateOf(first.id)).toBe('publishing');
  await publish(next.id);
  await shared.social.setMode({ name: 'ok' });
  await page.locator(`[data-post="${first.id}"]`).getByText('Published', { exact: true }).waitFor(WAIT);

  await page.goto(`${shared.newsroom.address}/stories/${after.id}`);
  await page.locator(`[data-post="${next.id}"]`).getByText('Held', { exact: true }).first().waitFor(WAIT);
  expect(await stateOf(next.id)).toBe('scheduled');
  expect(shared.social.log.filter(({ text }) => text.includes('its lock'))).toHaveLength(1);
  await page.getByRole('alert').getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.locator(`[data-post="${next.id}"]`).getByText('Published', { exact: true }).waitFor(WAIT);
  expect(shared.social.log.filter(({ text }) => text.includes('its lock'))).toHaveLength(2);

  // What else may be held is named as people name it.
  for (const [scope, target, name] of [
    ['account', first.accountId, '@desk@social.example'],
    ['network', 'mastodon', 'Mastodon'],
  ] as const) {
    const hold = { scope, target, reason: 'The lock is being looked at.' };
    const { id } = await shared.newsroom.api<{ id: string }>('POST', '/v1/holds', hold);
    const bar = page.getByRole('alert').filter({ hasText: hold.reason });
    await bar.getByText(name, { exact: true }).waitFor(WAIT);
    await shared.newsroom.api('POST', `/v1/holds/${id}/lift`, { resume: 'as-planned' });
    await bar.waitFor({ state: 'detached', ...WAIT });
  }
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the strip says that more failed than it counted, and what is in doubt behind them', async () => {
  await using telegram = await startTelegram();
  const { id: lock } = await shared.newsroom.api<{ id: string }>('POST', '/v1/accounts', {
    network: 'telegram',
    name: 'Lock channel',
    credentials: { ...telegramBot, server: telegram.url },
  });
  const { data } = await shared.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const social = data.find(({ network }) => network === 'mastodon')?.id ?? '';
  const send = async (account: string, text: string): Promise<string> => {
    const request = { accountIds: [account], text, schedule: 'now' };
    return (await shared.newsroom.api<{ data: Post[] }>('POST', '/v1/posts', request)).data[0]?.id ?? '';
  };
  await telegram.setMode({ name: 'reset' });
  const lost = await send(lock, 'The lock opens at six.');
  await until(async () => (await stateOf(lost)) === 'unknown');
  // More than a page of them, and all later than the one in doubt.
  await shared.social.setMode({ name: '422' });
  for (let n = 0; n <= 100; n++) await send(social, `The lock keeper counts ship ${n}.`);
  const failed = (): Promise<{ nextCursor: string | null }> =>
    shared.newsroom.api('GET', '/v1/posts?state=failed&limit=100');
  await until(async () => (await failed()).nextCursor !== null);
  await shared.social.setMode({ name: 'ok' });
  await using editor = await at(shared, '/health');
  const strip = editor.page.getByRole('banner');
  await strip.getByText('100+ failed', { exact: true }).waitFor(WAIT);
  await strip.getByText('1 in doubt', { exact: true }).waitFor(WAIT);
}, 120_000);
