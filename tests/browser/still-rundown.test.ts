import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import type { Editor } from './desk.ts';
import { until } from './seed.ts';
import type { Post } from './shared.ts';
import { WAIT, share } from './shared.ts';
import { visit } from './visit.ts';

/** On the Rundown and beside the Calendar, what others do moves nothing from under the mouse. */

const house = share();

/** An editor who looks at a screen that has come to rest: what moves while a page is drawn was not pointed at before. */
async function atRest(path: string): Promise<Editor> {
  const editor = await signIn(house.browser, house.newsroom);
  await visit(editor.page).to(house.newsroom.address + path);
  return editor;
}

async function write(text: string, schedule: unknown): Promise<Post> {
  const { data } = await house.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const accountIds = data.flatMap((account) => (account.network === 'sandbox' ? [account.id] : []));
  return (await house.newsroom.api<{ data: [Post] }>('POST', '/v1/posts', { accountIds, text, schedule })).data[0];
}
const inMinutes = (minutes: number): { at: string } => ({ at: new Date(Date.now() + minutes * 60_000).toISOString() });

/** Approved by somebody else, without a time. */
async function ready(text: string): Promise<Post> {
  const { id } = await write(text, 'review');
  return house.newsroom.api<Post>('POST', `/v1/posts/${id}/approve`, {});
}

interface Pointed {
  readonly x: number;
  readonly y: number;
}
async function pointAt(page: Page, element: Locator): Promise<Pointed> {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (box === null) throw new Error('Nothing to point at.');
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(point.x, point.y);
  await page.mouse.move(point.x + 1, point.y);
  return point;
}
/** Which post what lies under the mouse belongs to, and what it says. */
const under = (page: Page, { x, y }: Pointed): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.elementFromPoint(${x}, ${y});
    const of = element?.closest('[data-ready], [data-card]');
    return [of?.dataset.ready ?? of?.dataset.card ?? 'none', element?.closest('button')?.textContent ?? ''].join(' ');
  })()`);

test('the tray keeps the button that the mouse is on, whoever approves, schedules or fills a lane', async () => {
  const first = await ready('Bell one is ready.');
  const second = await ready('Bell two is ready.');
  await using editor = await atRest('/');
  const { page } = editor;
  const tray = page.getByRole('region', { name: /^Ready, without a time/ });
  const row = tray.locator(`[data-ready="${second.id}"]`);
  const point = await pointAt(page, row.getByRole('button', { name: 'Publish now' }));
  const meant = await under(page, point);
  expect(meant).toContain(second.id);

  // Another one is ready, and the first one gets its time: the page knows when the strip tells it.
  const third = await ready('Bell three is ready.');
  const { version } = await house.newsroom.api<Post>('GET', `/v1/posts/${first.id}`);
  await house.newsroom.api('POST', `/v1/posts/${first.id}/schedule`, inMinutes(12), version);
  const strip = page.getByRole('banner');
  await strip.getByText('Bell one is ready.').waitFor(WAIT);
  expect(await under(page, point)).toBe(meant);
  // One card under the other: another row.
  for (const minutes of [11, 10, 9]) await write(`The clock strikes ${minutes}.`, inMinutes(minutes));
  await strip.getByText('The clock strikes 9.').waitFor(WAIT);
  expect(await under(page, point)).toBe(meant);

  // Asked for, all of it is there; and the mouse is elsewhere.
  await page.getByRole('button', { name: /new\. Press \. to load$/ }).waitFor(WAIT);
  await page.keyboard.press('.');
  await tray.locator(`[data-ready="${third.id}"]`).waitFor(WAIT);
  expect(await tray.locator(`[data-ready="${first.id}"]`).count()).toBe(0);
  expect(await page.locator('[data-card]').count()).toBe(4);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a card on its lane stays under the mouse when one comes that would take its place', async () => {
  // Two rows, whatever else is there.
  for (const minutes of [340, 341]) await write(`The bell of minute ${minutes}.`, inMinutes(minutes));
  const late = await write('The late bell.', inMinutes(200));
  await using editor = await atRest('/');
  const { page } = editor;
  const point = await pointAt(page, page.locator(`[data-card="${late.id}"]`));
  const meant = await under(page, point);
  expect(meant).toContain(late.id);
  await write('The bell before it.', inMinutes(195));
  // There is room in another row: it is seen, and takes nobody's place.
  await page.locator('[data-card]').filter({ hasText: 'The bell before it.' }).waitFor(WAIT);
  expect(await under(page, point)).toBe(meant);
  // The reader's own is seen at once, wherever the mouse is.
  await pointAt(page, page.locator(`[data-card="${late.id}"]`));
  const before = await page.locator(`[data-card="${late.id}"]`).boundingBox();
  await page.locator(`[data-card="${late.id}"]`).focus();
  await page.keyboard.press('}');
  await until(async () => {
    const now = await page.locator(`[data-card="${late.id}"]`).boundingBox();
    return now !== null && before !== null && now.x > before.x + 20;
  });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a busy account takes no more room than a few rows until the rest is asked for, by key', async () => {
  for (let minutes = 60; minutes < 70; minutes++) await write(`Chime ${minutes}.`, inMinutes(minutes));
  await using editor = await atRest('/');
  const { page } = editor;
  const lane = page.getByRole('region', { name: /Sandbox/ }).filter({ has: page.locator('[data-lane]') });
  const more = lane.getByRole('button', { name: /^\+ \d+ more/ });
  await more.waitFor(WAIT);
  const height = async (): Promise<number> => (await lane.boundingBox())?.height ?? 0;
  expect(await height()).toBeLessThan(270);
  await more.focus();
  await page.keyboard.press('Enter');
  const fewer = lane.getByRole('button', { name: 'Show fewer' });
  await until(async () => (await height()) > 500);
  for (let minutes = 60; minutes < 70; minutes++)
    await lane
      .locator('[data-card]')
      .filter({ hasText: `Chime ${minutes}.` })
      .waitFor(WAIT);
  expect(await fewer.getAttribute('aria-expanded')).toBe('true');
  // The focus stays on the button, which now takes it back.
  await page.keyboard.press('Enter');
  await more.waitFor(WAIT);
  expect(await height()).toBeLessThan(270);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the Calendar’s tray keeps what the mouse is on', async () => {
  await using editor = await atRest('/calendar?view=week');
  const { page } = editor;
  const tray = page.getByRole('region', { name: /^Ready, without a time/ });
  const button = tray.locator('[data-ready]').first().getByRole('button');
  await button.waitFor(WAIT);
  const point = await pointAt(page, button);
  const meant = await under(page, point);
  const count = await tray.locator('[data-ready]').count();
  await ready('Bell four is ready.');
  const list = page.waitForResponse((reply) => reply.url().includes('state=approved'));
  await ready('Bell five is ready.');
  await list;
  await page.waitForTimeout(500);
  expect(await under(page, point)).toBe(meant);
  await page.getByRole('heading', { level: 1 }).hover();
  await until(async () => (await tray.locator('[data-ready]').count()) === count + 2);
  expect(editor.complaints).toEqual([]);
}, 90_000);
