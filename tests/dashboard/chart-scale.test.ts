import { expect, it } from 'vitest';
import { scaleTo } from '../../src/dashboard/parts/chart-scale.ts';

it.each([
  [0, [0, 1, 2]],
  [1, [0, 1, 2]],
  [3, [0, 2, 4]],
  [5, [0, 5, 10]],
  [11, [0, 10, 20]],
  [41, [0, 50, 100]],
  [900, [0, 500, 1_000]],
])('has whole steps for %i posts', (highest, ticks) => {
  expect(scaleTo(highest, null).ticks).toEqual(ticks);
});

it('shows the goal where nothing was measured, and a steady axis, not fractions of a millisecond', () => {
  expect(scaleTo(0, 30_000).ticks).toEqual([0, 20_000, 40_000]);
});

it('stretches to a mark that is near, and not to one far above what is drawn', () => {
  expect(scaleTo(3, 8).top).toBe(10);
  expect(scaleTo(3, 60).top).toBe(4);
});
