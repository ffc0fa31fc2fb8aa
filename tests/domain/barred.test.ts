import { describe, expect, it } from 'vitest';
import { barredBetween } from '../../src/domain/barred.ts';
import type { PostBounds } from '../../src/domain/barred.ts';
import { loadsBetween } from '../../src/domain/capacity.ts';
import type { SlotRules } from '../../src/domain/slot-rules.ts';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { fits } from './slot-oracle.ts';
import fc from '../properties.ts';

const MINUTE = 60_000;
const free: SlotRules = {
  timeZone: 'Europe/Bucharest',
  slots: [],
  quietHours: [],
  minGapMs: 0,
  hourlyCap: null,
  dailyCap: null,
};
const at = (time: string): Date => new Date(`2026-11-${time}Z`);
const unbound: PostBounds = { now: at('01T00:00'), embargoUntil: null, worthlessAfter: null, approvedUntil: null };
const [from, to] = [at('24T00:00'), at('26T00:00')];
const barred = (rules: Partial<SlotRules>, taken: readonly Date[] = [], bounds: Partial<PostBounds> = {}) =>
  barredBetween(from, to, { ...free, ...rules }, taken, { ...unbound, ...bounds }).map(
    (one) => `${one.by} ${one.from.toISOString().slice(8, 16)}–${one.to.toISOString().slice(8, 16)}`,
  );

describe('what speaks against a time', () => {
  it('is nothing where no rule says anything', () => {
    expect(barred({})).toEqual([]);
  });

  it('is the past, an embargo, and the end of what the post or its approval is worth', () => {
    const bounds = {
      now: at('24T08:00'),
      embargoUntil: at('24T10:00'),
      worthlessAfter: at('25T18:00'),
      approvedUntil: at('25T12:00'),
    };
    expect(barred({}, [], bounds)).toEqual([
      'past 24T00:00–24T08:00',
      'embargo 24T00:00–24T10:00',
      'worthless 25T18:00–26T00:00',
      'approval-ended 25T12:00–26T00:00',
    ]);
  });

  it('is quiet hours, each night that it is', () => {
    const quietHours = [{ from: '22:00', to: '07:00', days: ['tue'] as const }];
    expect(barred({ quietHours })).toEqual(['quiet-hours 24T20:00–25T05:00']);
  });

  it('is the gap around each post, one stretch where they touch, and the very instants of the gap are free', () => {
    const taken = [at('24T10:00'), at('24T10:15'), at('24T12:00')];
    const [first, second] = barredBetween(from, to, { ...free, minGapMs: 10 * MINUTE }, taken, unbound);
    expect(first).toEqual({ by: 'gap', from: new Date(at('24T09:50').getTime() + 1), to: at('24T10:25') });
    expect(second).toEqual({ by: 'gap', from: new Date(at('24T11:50').getTime() + 1), to: at('24T12:10') });
  });

  it('is an hour that is full, seen from before and from after, and a day that is full', () => {
    const taken = [at('24T10:00'), at('24T10:30')];
    expect(barred({ hourlyCap: 2 }, taken)).toEqual(['hourly-cap 24T09:30–24T11:00']);
    expect(barred({ dailyCap: 2 }, taken)).toEqual(['daily-cap 24T00:00–24T22:00']);
    expect(barred({ dailyCap: 3 }, taken)).toEqual([]);
  });

  it('agrees with the search for a free slot at every minute, however the rules are combined', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const rules = fc.record({
      timeZone: fc.constantFrom('Europe/Bucharest', 'America/New_York', 'Asia/Kolkata'),
      slots: fc.constant([]),
      quietHours: fc.array(fc.record({ from: clock, to: clock, days: fc.subarray([...weekdays], { minLength: 1 }) }), {
        maxLength: 2,
      }),
      minGapMs: fc.constantFrom(0, 15 * MINUTE, 120 * MINUTE),
      hourlyCap: fc.constantFrom(null, 1, 3),
      dailyCap: fc.constantFrom(null, 2, 5),
    });
    const taken = fc.array(
      fc.integer({ min: -288, max: 480 }).map((n) => new Date(from.getTime() + n * 10 * MINUTE)),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(rules, taken, (given, busy) => {
        const spans = barredBetween(from, to, given, busy, unbound);
        for (let instant = from.getTime(); instant < to.getTime(); instant += 15 * MINUTE) {
          const isBarred = spans.some((one) => one.from.getTime() <= instant && instant < one.to.getTime());
          expect(isBarred).toBe(!fits(instant, given, busy));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the load of a day', () => {
  const loads = (rules: Partial<SlotRules>, taken: readonly Date[] = []) =>
    loadsBetween(at('24T10:00'), at('25T10:00'), { ...free, ...rules }, taken).map(
      ({ date, planned, capacity }) => `${date}: ${planned} of ${capacity ?? 'any'}`,
    );

  it('counts posts on the account’s own calendar', () => {
    const taken = [at('23T21:59'), at('23T22:00'), at('24T21:59'), at('25T10:30')];
    expect(loads({}, taken)).toEqual(['2026-11-24: 2 of any', '2026-11-25: 1 of any']);
  });

  it('has as many places as slots outside quiet hours, and no more than the day may have', () => {
    const slots = ['06:30', '09:00', '12:00', '18:00'].map((time) => ({ time, days: weekdays }));
    const quietHours = [{ from: '23:00', to: '07:00', days: weekdays }];
    expect(loads({ slots })[0]).toBe('2026-11-24: 0 of 4');
    expect(loads({ slots, quietHours })[0]).toBe('2026-11-24: 0 of 3');
    expect(loads({ slots, quietHours, dailyCap: 2 })[0]).toBe('2026-11-24: 0 of 2');
    expect(loads({ slots: [{ time: '09:00', days: ['wed'] }] })).toEqual(['2026-11-24: 0 of 0', '2026-11-25: 0 of 1']);
  });

  it('has a place for every gap, and every hour its cap', () => {
    const quietHours = [{ from: '12:00', to: '00:00', days: weekdays }];
    expect(loads({ minGapMs: 30 * MINUTE, quietHours })[0]).toBe('2026-11-24: 0 of 24');
    expect(loads({ hourlyCap: 5, quietHours })[0]).toBe('2026-11-24: 0 of 60');
    expect(loads({ minGapMs: MINUTE })[0]).toBe('2026-11-24: 0 of 1440');
    expect(loads({ minGapMs: 30_000 })[0]).toBe('2026-11-24: 0 of any');
    expect(loads({ dailyCap: 7 })[0]).toBe('2026-11-24: 0 of 7');
  });

  it('is a day of 23 or 25 hours on the nights that the clock changes', () => {
    const [spring] = loadsBetween(
      new Date('2026-03-29T10:00Z'),
      new Date('2026-03-29T11:00Z'),
      { ...free, minGapMs: 60 * MINUTE },
      [],
    );
    const [autumn] = loadsBetween(
      new Date('2026-10-25T10:00Z'),
      new Date('2026-10-25T11:00Z'),
      { ...free, minGapMs: 60 * MINUTE },
      [],
    );
    expect([spring?.capacity, autumn?.capacity]).toEqual([23, 25]);
  });
});
