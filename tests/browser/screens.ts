import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { startNewsroom } from './newsroom.ts';
import { seed } from './seed.ts';

/**
 * Writes pictures of every screen to docs/screens: `npm run screens`. From a seeded newsroom, with articles of our own.
 * `npm run screens -- --only intake,outbox` writes those whose names begin so.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',') ?? [''];
const isWanted = (name: string): boolean => only.some((beginning) => name.startsWith(beginning));
const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
await mkdir(folder, { recursive: true });

await using newsroom = await startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
await using browser = await launchBrowser();

{
  await using editor = await signIn(browser, newsroom);
  await take(editor.page, '/', 'rundown-empty');
  await take(editor.page, '/desk', 'desk-empty');
  await take(editor.page, '/calendar', 'calendar-empty');
  await take(editor.page, '/failures', 'failures-empty');
  await take(editor.page, '/intake', 'intake-first-run');
  await take(editor.page, '/outbox', 'outbox-empty');
  await take(editor.page, '/setup', 'setup-first-run');
}
await using seeded = await seed(newsroom);
const story = `/stories/${seeded.articles.get('en') ?? ''}`;
const screens = [
  ['/', 'rundown'],
  ['/desk', 'desk'],
  [story, 'story'],
  ['/intake', 'intake'],
  ['/calendar?view=week', 'calendar'],
  ['/calendar?view=month', 'calendar-month'],
  ['/calendar?view=day', 'calendar-day'],
  ['/calendar?view=agenda', 'calendar-agenda'],
  ['/failures', 'failures'],
  ['/outbox', 'outbox'],
  ['/health', 'health'],
  ['/setup', 'setup'],
] as const;
for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
] as const) {
  await using editor = await signIn(browser, newsroom, options);
  for (const [path, screen] of screens) await take(editor.page, path, `${screen}-${name}`);
  if (name !== 'light') continue;
  await take(editor.page, `/stories/${seeded.articles.get('ar') ?? ''}`, 'story-right-to-left');
  await press(editor.page, story, 'story-editing', (page) =>
    page.getByRole('button', { name: 'Edit' }).first().click(),
  );
  await press(editor.page, story, 'story-why', (page) =>
    page.getByRole('button', { name: 'Why', exact: true }).click(),
  );
  await press(editor.page, story, 'story-dry-run', (page) => page.getByRole('button', { name: 'Dry run' }).click());
  await press(editor.page, '/failures', 'failures-resolved', (page) => page.getByText('Resolved, 30 days').click());
  await press(editor.page, '/intake', 'intake-log', (page) =>
    page.getByRole('button', { name: 'The Harbour Sheet', exact: true }).click(),
  );
  await press(editor.page, '/intake', 'intake-rules', async (page) => {
    await page.locator('[data-source]').first().waitFor();
    await page.keyboard.press('e');
  });
  await press(editor.page, '/outbox', 'outbox-post', (page) => page.locator('[data-sent]').first().click());
  await take(editor.page, '/ops/queues', 'queues', false);
  for (const [name, key] of [
    ['keys', '?'],
    ['palette', 'Control+k'],
  ] as const) {
    await press(editor.page, '/', name, async (page) => {
      await page.locator('[data-card]').first().waitFor();
      await page.keyboard.press(key);
    });
  }
  if (editor.complaints.length > 0) console.error(editor.complaints.join('\n'));
}

async function take(page: Page, path: string, name: string, isOurs = true): Promise<void> {
  if (!isWanted(name)) return;
  await page.goto(newsroom.address + path);
  await snap(page, name, isOurs);
}

/** A screen after something was pressed on it. */
async function press(page: Page, path: string, name: string, how: (page: Page) => Promise<void>): Promise<void> {
  if (!isWanted(name)) return;
  await page.goto(newsroom.address + path);
  await how(page);
  await snap(page, name);
}

/** Waits until nothing is asked any more and nothing moves. */
async function snap(page: Page, name: string, isOurs = true): Promise<void> {
  if (isOurs) await page.locator('[data-live="live"]').waitFor();
  await page.waitForTimeout(900);
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
  console.log(`docs/screens/${name}.png`);
}
