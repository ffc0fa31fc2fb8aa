import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** One line of the sheet of keys: what to press, as the browser names it, and what it says it does. */
export interface Line {
  readonly group: string;
  readonly label: string;
  /** One after the other: `['g', 'd']`. */
  readonly keys: readonly string[];
}

/** Shows that a key does what the sheet says; `press` presses what stands on the sheet. */
export type Shows = (press: () => Promise<void>, page: Page) => Promise<unknown>;

/** By the group of the sheet, and the words beside the key. */
export type Shown = Readonly<Record<string, Readonly<Record<string, Shows>>>>;

/** Reads the sheet of the screen that is open, and closes it again. */
export async function readSheet(page: Page): Promise<Line[]> {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.waitFor();
  const lines: Line[] = [];
  for (const section of await sheet.locator('section').all()) {
    const group = (await section.getByRole('heading').textContent()) ?? '';
    for (const line of await section.locator('dl > div').all()) {
      const keys = (await line.locator('kbd').allTextContents()).map(pressable);
      lines.push({ group, keys, label: (await line.locator('dd').textContent()) ?? '' });
    }
  }
  await close(page);
  return lines;
}

/** Walks down the sheet of one screen: every line of these groups is shown, and nothing is shown that no line tells of. */
export async function walk(page: Page, shown: Shown): Promise<void> {
  const lines = (await readSheet(page)).filter(({ group }) => group in shown);
  const told = lines.map(({ group, label }) => `${group}: ${label}`);
  const known = Object.entries(shown).flatMap(([group, of]) => Object.keys(of).map((label) => `${group}: ${label}`));
  expect(told.toSorted()).toEqual(known.toSorted());
  for (const [group, of] of Object.entries(shown)) {
    for (const [label, shows] of Object.entries(of)) {
      const line = lines.find((one) => one.group === group && one.label === label) as Line;
      try {
        await shows(() => pressAll(page, line.keys), page);
      } catch (error) {
        throw new Error(`${line.keys.join(' ')} (${group}: ${label}) did not do what the sheet says.`, {
          cause: error,
        });
      }
    }
  }
}

export async function pressAll(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Closes the dialog or drawer that is open. Keys are heard again when it is gone, not when it begins to fade. */
export async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
}

/** The key opens the dialog of that name, which is closed again. */
export function opens(name: string | RegExp): Shows {
  return async (press, page) => {
    await press();
    await page.getByRole('dialog', { name }).waitFor();
    await close(page);
  };
}

/** `Ctrl Z`, `Shift H`, `←`, `G` as the browser wants to be told. */
function pressable(shown: string): string {
  const arrows: Record<string, string> = { '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown' };
  const [key = '', ...modifiers] = shown.split(' ').toReversed();
  const isLetter = /^[A-Z]$/.test(key);
  const plain = arrows[key] ?? (isLetter && !modifiers.includes('Shift') ? key.toLowerCase() : key);
  return [...modifiers.toReversed().map((one) => (one === 'Ctrl' ? 'Control' : one)), plain].join('+');
}
