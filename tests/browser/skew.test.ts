import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import type { Editor } from './desk.ts';
import { until } from './seed.ts';
import { WAIT, at, postNow, share, story } from './shared.ts';
import type { Post } from './shared.ts';

/** The reader's machine has another time than the newsroom: what counts is the newsroom's. */

const house = share();
const MINUTE_MS = 60_000;

/** An editor whose browser is off by so many minutes, on the Desk. */
async function atDesk(minutes: number): Promise<Editor> {
  const editor = await signIn(house.browser, house.newsroom);
  await editor.page.addInitScript(`{
    const Own = Date, off = ${minutes} * 60_000;
    globalThis.Date = class extends Own {
      constructor(...given) { if (given.length === 0) super(Own.now() + off); else super(...given); }
      static now() { return Own.now() + off; }
    };
  }`);
  await editor.page.goto(`${house.newsroom.address}/desk`);
  await editor.page.locator('[data-post]').first().waitFor(WAIT);
  return editor;
}
const clock = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Bucharest',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
/** What the clock of the newsroom shows, or has just shown. */
const clocks = (): string[] => [clock(Date.now()), clock(Date.now() - 5_000), clock(Date.now() + 5_000)];

async function ask(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve at a time…' }).click();
  await page.getByRole('dialog').getByRole('textbox').waitFor(WAIT);
}

test.each([20, -20, 180])(
  'with a browser that is %i minutes off, in 5 minutes is in 5 minutes',
  async (minutes) => {
    const { posts } = await story(house, `Lowmere winds clock ${minutes}`);
    await using editor = await atDesk(minutes);
    const { page } = editor;
    await page
      .getByRole('button', { name: `Lowmere winds clock ${minutes}` })
      .first()
      .click();
    await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor(WAIT);
    const shown = page.getByRole('banner').locator('time').last();
    await until(async () => clocks().includes(await shown.innerText()));
    await shown.hover();
    await page
      .getByRole('tooltip')
      .getByText(/^The clock of this machine is off by/)
      .waitFor(WAIT);
    await ask(page);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('+5m');
    await dialog.getByText(/in (5 m|4 m 5\d s)/).waitFor(WAIT);
    const sentAt = Date.now();
    await dialog.getByRole('button', { name: 'Set this time' }).click();
    await until(async () => (await postNow(house.newsroom, posts[0]?.id ?? '')).state === 'scheduled');
    const { dueAt } = await postNow(house.newsroom, posts[0]?.id ?? '');
    expect(Math.abs(Date.parse(dueAt ?? '') - sentAt - 5 * MINUTE_MS)).toBeLessThan(20_000);
    for (const post of posts) {
      const { state } = await postNow(house.newsroom, post.id);
      if (state === 'scheduled') await house.newsroom.api('POST', `/v1/posts/${post.id}/cancel`, {});
    }
    expect(editor.complaints).toEqual([]);
  },
  90_000,
);

test('a time that is refused comes back as it was typed, with the reason on the newsroom’s clock', async () => {
  const { posts } = await story(house, 'Lowmere stops its clock');
  await using editor = await atDesk(0);
  const { page } = editor;
  await page.getByRole('button', { name: 'Lowmere stops its clock' }).first().click();
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor(WAIT);
  // As from a clock that was set back after the page last heard from the server.
  let isLate = true;
  await page.route('**/approve', async (route) => {
    if (!isLate) return route.continue();
    const body = route.request().postDataJSON() as { schedule: { at: string } };
    body.schedule.at = new Date(Date.parse(body.schedule.at) - 20 * MINUTE_MS).toISOString();
    await route.continue({ postData: JSON.stringify(body) });
  });
  await ask(page);
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox');
  await field.fill('+5m');
  await dialog.getByRole('button', { name: 'Set this time' }).click();
  await dialog.getByText(/is in the past: it is \w{3} \d+ \w{3} \d{4} \d\d:\d\d now/).waitFor(WAIT);
  expect(await field.inputValue()).toBe('+5m');
  expect(await page.locator('body').innerText()).not.toMatch(/\d{4}-\d\d-\d\dT/);
  expect((await postNow(house.newsroom, posts[0]?.id ?? '')).state).toBe('in_review');
  isLate = false;
  await dialog.getByRole('button', { name: 'Set this time' }).click();
  await until(async () => (await postNow(house.newsroom, posts[0]?.id ?? '')).state === 'scheduled');
  expect(editor.complaints.filter((one) => !one.includes('422') && !one.includes('400'))).toEqual([]);
}, 90_000);

test('so does one for an embargo, for posting again later, and for several posts that are moved together', async () => {
  const { newsroom } = house;
  const { posts } = await story(house, 'Lowmere mends its clock');
  const [out, ...planned] = posts.filter(({ state }) => state === 'in_review') as [Post, Post, Post];
  const day = new Date(Date.now() + 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);
  await newsroom.api('POST', `/v1/posts/${out.id}/approve`, { schedule: 'now' });
  for (const [index, { id }] of planned.entries())
    await newsroom.api('POST', `/v1/posts/${id}/approve`, { schedule: { at: `${day}T1${index}:00:00Z` } });
  await until(async () => (await postNow(newsroom, out.id)).state === 'published');
  await using editor = await at(house, '/outbox');
  const { page } = editor;
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox');
  const button = dialog.getByRole('button', { name: 'Set this time' });
  /** Lets a time arrive as another one that is refused, and looks for that as it was typed. */
  const isKept = async (address: string, late: object, typed: string): Promise<void> => {
    const arrive = (route: Route): Promise<void> =>
      route.request().method() === 'GET'
        ? route.fallback()
        : route.continue({ postData: JSON.stringify({ ...(route.request().postDataJSON() as object), ...late }) });
    await page.route(address, arrive);
    await field.fill(typed);
    await button.click();
    await dialog.getByText(/is in the past: it is|more than ten years away/).waitFor(WAIT);
    expect(await field.inputValue()).toBe(typed);
    await page.unroute(address, arrive);
    await button.click();
    await dialog.waitFor({ state: 'hidden', ...WAIT });
  };
  const past = '2020-01-01T00:00:00Z';

  await page.locator('[data-sent]').filter({ hasText: 'Lowmere mends its clock' }).first().click();
  await page.getByRole('button', { name: 'Post again later…' }).click();
  await isKept('**/v1/posts', { schedule: { at: past } }, '+3h');

  await page.goto(`${newsroom.address}/calendar?view=day&date=${day}`);
  for (const { id } of planned) {
    await page.locator(`[data-chip="${id}"]`).focus();
    await page.keyboard.press('x');
  }
  await page.keyboard.press('m');
  await isKept('**/schedule', { at: past, strict: false }, `${day} 18:10`);
  await until(async () => (await postNow(newsroom, planned[0].id)).dueAt?.endsWith(':10:00.000Z') === true);

  await page.goto(`${newsroom.address}/stories/${out.articleId ?? ''}`);
  await page.getByRole('button', { name: 'Embargo…' }).click();
  await isKept('**/v1/stories/*', { embargoUntil: '2099-01-01T00:00:00Z' }, '+2h');
  await page.getByText('No post of this story goes out before.').first().waitFor(WAIT);
  expect(editor.complaints.filter((one) => !one.includes('422') && !one.includes('400'))).toEqual([]);
}, 120_000);
