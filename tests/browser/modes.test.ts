import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { signIn } from './desk.ts';
import { looks } from './looks.mjs';
import { isDrawn } from './quiet.ts';
import { shareSeeded } from './shared.ts';
import { visit } from './visit.ts';

const seeded = shareSeeded();

const paths = (): string[] => [
  '/',
  '/desk',
  '/stories',
  `/stories/${seeded.articles.get('ar') ?? ''}`,
  '/intake',
  '/calendar',
  '/failures',
  '/outbox',
  '/health',
  '/setup',
  ...['rules', 'team', 'notifications', 'engine', 'developer', 'data', 'you'].map((tab) => `/setup?tab=${tab}`),
];

/** What lies over a screen once something was pressed on it. */
function windows(): (readonly [path: string, name: string, press: (page: Page) => Promise<unknown>])[] {
  const story = `/stories/${seeded.articles.get('en') ?? ''}`;
  const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
  return [
    [story, 'why', button(/^Why$/)],
    [story, 'the dry run', button('Dry run')],
    [story, 'the campaign', button('Campaign: none…')],
    ['/desk', 'why', button(/^Why$/)],
    ['/desk', 'the question for a time', button('Approve at a time…')],
    ['/desk', 'the question why', (page) => page.keyboard.press('d')],
    ['/', 'the question before a hold', (page) => page.keyboard.press('Shift+H')],
    ['/', 'the palette', (page) => page.keyboard.press('Control+k')],
    ['/', 'the sheet of keys', (page) => page.keyboard.press('?')],
    ['/intake', 'a source', button('Add a feed')],
    ['/outbox', 'the question before something is taken down', button(/^Correct \d/)],
  ];
}

/** What is found on every screen, each with the screen it was found on. */
async function onEveryScreen(
  options: BrowserContextOptions,
  find: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  await using editor = await signIn(seeded.browser, seeded.newsroom, options);
  const { page } = editor;
  const { to } = visit(page);
  const found: string[] = [];
  for (const path of paths()) {
    await to(seeded.newsroom.address + path);
    found.push(...(await find(page)).map((one) => `${path}: ${one}`));
  }
  return [...found, ...editor.complaints];
}

describe.each([
  ['on a phone of 360 px', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
  ['at 200 %', { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 }],
] as const)('%s', (_, options) => {
  test('no screen and no table scrolls sideways, no button loses its words, and no name breaks within a word', async () => {
    const found = await onEveryScreen(options, async (page) => [
      ...(await page.evaluate(looks.tooWide)),
      ...(await page.evaluate(looks.slidingTables)),
      ...(await page.evaluate(looks.cutWords)),
      ...(await page.evaluate(looks.brokenWords)),
    ]);
    expect(found).toEqual([]);
  }, 180_000);

  test('nor does any window or drawer that is opened', async () => {
    await using editor = await signIn(seeded.browser, seeded.newsroom, options);
    const { page } = editor;
    const { to, isQuiet } = visit(page);
    const found: string[] = [];
    for (const [path, name, press] of windows()) {
      await to(seeded.newsroom.address + path);
      await press(page);
      await page.getByRole('dialog').first().waitFor();
      await isQuiet();
      const wrong = [
        ...(await page.evaluate(looks.tooWide)),
        ...(await page.evaluate(looks.wideDialogs)),
        ...(await page.evaluate(looks.slidingTables)),
        ...(await page.evaluate(looks.cutWords)),
        ...(await page.evaluate(looks.brokenWords)),
      ];
      found.push(...wrong.map((one) => `${path}, ${name}: ${one}`));
    }
    expect([...found, ...editor.complaints]).toEqual([]);
  }, 180_000);
});

test('Arabic runs from right to left in a page that runs from left to right, and where colours are forced, what is chosen and what has the focus is told by more than a background', async () => {
  const found = await onEveryScreen({}, async (page) => {
    const wrong: string[] = await page.evaluate(looks.wrongWay);
    await page.emulateMedia({ forcedColors: 'active' });
    await isDrawn(page);
    wrong.push(...(await page.evaluate(looks.unseenChoice)));
    for (let steps = 0; steps < 8; steps += 1) {
      await page.keyboard.press('Tab');
      wrong.push(...(await page.evaluate(looks.unseenFocus)));
    }
    await page.emulateMedia({ forcedColors: 'none' });
    return wrong;
  });
  expect(found).toEqual([]);
}, 180_000);

test('who wants less motion gets none, neither on a screen nor where a dialog, a drawer or a menu opens', async () => {
  await using editor = await signIn(seeded.browser, seeded.newsroom, { reducedMotion: 'reduce' });
  const { page } = editor;
  await page.goto(`${seeded.newsroom.address}/stories/${seeded.articles.get('en') ?? ''}`);
  await page.locator('[data-post]').first().waitFor();
  await page.evaluate(
    'window.moved = []; for (const kind of ["transitionrun", "animationstart"]) document.addEventListener(kind, (event) => { const { duration } = event.target.getAnimations()[0]?.effect.getComputedTiming() ?? { duration: 0 }; if (duration > 1) window.moved.push(`${kind} ${event.target.className} ${duration} ms`); }, true)',
  );
  await page.getByRole('button', { name: 'Why', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Desk', exact: true }).click();
  await page.locator('[data-story]').first().waitFor();
  expect(await page.evaluate('window.moved')).toEqual([]);
}, 60_000);

test('what is typed in Arabic runs from right to left, and in English from left to right', async () => {
  await using editor = await signIn(seeded.browser, seeded.newsroom);
  const { page } = editor;
  await page.goto(`${seeded.newsroom.address}/stories/${seeded.articles.get('ar') ?? ''}`);
  const post = page.locator('[data-post]').first();
  await post.waitFor();
  expect(await page.evaluate(looks.arabic)).not.toEqual([]);
  await post.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = post.getByRole('textbox');
  const runs = (): Promise<unknown> => page.evaluate('getComputedStyle(document.activeElement).direction');
  await field.and(page.locator(':focus')).waitFor();
  expect(await runs()).toBe('rtl');
  await field.fill('Now in English.');
  expect(await runs()).toBe('ltr');
  await page.getByRole('button', { name: 'Discard' }).click();
}, 60_000);
