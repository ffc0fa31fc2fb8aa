import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { signIn } from './desk.ts';
import type { Editor } from './desk.ts';
import { watchQuiet } from './quiet.ts';
import { shareSeeded, WAIT } from './shared.ts';

/** What only a phone shows: what is pressed is in sight, and nothing lies over it. */

const seeded = shareSeeded();

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(what: Locator): Promise<Box> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('It is not drawn.');
  return box;
}

describe.each([360, 390])('%i px wide', (width) => {
  const open = async (path: string): Promise<Editor> => {
    const viewport = { width, height: 740 };
    const editor = await signIn(seeded.browser, seeded.newsroom, { viewport, hasTouch: true, isMobile: true });
    const isQuiet = watchQuiet(editor.page);
    await editor.page.goto(seeded.newsroom.address + path);
    await editor.page.locator('main h1').waitFor();
    await isQuiet();
    return editor;
  };

  test('the strip says when the next post goes and in how long, on which clock, beside what fits of its text', async () => {
    await using editor = await open('/desk');
    const strip = editor.page.getByRole('banner');
    const isIn = async (what: Locator): Promise<void> => {
      const box = await boxOf(what);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(await what.evaluate((one) => one.scrollWidth <= one.clientWidth + 1 || one.clientWidth === 0)).toBe(true);
    };
    await isIn(strip.getByText(/^Bucharest · \d\d:\d\d/));
    await isIn(strip.getByText(/^\((\d+ [hms]|due|waits|held)/));
    await isIn(strip.getByText(/^Next \d\d:\d\d/));
  }, 60_000);

  test('the Calendar begins with today, whole and beside its hours', async () => {
    for (const view of ['week', 'month']) {
      await using editor = await open(`/calendar?view=${view}`);
      const today = editor.page.locator('[data-cell][tabindex="0"]');
      const box = await boxOf(today);
      const hours = editor.page.locator('[data-row]').first();
      const from = view === 'week' ? await boxOf(hours).then((head) => head.x + head.width) : 0;
      expect(box.x).toBeGreaterThanOrEqual(from - 1);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
  }, 90_000);

  test('Why on the Desk is seen where it was asked for, has the focus, and goes again', async () => {
    await using editor = await open('/desk');
    const { page } = editor;
    await page.getByRole('button', { name: 'Why', exact: true }).click();
    const why = page.getByRole('dialog', { name: 'Why these sentences and tags' });
    await why.getByRole('tab', { name: 'Summary' }).waitFor(WAIT);
    expect((await boxOf(why)).y).toBeLessThan(200);
    expect(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")).toBe(true);
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'hidden', ...WAIT });
    expect(editor.complaints).toEqual([]);
  }, 60_000);

  test('a row of the Outbox that is opened leaves its post as wide as it was', async () => {
    await using editor = await open('/outbox');
    const row = editor.page.locator('[data-sent]').first();
    const before = await boxOf(row);
    await row.click();
    await editor.page.getByText('What was done to it').waitFor(WAIT);
    expect((await boxOf(row)).width).toBe(before.width);
  }, 60_000);

  test('what is said about what was done leaves the bar of screens free', async () => {
    await using editor = await open('/setup?tab=you');
    const { page } = editor;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Compact');
    await page.keyboard.press('Enter');
    const notice = page.locator('.mantine-Notification-root').filter({ hasText: 'Lists take less room.' });
    await notice.waitFor(WAIT);
    await isStill(notice);
    const said = await boxOf(notice);
    const bar = await boxOf(page.getByRole('navigation'));
    expect(said.y + said.height).toBeLessThanOrEqual(bar.y);
    await page.getByRole('link', { name: 'Rundown', exact: true }).click();
    await page.getByRole('heading', { name: 'Rundown', level: 1 }).waitFor(WAIT);
  }, 60_000);

  test('the palette tells posts by one line each', async () => {
    await using editor = await open('/');
    const { page } = editor;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Published');
    await page.getByRole('option').first().waitFor(WAIT);
    const words: string[] = await page.getByRole('option').locator('span').allTextContents();
    expect(words.length).toBeGreaterThan(2);
    expect(words.filter((one) => one.length > 100 || one.includes('\n'))).toEqual([]);
    // Found by what is not shown, too.
    const last =
      (await postTexts()).map((text) => text.split(/\s+/).at(-1) ?? '').find((word) => word.length > 4) ?? '';
    await page.getByRole('combobox').fill(last);
    await page.getByRole('option').first().waitFor(WAIT);
  }, 60_000);
});

/** Once it has come in. */
async function isStill(what: Locator): Promise<void> {
  await what.evaluate('(one) => Promise.all(one.getAnimations().map((moving) => moving.finished))');
  for (let before = -1; ;) {
    const { y } = await boxOf(what);
    if (y === before) return;
    before = y;
    await what.page().waitForTimeout(150);
  }
}

async function postTexts(): Promise<string[]> {
  const { data } = await seeded.newsroom.api<{ data: { parts: { text: string }[] }[] }>(
    'GET',
    '/v1/posts?state=published',
  );
  return data.map(({ parts }) => parts[0]?.text ?? '');
}
