import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import type { Editor } from './desk.ts';
import { until } from './seed.ts';
import { WAIT, postNow, share, story } from './shared.ts';

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
