import { expect, test } from 'vitest';
import { until } from './seed.ts';
import { at, postNow, share, story } from './shared.ts';

/** Posts of a story whose box is not ticked. */

const house = share();

test('what was left out of its story stays in review when all that is green is approved', async () => {
  const { posts } = await story(house, 'Lowmere leaves one out');
  await using editor = await at(house, '/desk');
  const { page } = editor;
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor();
  const shown = await page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-post]')].map((column) => column.dataset.post)`,
  );
  await page.keyboard.press('2');
  await page.keyboard.press('x');
  await page.getByText('1 story, 2 posts selected').waitFor();
  await page.getByRole('button', { name: 'Approve all green' }).click();
  const [first = '', second = '', third = ''] = shown;
  await until(async () => {
    const [one, other] = [await postNow(house.newsroom, first), await postNow(house.newsroom, third)];
    return one.state === 'scheduled' && other.state === 'scheduled';
  });
  expect(await postNow(house.newsroom, second)).toMatchObject({ state: 'in_review' });
  expect(editor.complaints).toEqual([]);
}, 60_000);
