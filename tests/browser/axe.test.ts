import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import type { Seeded } from './seed.ts';
import { seed } from './seed.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let seeded: Seeded;

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }),
    launchBrowser(),
  ]);
  seeded = await seed(newsroom);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await seeded?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

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
  ...['rules', 'team', 'you', 'developer', 'data'].map((tab) => `/setup?tab=${tab}`),
];

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const)('in %s, %i px wide', (colorScheme, width) => {
  test('no screen breaks a rule of accessibility, is wider than the window, or is complained of by the browser', async () => {
    await using editor = await signIn(browser, newsroom, { colorScheme, viewport: { width, height: 860 } });
    const { page } = editor;
    const found: string[] = [];
    for (const screen of screens) {
      const path = screen === 'story' ? `/stories/${seeded.articles.get('ar') ?? ''}` : screen;
      await page.goto(newsroom.address + path);
      await page.locator('main h1').waitFor();
      await page.waitForTimeout(400);
      const { violations } = await new AxeBuilder({ page: page as never }).analyze();
      for (const { id, nodes } of violations) {
        found.push(
          `${screen}: ${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
        );
      }
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      if ((overflow as number) > 0) found.push(`${screen}: ${String(overflow)} px wider than the window`);
    }
    expect(found).toEqual([]);
    expect(editor.complaints).toEqual([]);
  }, 120_000);
});
