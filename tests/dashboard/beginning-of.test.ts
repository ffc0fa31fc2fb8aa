import { expect, it } from 'vitest';
import { beginningOf } from '../../src/dashboard/parts/beginning-of.ts';

it.each([
  ['a short text as it is', 'The tide is out.', 20, 'The tide is out.'],
  ['a long one in whole words', 'The harbour office paints its clock', 20, 'The harbour office…'],
  ['line breaks as spaces', 'The tide\n\nis out.', 20, 'The tide is out.'],
  ['a word that is too long between its characters', 'a'.repeat(30), 10, `${'a'.repeat(10)}…`],
  ['a family of emoji whole', '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 12, '👩‍👩‍👧…'],
  ['a script without spaces by its characters', '横浜の港では潮が引いている', 5, '横浜の港で…'],
])('shows %s', (_, text, most, shown) => {
  expect(beginningOf(text, most)).toBe(shown);
});
