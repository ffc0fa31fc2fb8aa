import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './desk.ts';
import { watchQuiet } from './quiet.ts';
import { shareSeeded, WAIT } from './shared.ts';

const seeded = shareSeeded();

/** One row of each list, and where it is. */
const rows: readonly (readonly [path: string, row: string])[] = [
  ['/', '[data-card]'],
  ['/desk', '[aria-label="Stories that wait for review"] li'],
  ['/failures', 'main li'],
  ['/outbox', 'main tbody tr'],
  ['/intake', '[data-source]'],
];

/** The height of the lowest row of each list, once nothing is on its way: what stands first may be another by and by. */
async function heights(page: Page, isQuiet: () => Promise<void>): Promise<number[]> {
  const found: number[] = [];
  for (const [path, row] of rows) {
    await page.goto(seeded.newsroom.address + path);
    await page.locator(row).first().waitFor(WAIT);
    await isQuiet();
    const all = await page.locator(row).evaluateAll((list) => list.map((one) => one.getBoundingClientRect().height));
    found.push(Math.min(...all));
  }
  return found;
}

const densityOf = (page: Page): Promise<string | null> => page.locator('html').getAttribute('data-density');

test('lists take less room by a command of the palette, as long as this browser is asked to, and more again under You', async () => {
  await using editor = await signIn(seeded.browser, seeded.newsroom);
  const { page } = editor;
  const isQuiet = watchQuiet(page);
  const before = await heights(page, isQuiet);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('compact');
  await page.getByRole('option', { name: 'Compact Lists' }).waitFor(WAIT);
  await page.keyboard.press('Enter');
  await page.getByText('Lists take less room.').first().waitFor(WAIT);
  const after = await heights(page, isQuiet);
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
