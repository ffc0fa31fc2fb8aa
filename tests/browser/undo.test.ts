import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until, writePosts } from './seed.ts';
import { at, postNow, postsOf, share, story } from './shared.ts';
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
  await until(async () => [...(await statesOf(fifth))].join() === 'cancelled');
  expect(await statesOf(sixth)).toEqual(new Set(['in_review']));
  await page.keyboard.press('u');
  await page.getByText('There is nothing to take back.').first().waitFor();
  expect(await statesOf(fifth)).toEqual(new Set(['cancelled']));
  expect(editor.complaints).toEqual([]);
}, 120_000);

/** Posts of a story that go out in two hours. */
async function scheduled(title: string): Promise<{ id: string; posts: Post[]; dueAt: string }> {
  const { id, posts } = await story(house, title);
  const dueAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 2 * 3_600_000).toISOString();
  for (const post of posts)
    await house.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: { at: dueAt } });
  return { id, posts, dueAt };
}

test('an edit that is taken back leaves a scheduled post scheduled, with its text', async () => {
  const { id, posts, dueAt } = await scheduled('Lowmere edits its plan');
  const own = posts.find(({ network }) => network === 'sandbox') as Post;
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: 'Edit', exact: true }).click();
  await column.locator('textarea').fill('A slip of the hand.');
  await column.locator('textarea').press('Control+s');
  await page.getByText('Saved. It is back in review.').first().waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Taken back.').first().waitFor();
  expect(await postNow(house.newsroom, own.id)).toMatchObject({ state: 'scheduled', dueAt, parts: own.parts });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('each other new text that is taken back leaves what was scheduled scheduled, with its text', async () => {
  const { id, posts, dueAt } = await scheduled('Lowmere writes its plan anew');
  const own = posts.find(({ network }) => network === 'sandbox') as Post;
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  const takeBack = async (): Promise<void> => {
    await page.keyboard.press('Control+z');
    await until(async () => [...(await statesOf(id))].join() === 'scheduled');
    const now = await Promise.all(posts.map((post) => postNow(house.newsroom, post.id)));
    expect(now).toMatchObject(posts.map(({ parts }) => ({ state: 'scheduled', dueAt, parts })));
  };
  // One text for all of them.
  await page.getByRole('button', { name: 'Write one text for all…' }).click();
  const master = page.getByRole('textbox', { name: 'Master text' });
  await master.fill('Lowmere plans again.');
  await master.press('Control+s');
  await page
    .getByText(/follow the master text/)
    .first()
    .waitFor();
  expect((await postNow(house.newsroom, own.id)).parts[0]?.text).toContain('Lowmere plans again.');
  await takeBack();
  expect(await page.getByText('Every post says what was written for it from the article.').count()).toBe(1);
  // One post, written by the line.
  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Write it from another sentence' }).click();
  await page.getByText('Written anew. It is back in review.').first().waitFor();
  await takeBack();
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('what was edited by hand and is set back to the article is edited again where that is taken back', async () => {
  const { id, posts } = await story(house, 'Lowmere resets its clock');
  const own = posts.find(({ network }) => network === 'sandbox') as Post;
  const parts = [{ text: 'By hand.', media: [], card: null }];
  await house.newsroom.api('PATCH', `/v1/posts/${own.id}`, { parts }, own.version);
  const dueAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 2 * 3_600_000).toISOString();
  await house.newsroom.api('POST', `/v1/posts/${own.id}/approve`, { schedule: { at: dueAt } });
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: /go back to what was written/ }).click();
  await column.getByText('By hand.').first().waitFor({ state: 'detached' });
  expect((await postNow(house.newsroom, own.id)).parts).toEqual(own.parts);
  await page.keyboard.press('Control+z');
  await page.getByText('Taken back.').first().waitFor();
  expect(await postNow(house.newsroom, own.id)).toMatchObject({ state: 'scheduled', dueAt, parts });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('an edit that is taken back by who may not approve says that the post waits', async () => {
  const { id, posts } = await scheduled('Lowmere edits its map');
  const own = posts.find(({ network }) => network === 'sandbox') as Post;
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  // As the server answers who has not that right.
  const problem = { type: 'about:blank', title: 'Not allowed', status: 403, detail: 'You may not approve.' };
  await page.route('**/approve', (route) => route.fulfill({ status: 403, json: problem }));
  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: 'Edit', exact: true }).click();
  await column.locator('textarea').fill('A slip of the hand.');
  await column.locator('textarea').press('Control+s');
  await page.getByText('Saved. It is back in review.').first().waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('The text is as it was. The post waits for approval again.').first().waitFor();
  expect(await page.getByText('Taken back.').count()).toBe(0);
  expect(await postNow(house.newsroom, own.id)).toMatchObject({ state: 'in_review', parts: own.parts });
}, 90_000);

test('changes that are asked for and taken back leave what was scheduled scheduled', async () => {
  const { id, posts, dueAt } = await scheduled('Lowmere asks for changes');
  await using editor = await at(house, '/desk');
  const { page } = editor;
  await page.getByRole('radiogroup').getByText('Approved').click();
  await page
    .getByRole('list', { name: 'Stories that wait for review' })
    .getByText('Lowmere asks for changes')
    .first()
    .click();
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('What should change?').fill('Say which bridge.');
  await page.keyboard.press('Control+Enter');
  await page
    .getByText(/given back, with your note/)
    .first()
    .waitFor();
  await page.keyboard.press('u');
  await page.getByText('Taken back.').first().waitFor();
  for (const post of await postsOf(house.newsroom, id)) expect(post).toMatchObject({ state: 'scheduled', dueAt });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a hold that somebody else has lifted is not said to be taken back', async () => {
  await using editor = await at(house, '/');
  const { page } = editor;
  await page.keyboard.press('Shift+H');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByLabel('Why? Everybody sees this.').fill('A name is being checked.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  const undo = page.getByRole('button', { name: 'Undo' }).last();
  await undo.waitFor();
  const { data } = await house.newsroom.api<{ data: [{ id: string }] }>('GET', '/v1/holds');
  await house.newsroom.api('POST', `/v1/holds/${data[0].id}/lift`, { resume: 'as-planned' });
  await undo.click();
  await page
    .getByText(/^Could not be taken back/)
    .first()
    .waitFor();
  await page.waitForTimeout(500);
  expect(await page.getByText('Taken back.').count()).toBe(0);
}, 60_000);

test('breaking news that is approved in its turn goes as soon as that cannot be taken back any more, whatever slots there are', async () => {
  const { data } = await house.newsroom.api<{ data: { id: string; network: string; version: number }[] }>(
    'GET',
    '/v1/accounts',
  );
  const sandbox = data.find(({ network }) => network === 'sandbox');
  const hour = new Date(Date.now() + 6 * 3_600_000).toLocaleTimeString('en-GB', { timeZone: 'UTC' }).slice(0, 5);
  const settings = { timeZone: 'UTC', slots: [{ time: hour }] };
  await house.newsroom.api('PATCH', `/v1/accounts/${sandbox?.id}`, { settings }, sandbox?.version);
  const text = 'The weir at Lowmere has broken, the council said on Friday. The river rises by 4 cm an hour.';
  const id = await writePosts(house.newsroom, { title: 'Lowmere loses its weir', text, urgency: 'breaking' });
  const own = (await postsOf(house.newsroom, id)).find(({ network }) => network === 'sandbox') as Post;
  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: 'Approve · in 10 s' }).click();
  await page
    .getByText(/^1 post approved and scheduled\. It goes out in \d+ s\.$/)
    .first()
    .waitFor();
  const { state, dueAt } = await postNow(house.newsroom, own.id);
  expect(state).toBe('scheduled');
  expect(Date.parse(dueAt ?? '')).toBeLessThan(Date.now() + UNDO_MS + 2_000);
  await page.keyboard.press('Control+z');
  await until(async () => (await postNow(house.newsroom, own.id)).state === 'in_review');
  expect(editor.complaints).toEqual([]);
}, 90_000);
