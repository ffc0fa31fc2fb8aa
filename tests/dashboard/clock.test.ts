import { expect, it, vi } from 'vitest';
import { dayInMonthOf, shortDayOf } from '../../src/dashboard/shell/clock.ts';

vi.mock('../../src/dashboard/texts/common.ts', async (original) => {
  const { common } = await original<{ common: object }>();
  return { common: { ...common, language: 'de' } };
});

it('writes days as the language of the catalogue does, with a weekday and without', () => {
  const at = new Date('2026-11-24T23:30:00Z');
  expect(shortDayOf(at, 'Europe/Bucharest')).toBe('Mi., 25. Nov.');
  expect(dayInMonthOf(at, 'Europe/Bucharest')).toBe('25. Nov.');
});
