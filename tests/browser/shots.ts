import type { Page } from 'playwright-core';
import type { Seeded } from './seed.ts';

/** One picture: where, and what is pressed before it is taken. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly press?: (page: Page) => Promise<unknown>;
  /** Puts things back for the next one. */
  readonly after?: (page: Page) => Promise<unknown>;
  /** False for a page that is not of the dashboard. */
  readonly isOurs?: boolean;
}

const storyOf = ({ articles }: Seeded, lang: string): string => `/stories/${articles.get(lang) ?? ''}`;
const firstPost = (page: Page) => page.locator('[data-post]').first();

/** Before anything was done. */
export const empty: readonly Shot[] = [
  { name: 'rundown-empty', path: '/' },
  { name: 'desk-empty', path: '/desk' },
  { name: 'calendar-empty', path: '/calendar' },
  { name: 'stories-empty', path: '/stories' },
  { name: 'failures-empty', path: '/failures' },
  { name: 'intake-first-run', path: '/intake' },
  { name: 'outbox-empty', path: '/outbox' },
  { name: 'health-empty', path: '/health' },
  { name: 'setup-first-run', path: '/setup' },
];

/** Every screen as it is at noon. */
export const main = (seeded: Seeded): readonly Shot[] => [
  {
    name: 'rundown',
    path: '/',
    press: (page) => page.getByRole('region', { name: 'Next ten' }).locator('li').first().waitFor(),
  },
  { name: 'desk', path: '/desk', press: (page) => firstPost(page).waitFor() },
  { name: 'story', path: storyOf(seeded, 'en'), press: (page) => firstPost(page).waitFor() },
  { name: 'stories', path: '/stories' },
  { name: 'intake', path: '/intake' },
  { name: 'calendar', path: '/calendar?view=week' },
  { name: 'calendar-month', path: '/calendar?view=month' },
  { name: 'calendar-day', path: '/calendar?view=day' },
  { name: 'calendar-agenda', path: '/calendar?view=agenda' },
  { name: 'failures', path: '/failures' },
  { name: 'outbox', path: '/outbox' },
  { name: 'health', path: '/health' },
  { name: 'setup', path: '/setup' },
];

async function hold(page: Page): Promise<void> {
  await page.keyboard.press('Shift+H');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByLabel('Why? Everybody sees this.').fill('A name is being checked with the police.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByRole('alert').getByText('A name is being checked').waitFor();
}

async function resume(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Resume' }).first().waitFor({ state: 'hidden' });
}

const lists = (words: 'Compact' | 'Comfortable') => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(words);
  await page.getByRole('option', { name: `${words} Lists` }).click();
  // Away from whatever it lies over once the window is gone.
  await page.mouse.move(0, 0);
  await page.locator(`html[data-density="${words.toLowerCase()}"]`).waitFor();
};

/** What a screen looks like once something was done on it. */
export const states = (seeded: Seeded): readonly Shot[] => [
  { name: 'rundown-held', path: '/', press: hold, after: resume },
  {
    name: 'rundown-offline',
    path: '/',
    press: async (page) => {
      await page.locator('[data-card]').first().waitFor();
      await page.context().setOffline(true);
      await page.locator('[data-live="stale"]').waitFor({ timeout: 60_000 });
    },
    after: (page) => page.context().setOffline(false),
  },
  { name: 'rundown-compact', path: '/', press: lists('Compact'), after: lists('Comfortable') },
  { name: 'desk-compact', path: '/desk', press: lists('Compact'), after: lists('Comfortable') },
  { name: 'keys', path: '/', press: (page) => page.keyboard.press('?') },
  { name: 'palette', path: '/', press: (page) => page.keyboard.press('Control+k') },
  {
    name: 'desk-editing',
    path: '/desk',
    press: (page) => firstPost(page).getByRole('button', { name: 'Edit', exact: true }).click(),
  },
  {
    name: 'desk-time',
    path: '/desk',
    // React shows for a while that the form is loading, although it is there.
    press: async (page) => {
      await page.getByRole('button', { name: 'Approve at a time…' }).click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
    },
  },
  { name: 'desk-why', path: '/desk', press: (page) => page.getByRole('button', { name: 'Why', exact: true }).click() },
  { name: 'story-right-to-left', path: storyOf(seeded, 'ar'), press: (page) => firstPost(page).waitFor() },
  {
    name: 'story-editing',
    path: storyOf(seeded, 'en'),
    press: (page) => firstPost(page).getByRole('button', { name: 'Edit', exact: true }).click(),
  },
  {
    name: 'story-why',
    path: storyOf(seeded, 'en'),
    press: (page) => page.getByRole('button', { name: 'Why', exact: true }).click(),
  },
  {
    name: 'story-dry-run',
    path: storyOf(seeded, 'en'),
    // What it takes away while the requests are built is not what it is for.
    press: async (page) => {
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByRole('dialog').locator('pre').first().waitFor();
    },
  },
  {
    name: 'story-card',
    path: storyOf(seeded, 'en'),
    press: async (page) => {
      const column = page.locator('[data-post]').filter({ hasText: 'Front page' });
      await column.getByRole('button', { name: 'Edit', exact: true }).click();
      await column.getByRole('group', { name: 'Link card' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'story-campaign',
    path: storyOf(seeded, 'en'),
    press: async (page) => {
      await page.getByRole('button', { name: 'Campaign: none…' }).click();
      await page.getByRole('form', { name: 'Campaign of this story' }).waitFor();
    },
  },
  { name: 'intake-source', path: '/intake', press: (page) => page.getByRole('button', { name: 'Add a feed' }).click() },
  {
    name: 'intake-log',
    path: '/intake',
    press: (page) => page.getByRole('button', { name: 'The Harbour Sheet', exact: true }).click(),
  },
  {
    name: 'failures-resolved',
    path: '/failures',
    press: async (page) => {
      await page.getByText('Resolved, 30 days').click();
      await page.getByRole('list', { name: 'Resolved, 30 days' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'failures-tries',
    path: '/failures',
    press: (page) => page.getByRole('button', { name: 'Every try' }).first().click(),
  },
  { name: 'outbox-post', path: '/outbox', press: (page) => page.locator('[data-sent]').first().click() },
  {
    name: 'setup-account',
    path: '/setup',
    press: (page) => page.getByRole('button', { name: 'Settings of Front page' }).click(),
  },
  ...(['rules', 'team', 'notifications', 'engine', 'developer', 'data', 'you'] as const).map((tab) => ({
    name: `setup-${tab}`,
    path: `/setup?tab=${tab}`,
  })),
  { name: 'queues', path: '/ops/queues', isOurs: false },
];
