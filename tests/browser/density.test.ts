import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import { shareSeeded, WAIT } from './shared.ts';

const seeded = shareSeeded();

/** One row of each list, and where it is. */
const rows: readonly (readonly [path: string, row: string])[] = [
  ['/', '[data-card]'],
  ['/desk', '[aria-label="Stories that wait for review"] li'],
  ['/failures', 'main li'],
  ['/outbox', 'main tbody tr'],
  ['/intake', 'main li'],
];

/** The height of the first row of each list, once it is there. */
async function heights(page: Page): Promise<number[]> {
  const found: number[] = [];
  for (const [path, row] of rows) {
    await page.goto(seeded.newsroom.address + path);
    const first = page.locator(row).first();
    await first.waitFor(WAIT);
    found.push((await first.boundingBox())?.height ?? 0);
  }
  return found;
}

const densityOf = (page: Page): Promise<string | null> => page.locator('html').getAttribute('data-density');

test('lists take less room by a command of the palette, as long as this browser is asked to, and more again under You', async () => {
  await using editor = await signIn(seeded.browser, seeded.newsroom);
  const { page } = editor;
  const before = await heights(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('compact');
  await page.getByRole('option', { name: 'Compact Lists' }).waitFor(WAIT);
  await page.keyboard.press('Enter');
  await page.getByText('Lists take less room.').first().waitFor(WAIT);
  const after = await heights(page);
  for (const [index, height] of after.entries()) expect(height, rows[index]?.[0]).toBeLessThan(before[index] ?? 0);

  await page.goto(`${seeded.newsroom.address}/setup?tab=you`);
  const lists = page.getByRole('radiogroup', { name: 'Lists' });
  await lists.getByText('Comfortable').click();
  await expect.poll(() => densityOf(page)).toBe('comfortable');
  await page.reload();
  await lists.waitFor(WAIT);
  expect(await densityOf(page)).toBe('comfortable');
  expect(editor.complaints).toEqual([]);
}, 90_000);
