import type { QuietHours } from './slot-rules.ts';
import { nextFreeSlot } from './slot.ts';

/** Every time is free but for the quiet hours, on a clock that is never changed. */
const OTHERWISE_FREE = { timeZone: 'UTC', slots: [], minGapMs: 0, hourlyCap: null, dailyCap: null };

/**
 * What is wrong with quiet hours that cover the whole week, in words that go behind their name; null where a minute is left.
 * Equal `from` and `to` are a whole day, and right for some days; on every day they silence an account for good, which is a
 * hold and has a reason and an end.
 */
export function quietWeekFault(quietHours: readonly QuietHours[]): string | null {
  if (nextFreeSlot(new Date(0), { ...OTHERWISE_FREE, quietHours }, []) !== null) return null;
  const same = quietHours.find(({ from, to }) => from === to);
  const why = same === undefined ? '' : `from and to are the same, ${same.from}, which is a whole day; `;
  return `leave no minute of the week in which a post may go out: ${why}shorten them, or hold the account instead`;
}
