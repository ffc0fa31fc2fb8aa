import { expect, it } from 'vitest';
import { readNumber } from '../../src/dashboard/parts/read-number.ts';

const perHour = { min: 1, max: 10_000 };
const dollars = { min: 0, max: 1_000_000, decimals: 2 };

it.each([
  ['12', perHour, 12],
  [' 7 ', perHour, 7],
  ['12,5', dollars, 12.5],
  ['12.50', dollars, 12.5],
  ['0', dollars, 0],
])('reads %s', (typed, range, value) => {
  expect(readNumber(typed, range)).toEqual({ value });
});

it.each([
  ['-5', perHour],
  ['−5', perHour],
  ['0', perHour],
  ['10001', perHour],
  ['12,5', perHour],
  ['', perHour],
  ['1e3', perHour],
  ['1.250,50', dollars],
  ['1,250.50', dollars],
  ['1.250', dollars],
  ['1 250', dollars],
  ['-0,5', dollars],
  ['.5', dollars],
])('takes %s for no other number than stands there, and says which will do', (typed, range) => {
  expect(readNumber(typed, range)).toEqual({ fault: expect.stringMatching(/^A (whole )?number from [01] to 10*/) });
});
