import { describe, expect, it } from 'vitest';
import type { SlotRules } from '../../src/domain/slot-rules.ts';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { nextFreeSlot, slotsBetween } from '../../src/domain/slot.ts';
import { fits } from './slot-oracle.ts';
import fc from '../properties.ts';

const free: SlotRules = {
  timeZone: 'Europe/Bucharest',
  slots: [],
  quietHours: [],
  minGapMs: 0,
  hourlyCap: null,
  dailyCap: null,
};
const MINUTE = 60_000;
/** A Tuesday, 12:00 in Bucharest. */
const now = new Date('2026-11-24T10:00:00Z');
const at = (time: string): Date => new Date(`2026-11-${time}:00Z`);
const next = (rules: Partial<SlotRules>, taken: readonly Date[] = [], from = now): string | undefined =>
  nextFreeSlot(from, { ...free, ...rules }, taken)?.toISOString();

describe('the next free slot', () => {
  it('is now where no rule says otherwise, whatever is taken', () => {
    expect(next({}, [now])).toBe(now.toISOString());
  });

  it('is the first of the account’s slots that is still to come, on a day that has it', () => {
    const slots = [
      { time: '09:00', days: weekdays },
      { time: '12:30', days: ['sat', 'sun'] as const },
      { time: '18:00', days: ['wed'] as const },
    ];
    expect(next({ slots })).toBe('2026-11-25T07:00:00.000Z');
    expect(next({ slots }, [at('25T07:00')])).toBe('2026-11-25T16:00:00.000Z');
    expect(next({ slots }, [], at('28T08:00'))).toBe('2026-11-28T10:30:00.000Z');
  });

  it('takes a slot at its very instant, and not one that another post has', () => {
    const slots = [{ time: '12:00', days: weekdays }];
    expect(next({ slots })).toBe(now.toISOString());
    expect(next({ slots }, [now])).toBe('2026-11-25T10:00:00.000Z');
  });

  it('keeps the minimum gap to posts before and after', () => {
    const minGapMs = 10 * MINUTE;
    expect(next({ minGapMs }, [at('24T09:55')])).toBe('2026-11-24T10:05:00.000Z');
    expect(next({ minGapMs }, [at('24T09:55'), at('24T10:12')])).toBe('2026-11-24T10:22:00.000Z');
    expect(next({ minGapMs }, [at('24T09:50'), at('24T10:10')])).toBe(now.toISOString());
  });

  it('leaves out quiet hours, over midnight too, on the days they begin', () => {
    const quietHours = [{ from: '22:00', to: '07:00', days: ['tue'] as const }];
    expect(next({ quietHours }, [], at('24T20:00'))).toBe('2026-11-25T05:00:00.000Z');
    expect(next({ quietHours }, [], at('25T04:59'))).toBe('2026-11-25T05:00:00.000Z');
    expect(next({ quietHours }, [], at('25T20:00'))).toBe('2026-11-25T20:00:00.000Z');
  });

  it('ends quiet hours by the clock on the night that it changes', () => {
    const quietHours = [{ from: '22:00', to: '07:00', days: weekdays }];
    expect(next({ quietHours }, [], new Date('2026-10-24T23:00Z'))).toBe('2026-10-25T05:00:00.000Z');
    expect(next({ quietHours }, [], new Date('2026-03-28T23:00Z'))).toBe('2026-03-29T04:00:00.000Z');
  });

  it('lets no 60 minutes hold more posts than the hourly cap, those of the clock or others', () => {
    const taken = [at('24T09:40'), at('24T09:50')];
    expect(next({ hourlyCap: 2 }, taken)).toBe('2026-11-24T10:40:00.000Z');
    expect(next({ hourlyCap: 2 }, [...taken, at('24T10:45'), at('24T11:00')])).toBe('2026-11-24T11:45:00.000Z');
  });

  it('leaves a day alone that has as many posts as the daily cap, by the account’s calendar', () => {
    const taken = [new Date('2026-11-23T21:59Z'), new Date('2026-11-23T22:00Z'), at('24T15:00')];
    expect(next({ dailyCap: 3 }, taken)).toBe(now.toISOString());
    expect(next({ dailyCap: 2 }, taken)).toBe('2026-11-24T22:00:00.000Z');
  });

  it('is nothing where all slots of a year are quiet', () => {
    const slots = [{ time: '23:00', days: weekdays }];
    expect(next({ slots, quietHours: [{ from: '22:00', to: '07:00', days: weekdays }] })).toBeUndefined();
  });

  it('is the very first that fits, however the rules are combined', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const days = fc.subarray([...weekdays], { minLength: 1 });
    const rules = fc.record({
      timeZone: fc.constantFrom('Europe/Bucharest', 'America/New_York', 'Asia/Kolkata'),
      slots: fc.array(fc.record({ time: clock, days }), { maxLength: 4 }),
      quietHours: fc.array(fc.record({ from: clock, to: clock, days }), { maxLength: 2 }),
      minGapMs: fc.constantFrom(0, 15 * MINUTE, 120 * MINUTE),
      hourlyCap: fc.constantFrom(null, 1, 3),
      dailyCap: fc.constantFrom(null, 2, 5),
    });
    // Nights on which the clock changes are in the table beside this.
    const start = now.getTime();
    const taken = fc.array(
      fc.integer({ min: -96, max: 288 }).map((n) => new Date(start + n * 15 * MINUTE)),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(rules, taken, (given, busy) => {
        const found = nextFreeSlot(new Date(start), given, busy)?.getTime() ?? Infinity;
        for (let instant = start; instant < start + 3 * 86_400_000; instant += 15 * MINUTE) {
          if (fits(instant, given, busy)) {
            expect(found).toBe(instant);
            return;
          }
        }
        expect(found).toBeGreaterThanOrEqual(start + 3 * 86_400_000);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the slots of a stretch of time', () => {
  it('come in order with the quiet times between, for a plan to draw', () => {
    const slots = [
      { time: '18:00', days: weekdays },
      { time: '09:00', days: weekdays },
    ];
    const quietHours = [{ from: '22:00', to: '07:00', days: weekdays }];
    const plan = slotsBetween(at('24T07:00'), at('25T07:00'), { ...free, slots, quietHours });
    expect(plan.slots).toEqual([at('24T07:00'), at('24T16:00')]);
    expect(plan.quiet).toEqual([{ from: at('24T20:00'), to: at('25T05:00') }]);
  });
});
