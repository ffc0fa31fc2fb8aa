import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from './seed.ts';
import { at, postsOf, share, story } from './shared.ts';
import type { Post } from './shared.ts';

/** What is said to be taken back is. */

const house = share();
const UNDO_MS = 10_000;

const statesOf = async (article: string): Promise<Set<string>> =>
  new Set((await postsOf(house.newsroom, article)).map(({ state }) => state));

async function reject(page: Page, title: string, [first]: readonly Post[]): Promise<void> {
  await page.getByRole('list', { name: 'Stories that wait for review' }).getByText(title).first().click();
  await page.locator(`[data-post="${first?.id}"]`).waitFor();
  await page.keyboard.press('d');
  await page.getByLabel('Why? The writer reads this.').fill('No.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a decision waits as long as somebody points at its Undo', async () => {
  const { id, posts } = await story(house, 'Lowmere rejects its hedge');
  await using editor = await at(house, '/desk');
  const { page } = editor;
  await reject(page, 'Lowmere rejects its hedge', posts);
  const undo = page.getByRole('button', { name: 'Undo' }).last();
  await undo.hover();
  await page.waitForTimeout(UNDO_MS + 2_000);
  expect(await statesOf(id)).toEqual(new Set(['in_review']));
  await undo.click();
  await page.getByText('Taken back.').first().waitFor();
  await page.waitForTimeout(1_000);
  expect(await statesOf(id)).toEqual(new Set(['in_review']));
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the Undo goes with the moment until which it works', async () => {
  const { id, posts } = await story(house, 'Lowmere rejects its fence');
  await using editor = await at(house, '/desk');
  const { page } = editor;
  await reject(page, 'Lowmere rejects its fence', posts);
  const undo = page.getByRole('button', { name: 'Undo' }).last();
  await undo.hover();
  await page.waitForTimeout(UNDO_MS + 1_000);
  await page.locator('main h1').hover();
  await undo.waitFor({ state: 'detached' });
  await until(async () => (await statesOf(id)).has('cancelled'));
  await page.keyboard.press('u');
  await page.getByText('There is nothing to take back.').first().waitFor();
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('of more decisions than are shown, each is taken back or carried out', async () => {
  const titles = Array.from({ length: 6 }, (_, n) => `Lowmere queue ${n} of words`);
  const made: Awaited<ReturnType<typeof story>>[] = [];
  for (const title of titles) made.push(await story(house, title));
  await using editor = await at(house, '/desk');
  const { page } = editor;
  for (const [n, { posts }] of made.entries()) await reject(page, titles[n] ?? '', posts);
  const [fifth = '', sixth = ''] = made.slice(-2).map(({ id }) => id);
  await page.keyboard.press('u');
  await page.getByText('Taken back.').first().waitFor();
  await page.waitForTimeout(UNDO_MS + 2_000);
  expect(await statesOf(sixth)).toEqual(new Set(['in_review']));
  expect(await statesOf(fifth)).toEqual(new Set(['cancelled']));
  await page.keyboard.press('u');
  await page.getByText('There is nothing to take back.').first().waitFor();
  expect(await statesOf(fifth)).toEqual(new Set(['cancelled']));
  expect(editor.complaints).toEqual([]);
}, 120_000);
