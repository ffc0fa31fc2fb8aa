import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FakeTelegram } from '../fakes/telegram.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import type { Paper } from '../line/newsroom.ts';
import { startPaper } from '../line/newsroom.ts';
import { everywhere } from './keys/everywhere.ts';
import { desk, rundown } from './keys/planning.ts';
import type { Line } from './keys/walk.ts';
import { close, pressAll, readSheet, walk } from './keys/walk.ts';
import { failures, health, intake, outbox, story as ofStory } from './keys/work.ts';
import { until } from './seed.ts';
import type { Post } from './shared.ts';
import { at, postNow, share, story } from './shared.ts';

const shared = share();
let telegram: FakeTelegram;
let paper: Paper;

beforeAll(async () => {
  [telegram, paper] = await Promise.all([startTelegram(), startPaper()]);
});
afterAll(async () => {
  await telegram?.[Symbol.asyncDispose]();
  await paper?.[Symbol.asyncDispose]();
});

const of = (posts: readonly Post[], network: string): Post => posts.find((post) => post.network === network) as Post;
const reaches = (id: string, state: string): Promise<void> =>
  until(async () => (await postNow(shared.newsroom, id)).state === state);

async function accountOf(network: string): Promise<string> {
  const { data } = await shared.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  return data.find((account) => account.network === network)?.id ?? '';
}

/** A post without a story, on its way at once. */
async function sendNow(account: string, text: string): Promise<Post> {
  const request = { accountIds: [account], text, schedule: 'now' };
  const { data } = await shared.newsroom.api<{ data: [Post] }>('POST', '/v1/posts', request);
  return data[0];
}

async function schedule(title: string, minutes: number): Promise<Post> {
  const post = of((await story(shared, title)).posts, 'sandbox');
  const when = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + minutes * 60_000).toISOString();
  await shared.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: { at: when } });
  return post;
}

/** Until when posts that are approved for the next free slot wait: what is approved can be taken back for as long. */
async function nextFreeIn(hours: number): Promise<void> {
  const clock = (inHours: number): string =>
    new Date(Date.now() + inHours * 3_600_000).toLocaleTimeString('en-GB', {
      timeZone: 'Europe/Bucharest',
      hour: '2-digit',
      minute: '2-digit',
    });
  const quietHours = hours === 0 ? [] : [{ from: clock(-1), to: clock(hours) }];
  const { data } = await shared.newsroom.api<{ data: { id: string; version: number }[] }>('GET', '/v1/accounts');
  for (const { id, version } of data)
    await shared.newsroom.api('PATCH', `/v1/accounts/${id}`, { settings: { quietHours } }, version);
}

test('every key of the Desk, of lists, and of the whole dashboard does what the sheet says', async () => {
  await nextFreeIn(3);
  const stories = [];
  for (const title of ['Lowmere sweeps its streets', 'Lowmere clips its hedges', 'Lowmere rakes its leaves']) {
    stories.push(await story(shared, title));
  }
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await page.locator('[data-post]').first().waitFor();
  await walk(
    page,
    desk(shared, stories, () => story(shared, 'Lowmere salts its roads')),
  );
  await walk(page, everywhere(shared.newsroom.address));
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('every key of the Rundown does what the sheet says', async () => {
  await schedule('Lowmere winds its clock', 50);
  const post = await schedule('Lowmere rings its bell', 95);
  await using editor = await at(shared, '/');
  await editor.page.locator(`[data-card="${post.id}"]`).waitFor();
  await walk(editor.page, rundown(shared, post));
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('every key of a Story does what the sheet says', async () => {
  await nextFreeIn(3);
  // What it may be a copy of.
  await story(shared, 'Lowmere airs its attics');
  const { id } = await story(shared, 'Lowmere airs its cellars');
  await using editor = await at(shared, `/stories/${id}`);
  await editor.page.locator('[data-post]').first().waitFor();
  await walk(editor.page, ofStory(shared, id));
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('every key of Intake does what the sheet says', async () => {
  for (const name of ['Weir Courier', 'Quay Herald']) {
    await shared.newsroom.api('POST', '/v1/sources', { kind: 'feed', name, url: `${paper.url}/${name}.xml` });
  }
  await using editor = await at(shared, '/intake');
  await editor.page.locator('[data-source]').nth(1).waitFor();
  await walk(editor.page, intake(shared));
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('every key of Failures, of the Outbox and of Health does what the sheet says', async () => {
  await nextFreeIn(0);
  const social = await accountOf('mastodon');
  const sent = await sendNow(social, 'Lowmere lights its lamps.');
  await reaches(sent.id, 'published');
  await sendNow(await accountOf('sandbox'), 'Lowmere dims its lamps.');
  await shared.social.setMode({ name: '422' });
  await shared.receiver.setMode({ name: '401' });
  await telegram.setMode({ name: 'reset' });
  const channel = await shared.newsroom.api<{ id: string }>('POST', '/v1/accounts', {
    network: 'telegram',
    name: 'Lamp channel',
    credentials: { ...telegramBot, server: telegram.url },
  });
  const refused = [await sendNow(social, 'One lamp is out.'), await sendNow(social, 'Two lamps are out.')] as const;
  const signedOut = await sendNow(await accountOf('webhook'), 'Three lamps are out.');
  const inDoubt = await sendNow(channel.id, 'Four lamps are out.');
  for (const post of [...refused, signedOut]) await reaches(post.id, 'failed');
  await reaches(inDoubt.id, 'unknown');
  for (const fake of [shared.social, shared.receiver]) await fake.setMode({ name: 'ok' });
  await using editor = await at(shared, '/failures');
  const { page } = editor;
  await page.locator(`[data-failure="${inDoubt.id}"]`).waitFor();
  await walk(page, failures(shared, { refused: [...refused], signedOut, inDoubt }));
  await page.goto(`${shared.newsroom.address}/outbox`);
  await page.locator(`[data-sent="${sent.id}"]`).waitFor();
  await walk(page, outbox(await postNow(shared.newsroom, sent.id)));
  await page.goto(`${shared.newsroom.address}/health`);
  await page.getByRole('heading', { name: 'Room and forecast' }).waitFor();
  await walk(page, health());
  expect(editor.complaints).toEqual([]);
}, 120_000);

const screens = ['/', '/desk', 'story', '/intake', '/calendar', '/failures', '/outbox', '/health'];

/** What a key could have done: dialogs, the address, what was asked of the server, and what was said. */
async function deeds(page: Page, work: () => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  const note = (request: { method(): string; url(): string }): void => {
    if (request.method() !== 'GET') asked.push(`${request.method()} ${request.url()}`);
  };
  const before = page.url();
  page.on('request', note);
  await work();
  page.off('request', note);
  const dialogs = await page.getByRole('dialog').count();
  const said = await page.locator('.mantine-Notification-root').allTextContents();
  return [...asked, ...said, ...(dialogs > 0 ? ['a dialog'] : []), ...(page.url() === before ? [] : [page.url()])];
}

const isSingle = ({ keys }: Line): boolean => keys.every((key) => !key.startsWith('Control+'));

test('on every screen, no key fires while somebody writes, and each can be switched off and on again', async () => {
  const { id } = await story(shared, 'Lowmere oils its pumps');
  await using editor = await at(shared, '/');
  const { page } = editor;
  for (const screen of screens) {
    await page.goto(shared.newsroom.address + (screen === 'story' ? `/stories/${id}` : screen));
    await page.locator('main h1').waitFor();
    const lines = (await readSheet(page)).filter(isSingle);
    expect(lines.length).toBeGreaterThan(15);
    const typed = lines.flatMap(({ keys }) => keys).filter((key) => key.length === 1);
    await page.evaluate(`document.querySelector('main h1').insertAdjacentHTML('afterend', '<input id="typed">')`);
    const field = page.locator('#typed');
    await field.focus();
    const whileWriting = await deeds(page, async () => {
      for (const { keys } of lines) await pressAll(page, keys);
    });
    expect({ screen, whileWriting }).toEqual({ screen, whileWriting: [] });
    for (const key of typed) expect(await field.inputValue()).toContain(key);
    await field.evaluate('(element) => element.remove()');
  }

  const flip = async (): Promise<void> => {
    await page.getByRole('dialog', { name: 'Keys' }).getByRole('switch', { name: 'Single-key shortcuts' }).click();
    await close(page);
  };
  await page.goto(shared.newsroom.address);
  await page.locator('[data-live="live"]').waitFor();
  await page.keyboard.press('?');
  await flip();
  for (const screen of screens) {
    await page.goto(shared.newsroom.address + (screen === 'story' ? `/stories/${id}` : screen));
    await page.locator('main h1').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^A screen, an action/ }).fill('keys');
    await page.getByRole('option', { name: /^Keys/ }).click();
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    await close(page);
    const whileOff = await deeds(page, async () => {
      for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789[]{}+-*./?') await page.keyboard.press(key);
      for (const key of ['Shift+A', 'Shift+H', 'Shift+R', 'Shift+X']) await page.keyboard.press(key);
    });
    expect({ screen, whileOff }).toEqual({ screen, whileOff: [] });
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^A screen, an action/ }).fill('keys');
  await page.getByRole('option', { name: /^Keys/ }).click();
  await flip();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
}, 180_000);
