import { expect, test } from 'vitest';
import { readSheet } from './keys/walk.ts';
import { join } from './member.ts';
import { presserOf } from './press-all.ts';
import type { Presser } from './press-all.ts';
import { shareSeeded, WAIT } from './shared.ts';

/** What the API would refuse to a role is not offered to it: whatever is offered is pressed. */

const house = shareSeeded();

const story = (): string => `/stories/${house.articles.get('en') ?? ''}`;
const plans = ['week', 'agenda'].map((view) => `/calendar?view=${view}`);
const everywhere = (): string[] => {
  return ['/', '/desk', '/stories', story(), '/intake', ...plans, '/failures', '/outbox', '/health', '/setup'];
};

test('keys that are somebody else’s do not stand on a writer’s sheet, and say whose they are', async () => {
  await using member = await join(house, 'writer');
  const { page } = member;
  const { address } = house.newsroom;
  const says = (words: string): Promise<void> => page.getByText(words).last().waitFor(WAIT);
  await page.goto(`${address}/desk`);
  await page.locator('[data-post]').first().waitFor(WAIT);
  const onDesk = (await readSheet(page)).flatMap(({ group, label }) => (group === 'Desk' ? [label] : []));
  expect(onDesk).toEqual(expect.arrayContaining(['Send to review', 'Edit', 'Why these sentences and tags']));
  for (const label of ['Reject', 'Request changes', 'Approve at a time…', 'Hold this post, or lift its hold'])
    expect(onDesk).not.toContain(label);
  for (const key of ['d', 'a']) {
    await page.keyboard.press(key);
    await says('You may not decide about posts; an editor does.');
    await page.reload();
    await page.locator('[data-post]').first().waitFor(WAIT);
  }
  await page.goto(`${address}/intake`);
  await says('You may not look after sources; an editor does.');
  await page.getByRole('button', { name: 'The Harbour Sheet' }).first().waitFor(WAIT);
  for (const name of ['Add a feed', 'Pause', 'Read now'])
    expect(await page.getByRole('button', { name }).count(), name).toBe(0);
  await page.keyboard.press('f');
  expect(await page.getByRole('dialog').count()).toBe(0);
  // What the calendar does with it is a publisher's: what it does everywhere is anybody's who writes.
  await page.goto(`${address}/calendar`);
  await page.locator('[data-cell]').first().waitFor(WAIT);
  await page.keyboard.press('n');
  await page.waitForURL('**/intake#paste');
}, 120_000);

test('a correction is read by everybody, and carried out by who may', async () => {
  await using member = await join(house, 'editor');
  const { page } = member;
  await page.goto(`${house.newsroom.address}/outbox`);
  const correction = page.getByRole('region', { name: 'Corrections' });
  await correction.getByText('You may not time, send or hold posts; a publisher does.').first().waitFor(WAIT);
  expect(await correction.getByRole('button').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Export CSV' }).count()).toBe(0);
}, 60_000);

/** Presses all that these screens offer to somebody of that role. */
async function pressAs(role: string, screens: readonly string[]): Promise<Presser> {
  await using member = await join(house, role);
  const presser = presserOf(member.page, house.newsroom.address);
  for (const screen of screens) await presser.press(screen);
  expect(presser.refused).toEqual([]);
  return presser;
}

// Who only reads is offered little, and that is pressed on every screen; what the others are offered, on one half of them each.
test('the server refuses nothing of what is offered to a viewer, nor to a writer beside one', async () => {
  const half = ['/desk', story(), '/stories', '/intake', '/health'];
  const [writer] = await Promise.all([pressAs('writer', half), pressAs('viewer', everywhere())]);
  // That it was pressed at all: who reads changes nothing, who writes does.
  expect(writer.asked.size).toBeGreaterThanOrEqual(5);
}, 900_000);

// Last, because it may remove the sources.
test('the server refuses nothing of what is offered to an editor', async () => {
  const half = ['/', story(), '/calendar?view=week', '/failures', '/outbox', '/setup'];
  expect((await pressAs('editor', half)).asked.size).toBeGreaterThanOrEqual(5);
}, 900_000);
