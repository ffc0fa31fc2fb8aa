import { describe, expect, it } from 'vitest';
import { forecastOf } from '../../src/domain/forecast.ts';

const MINUTE = 60_000;
const at = (minute: number): number => Date.UTC(2026, 10, 25, 18) + minute * MINUTE;
const free = { hourlyCap: null, minGapMs: 0 };

describe('the forecast of an account', () => {
  it('lets every post go out when it is planned where nothing bounds the account', () => {
    expect(forecastOf([at(0), at(0), at(5)], [], free)).toEqual({ planned: 3, lastAt: at(5), worstMs: 0 });
  });

  it('has nothing to say of an account with nothing planned', () => {
    expect(forecastOf([], [at(-10)], { hourlyCap: 1, minGapMs: 0 })).toEqual({ planned: 0, lastAt: null, worstMs: 0 });
  });

  it('pushes the post past the cap to an hour after the one that makes room', () => {
    const due = [at(0), at(1), at(2)];
    expect(forecastOf(due, [], { hourlyCap: 2, minGapMs: 0 })).toEqual({
      planned: 3,
      lastAt: at(60),
      worstMs: 58 * MINUTE,
    });
  });

  it('counts what went out in the last hour', () => {
    const { lastAt } = forecastOf([at(0)], [at(-30), at(-20)], { hourlyCap: 2, minGapMs: 0 });
    expect(lastAt).toBe(at(30));
  });

  it('keeps posts apart by the gap, each later than the one before', () => {
    const { worstMs, lastAt } = forecastOf([at(0), at(0), at(0)], [at(-1)], { hourlyCap: null, minGapMs: 5 * MINUTE });
    expect(lastAt).toBe(at(14));
    expect(worstMs).toBe(14 * MINUTE);
  });

  it('looks at posts in the order of their times, however they are given', () => {
    const pace = { hourlyCap: 1, minGapMs: 0 };
    expect(forecastOf([at(90), at(0)], [], pace)).toEqual({ planned: 2, lastAt: at(90), worstMs: 0 });
  });

  it('counts what is overdue as late, since nothing goes out before now', () => {
    expect(forecastOf([at(-3), at(10)], [], free, at(0))).toEqual({
      planned: 2,
      lastAt: at(10),
      worstMs: 3 * MINUTE,
    });
  });
});
