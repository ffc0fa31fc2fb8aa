import { expect, it } from 'vitest';
import { shownTitle } from '../../src/dashboard/parts/shown-title.ts';

const url = 'https://merrow.example/1';

it.each([
  ['its headline', { title: 'Ferry is late', opening: null, url }, undefined, 'Ferry is late'],
  [
    'how its text begins',
    { title: '', opening: 'The ferry\nto Ostrand is late.', url },
    'Said.',
    'The ferry to Ostrand is late.',
  ],
  ['what a post says', { title: ' ', opening: null, url }, 'The ferry is late.', 'The ferry is late.'],
  ['its address', { title: null, opening: null, url }, '', url],
  ['what it is', { title: '', opening: '', url: null }, undefined, 'Untitled story'],
  ['what it is, where it is not at hand', undefined, undefined, 'Untitled story'],
])('calls a story by %s', (_, article, said, shown) => {
  expect(shownTitle(article, said)).toBe(shown);
});

it('shows no more of a text than tells which it is', () => {
  const shown = shownTitle({ title: '', opening: 'The ferry to Ostrand is late. '.repeat(9), url });
  expect(shown).toMatch(/^The ferry to Ostrand is late\. The ferry .*…$/);
  expect(shown.length).toBeLessThanOrEqual(91);
});
