import { expect, it } from 'vitest';
import { loadOf, takesOf } from '../../src/dashboard/screens/health/load.ts';

const row = (accountId: string, perHour: number, hourlyCap: number | null, minGapMs = 0) => ({
  accountId,
  hourlyCap,
  minGapMs,
  sentLastHour: 0,
  planned: perHour * 24,
  lastAt: null,
  worstMs: 0,
  hours: Array.from({ length: 24 }, () => perHour),
});
const nameOf = (id: string): string => id.toUpperCase();

it('takes what the limit and the gap of an account allow in an hour, whichever is less', () => {
  expect(takesOf({ hourlyCap: 25, minGapMs: 0 })).toBe(25);
  expect(takesOf({ hourlyCap: 25, minGapMs: 300_000 })).toBe(12);
  expect(takesOf({ hourlyCap: null, minGapMs: 7_200_000 })).toBe(1);
  expect(takesOf({ hourlyCap: null, minGapMs: 0 })).toBeNull();
});

it('draws the capacity of all accounts that have posts to send, and of no other', () => {
  const { mark, series } = loadOf([row('a', 2, 25), row('b', 1, null, 300_000), row('idle', 0, 100)], nameOf);
  expect(mark).toEqual({ at: 37, name: '37 an hour', column: 'An hour takes' });
  expect(series.map(({ name }) => name)).toEqual(['A (25 an hour)', 'B (12 an hour)']);
});

it('draws accounts without a limit above those the line is of, and says that it leaves them out', () => {
  const { mark, series } = loadOf([row('free', 9, null), row('a', 2, 25)], nameOf);
  expect(mark).toMatchObject({ at: 25, name: '25 an hour, without 1 account of no limit' });
  expect(series.map(({ name }) => name)).toEqual(['A (25 an hour)', 'FREE (no limit)']);
});

it('draws no capacity where no account has a limit', () => {
  expect(loadOf([row('free', 9, null)], nameOf).mark).toBeUndefined();
});

it('draws what an hour would take where nothing is planned', () => {
  const { mark, series } = loadOf([row('a', 0, 25)], nameOf);
  expect(mark?.at).toBe(25);
  expect(series.map(({ name }) => name)).toEqual(['Scheduled']);
});

it('sums what more than five accounts have to send', () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, place) => row(id, 10 - place, 20));
  const { mark, series } = loadOf(rows, nameOf);
  expect(mark?.at).toBe(120);
  expect(series).toHaveLength(5);
  expect(series[4]).toMatchObject({
    name: '2 other accounts',
    tone: 'red',
    values: Array.from({ length: 24 }, () => 11),
  });
});
