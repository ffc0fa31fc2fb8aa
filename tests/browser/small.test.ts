import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import { WAIT, at, share, story } from './shared.ts';

/** Where there is little room, or nothing at all. */

const house = share();

test('a post’s menu fits on a phone that is 640 px high, wherever its button stands, and leaves the bar free', async () => {
  const { id } = await story(house, 'Lowmere folds its maps');
  await using editor = await signIn(house.browser, house.newsroom, {
    viewport: { width: 390, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = editor;
  await page.goto(`${house.newsroom.address}/stories/${id}`);
  const button = page
    .locator('[data-post]')
    .first()
    .getByRole('button', { name: /^More for/ });
  await button.waitFor(WAIT);
  const bar = (await page.getByRole('navigation').last().boundingBox())?.y ?? NaN;
  for (const top of [120, 300, 460, 530]) {
    const now = (await button.boundingBox())?.y ?? 0;
    await page.evaluate(`scrollBy(0, ${now - top})`);
    await button.click();
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitem').last().waitFor(WAIT);
    await page.waitForTimeout(300);
    const box = await menu.boundingBox();
    const [from, to] = [box?.y ?? NaN, (box?.y ?? NaN) + (box?.height ?? NaN)];
    expect(from, `button at ${top}`).toBeGreaterThanOrEqual(0);
    expect(to, `button at ${top}`).toBeLessThanOrEqual(bar);
    expect(box?.height, `button at ${top}`).toBeGreaterThan(110);
    await menu.getByRole('menuitem').last().scrollIntoViewIfNeeded();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached', ...WAIT });
  }
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('an address that leads nowhere says so in its title', async () => {
  await using editor = await at(house, '/nowhere');
  const { page } = editor;
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor(WAIT);
  expect(await page.title()).toMatch(/^There is nothing here · /);
  await page.getByRole('link', { name: 'Go to the first screen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Rundown' }).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('a paused source offers no reading, and its key says why', async () => {
  const request = { kind: 'feed', name: 'The Quiet Sheet', url: 'http://127.0.0.1:9/feed.xml' };
  const { id } = await house.newsroom.api<{ id: string }>('POST', '/v1/sources', request);
  await using editor = await at(house, '/intake');
  const { page } = editor;
  const source = page.locator(`[data-source="${id}"]`);
  await source.getByRole('button', { name: 'Read now' }).waitFor(WAIT);
  await source.getByRole('button', { name: 'Pause' }).click();
  await source.getByRole('button', { name: 'Resume' }).waitFor(WAIT);
  expect(await source.getByRole('button', { name: 'Read now' }).count()).toBe(0);
  await source.getByRole('button', { name: 'Resume' }).focus();
  await page.keyboard.press('r');
  await page.getByText('The Quiet Sheet is paused, and is not read. Resume it first.').first().waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('the menus of a post are fetched when they are asked for, and give the focus back to their button', async () => {
  await story(house, 'Lowmere opens its menus');
  await using editor = await at(house, '/desk');
  const { page } = editor;
  for (const name of [/^Choose when it goes out$/, /^More for /]) {
    const button = page.getByRole('button', { name, disabled: false }).first();
    await button.waitFor(WAIT);
    for (const opener of ['Enter', 'Space']) {
      await button.focus();
      await page.keyboard.press(opener);
      await page.getByRole('menuitem').and(page.locator(':focus')).waitFor(WAIT);
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached', ...WAIT });
      await button.and(page.locator(':focus')).waitFor(WAIT);
    }
  }
  expect(editor.complaints).toEqual([]);
}, 90_000);

test.each([800, 1280])(
  'a newsroom of a long name leaves the strip, %i px wide, room for what goes out next',
  async (width) => {
    const { newsroom, browser } = house;
    const { posts } = await story(house, 'Lowmere winds its clock');
    const schedule = { at: new Date(Date.now() + 3_600_000).toISOString() };
    await newsroom.api('POST', `/v1/posts/${posts[0]?.id ?? ''}/approve`, { schedule });
    const { version } = await newsroom.api<{ version: number }>('GET', '/v1/newsroom');
    await newsroom.api('PUT', '/v1/newsroom', { name: 'The Lowmere '.repeat(8).trim(), timeZone: null }, version);
    await using editor = await signIn(browser, newsroom, { viewport: { width, height: 860 } });
    const strip = editor.page.getByRole('banner');
    const next = strip.getByText(/^Next \d\d:\d\d/);
    await next.waitFor(WAIT);
    const line = await next.locator('xpath=ancestor::div[1]').boundingBox();
    const [from, to] = [line?.x ?? NaN, (line?.x ?? NaN) + (line?.width ?? NaN)];
    for (const part of [next, strip.getByText(/^\(\d+ m/)]) {
      const box = await part.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(from);
      expect((box?.x ?? NaN) + (box?.width ?? NaN)).toBeLessThanOrEqual(to + 1);
    }
    expect(editor.complaints).toEqual([]);
  },
  60_000,
);

test('an account tells until when its network made it wait only as long as it does', async () => {
  await using editor = await signIn(house.browser, house.newsroom);
  const { page } = editor;
  let until = new Date(Date.now() + 3_600_000);
  await page.route('**/v1/accounts*', async (route) => {
    const response = await route.fetch();
    const { data, ...rest } = (await response.json()) as { data: object[] };
    const json = { ...rest, data: data.map((account) => ({ ...account, blockedUntil: until.toISOString() })) };
    await route.fulfill({ response, json });
  });
  await page.goto(`${house.newsroom.address}/setup`);
  await page
    .getByText(/waits until/)
    .first()
    .waitFor(WAIT);
  until = new Date(Date.now() - 60_000);
  await page.reload();
  await page.getByText('500 characters a post').first().waitFor(WAIT);
  expect(await page.getByText(/waits until/).count()).toBe(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  expect(editor.complaints).toEqual([]);
}, 60_000);
