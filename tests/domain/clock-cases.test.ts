import { expect, it } from 'vitest';
import { clockCases } from './clock-cases.ts';

it.each(clockCases)('$name is $expected', ({ found, expected }) => {
  expect(found()).toBe(expected);
});
