import { expect, test } from 'vitest';
import { WAIT, at, postsOf, share } from './shared.ts';
import { writePosts } from './seed.ts';

/** The Why panel: what was taken, what was left, and the reason of each. */

const house = share();

interface Hashtag {
  readonly tag: string;
  readonly kept: boolean;
  readonly reasons: readonly { readonly name: string; readonly detail: string }[];
}

test('hashtags that were not kept stand in the Why panel, each with its reason', async () => {
  const { newsroom } = house;
  await newsroom.api('PUT', '/v1/house-rules', { hashtags: { never: ['Lowmere'] } }, 0);
  const id = await writePosts(newsroom, {
    title: 'Lowmere plants elms along its railway',
    tags: ['Lowmere', 'Elms', 'elms', 'Railway', 'Town council', 'Volunteers', 'Trees', 'Gardens'],
    text: 'The town of Lowmere will plant 900 elms along its old railway, the council said on Friday.\nThe trees cost 41,000 crowns. Volunteers dig from Monday.',
  });
  const { summary } = await newsroom.api<{ summary: { hashtags: Hashtag[] } }>('GET', `/v1/articles/${id}`);
  const rejected = summary.hashtags.filter(({ kept }) => !kept);
  expect(rejected.map(({ tag }) => tag)).toContain('#Lowmere');

  await using editor = await at(house, `/stories/${id}`);
  const { page } = editor;
  await page.locator('[data-post]').first().waitFor(WAIT);
  await page.keyboard.press('w');
  await page.getByRole('tab', { name: 'Hashtags' }).click();
  await page.getByRole('heading', { name: 'Rejected' }).waitFor(WAIT);
  const tables = page.getByRole('tabpanel').getByRole('table');
  expect(await tables.count()).toBe(3);
  const rows = await tables
    .nth(2)
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  expect(rows.map(([tag]) => tag)).toEqual(rejected.map(({ tag }) => tag));
  for (const [index, { reasons }] of rejected.entries()) {
    const because = rows[index]?.[3] ?? '';
    expect(because).not.toBe('');
    for (const { detail } of reasons) expect(because).toContain(detail);
  }
  expect(rows.find(([tag]) => tag === '#Lowmere')?.[3]).toContain('never (on the house list of tags never used)');
  const lines = await tables.locator('tbody td:nth-child(2)').evaluateAll((cells) =>
    cells.map((cell) => {
      const range = cell.ownerDocument.createRange();
      range.selectNodeContents(cell);
      return range.getClientRects().length;
    }),
  );
  expect(new Set(lines)).toEqual(new Set([1]));
  // What is kept stands on a post; what is as fit and found no room stands by itself.
  const words = (await postsOf(newsroom, id)).flatMap(({ parts }) => parts.flatMap(({ text }) => text.split(/\s+/)));
  const fit = summary.hashtags.filter((one) => one.kept).map(({ tag }) => tag);
  expect(await tables.nth(0).locator('tbody th').allInnerTexts()).toEqual(fit.filter((tag) => words.includes(tag)));
  const spare = fit.filter((tag) => !words.includes(tag));
  expect(spare).not.toEqual([]);
  expect(await tables.nth(1).locator('tbody th').allInnerTexts()).toEqual(spare);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('each sentence of a post is traced to the article, and a figure that is not there keeps it from being green', async () => {
  const { newsroom } = house;
  const id = await writePosts(newsroom, {
    title: 'Carrow opens a bakery on a barge',
    text: 'Carrow opened a bakery on a barge on Monday, the first of its kind on the river.\nThe barge bakes 412 loaves a night for nine villages. The oven is warmed by wood from the council orchard. Volunteers steer from Friday.',
  });
  const posts = await postsOf(newsroom, id);
  const edited = posts.find(({ network }) => network === 'webhook');
  const text =
    'The barge bakes 41 loaves a night for nine villages. Volunteers steer from Friday. Tickets to Tessen cost nothing.';
  await newsroom.api('PATCH', `/v1/posts/${edited?.id ?? ''}`, { parts: [{ text }] }, edited?.version);

  await using editor = await at(house, '/desk');
  const { page } = editor;
  await page.getByText('Carrow opens a bakery on a barge').first().click();
  const checks = page.getByRole('list', { name: 'Checks' });
  await checks.getByText(/not found: .41., .Tickets., .Tessen/u).waitFor(WAIT);
  if ((await page.getByRole('tab', { name: 'Summary' }).count()) === 0) await page.keyboard.press('w');
  const panel = page.getByRole('tabpanel');
  const choice = panel.getByRole('combobox', { name: 'Post' });
  const label = await choice.locator('option', { hasText: 'Front page' }).innerText();
  expect(label).toContain('Front page (edited)');
  await choice.selectOption({ label });
  const said = panel.getByRole('list').first().getByRole('listitem');
  await said.filter({ hasText: '41 loaves' }).getByText('edited after sentence 2 of the article').waitFor(WAIT);
  await said.filter({ hasText: '41 loaves' }).getByText('not found: 41').waitFor(WAIT);
  await said.filter({ hasText: 'Volunteers' }).getByText('sentence 4 of the article').waitFor(WAIT);
  await said.filter({ hasText: 'Tickets' }).getByText('not in the article').first().waitFor(WAIT);
  await said.getByRole('button', { name: 'Volunteers' }).click();
  await panel.locator('mark', { hasText: 'Volunteers steer' }).getByText('3 posts').waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 90_000);
