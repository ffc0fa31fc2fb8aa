import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { faultsOf } from './axe.ts';
import { signIn } from './desk.ts';
import { isDrawn } from './quiet.ts';
import { shareSeeded } from './shared.ts';
import { visit } from './visit.ts';

const seeded = shareSeeded();

const screens = [
  '/',
  '/desk',
  '/stories',
  'story',
  '/intake',
  ...['day', 'week', 'month', 'agenda'].map((view) => `/calendar?view=${view}`),
  '/failures',
  '/outbox',
  '/health',
  '/setup',
  ...['rules', 'team', 'notifications', 'engine', 'developer', 'data', 'you'].map((tab) => `/setup?tab=${tab}`),
];

/** What a screen looks like once something was pressed on it. Windows on one screen stand together: it is loaded once for them. */
const states: readonly (readonly [screen: string, name: string, press: (page: Page) => Promise<unknown>])[] = [
  ['/', 'the sheet of keys', (page) => page.keyboard.press('?')],
  ['/', 'the palette', (page) => page.keyboard.press('Control+k')],
  ['/', 'the question before a hold', (page) => page.keyboard.press('Shift+H')],
  [
    '/desk',
    'an editor',
    (page) => page.locator('[data-post]').first().getByRole('button', { name: 'Edit', exact: true }).click(),
  ],
  [
    '/desk',
    'a menu',
    (page) =>
      page
        .locator('[data-post]')
        .first()
        .getByRole('button', { name: /^More for/ })
        .click(),
  ],
  ['/desk', 'the question for a time', (page) => page.getByRole('button', { name: 'Approve at a time…' }).click()],
  ['/desk', 'why', (page) => page.getByRole('button', { name: 'Why', exact: true }).click()],
  ['/desk', 'what is given back', (page) => page.getByText('Given back').first().click()],
  ['story', 'why', (page) => page.getByRole('button', { name: 'Why', exact: true }).click()],
  ['story', 'a dry run', (page) => page.getByRole('button', { name: 'Dry run' }).click()],
  [
    'linked story',
    'a link card',
    (page) =>
      page
        .locator('[data-post]')
        .filter({ hasText: 'Front page' })
        .getByRole('button', { name: 'Edit', exact: true })
        .click(),
  ],
  ['linked story', 'the clocks of a time', (page) => page.locator('main time').first().focus()],
  ['linked story', 'its campaign', (page) => page.getByRole('button', { name: 'Campaign: none…' }).click()],
  ['/intake', 'the form of a source', (page) => page.getByRole('button', { name: 'Add a feed' }).click()],
  ['/intake', 'a log', (page) => page.getByRole('button', { name: 'The Harbour Sheet', exact: true }).click()],
  ['/failures', 'what was resolved', (page) => page.getByText('Resolved, 30 days').click()],
  ['/failures', 'every try', (page) => page.getByRole('button', { name: 'Every try' }).first().click()],
  ['/outbox', 'one post', (page) => page.locator('[data-sent]').first().click()],
  [
    '/setup',
    'the settings of an account',
    (page) => page.getByRole('button', { name: 'Settings of Front page' }).click(),
  ],
  ['/setup', 'the form of an account', (page) => page.getByRole('button', { name: 'Add an account' }).click()],
];

/** The one article came as a text, the other stands at an address. */
const langs: Readonly<Record<string, string>> = { story: 'ar', 'linked story': 'en' };
const pathOf = (screen: string): string =>
  langs[screen] === undefined ? screen : `/stories/${seeded.articles.get(langs[screen]) ?? ''}`;

/** What moves is looked at elsewhere, and would be waited for each time. */
const still = (width: number) => ({ viewport: { width, height: 860 }, reducedMotion: 'reduce' }) as const;

describe.each([1280, 390])('%i px wide, in light and in dark', (width) => {
  test('no screen breaks a rule of accessibility, is wider than the window, or is complained of by the browser', async () => {
    await using editor = await signIn(seeded.browser, seeded.newsroom, still(width));
    const { page } = editor;
    const { to } = visit(page);
    const found: string[] = [];
    for (const screen of screens) {
      await page.emulateMedia({ colorScheme: 'light' });
      await to(seeded.newsroom.address + pathOf(screen));
      found.push(...(await faultsOf(page)).map((one) => `${screen}, light: ${one}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      await isDrawn(page);
      found.push(...(await faultsOf(page, 'colours')).map((one) => `${screen}, dark: ${one}`));
    }
    expect(found).toEqual([]);
    expect(editor.complaints).toEqual([]);
  }, 600_000);
});

describe.each([
  ['light', 1280],
  ['dark', 390],
] as const)('in %s, %i px wide, once something was pressed', (colorScheme, width) => {
  test('no editor, dialog, drawer, menu or open row breaks a rule of accessibility', async () => {
    await using editor = await signIn(seeded.browser, seeded.newsroom, { colorScheme, ...still(width) });
    const { page } = editor;
    const { to, isQuiet } = visit(page);
    const found: string[] = [];
    for (const [screen, name, press] of states) {
      await to(seeded.newsroom.address + pathOf(screen));
      await press(page);
      await isQuiet();
      found.push(...(await faultsOf(page)).map((one) => `${screen}, ${name}: ${one}`));
    }
    expect(found).toEqual([]);
    expect(editor.complaints).toEqual([]);
  }, 600_000);
});
