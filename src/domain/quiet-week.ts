import type { QuietHours } from './slot-rules.ts';
import { weekdays } from './slot-rules.ts';

const DAY = 24 * 60;
const WEEK = weekdays.length * DAY;

/**
 * What is wrong with quiet hours that cover the whole week, in words that go behind their name; null where a minute is left.
 * Equal `from` and `to` are a whole day, and right for some days; on every day they silence an account for good, which is a
 * hold and has a reason and an end.
 */
export function quietWeekFault(quietHours: readonly QuietHours[]): string | null {
  const quiet = new Uint8Array(WEEK);
  for (const { from, to, days } of quietHours) {
    const [first, last] = [minuteOf(from), minuteOf(to)];
    const length = last > first ? last - first : last - first + DAY;
    for (const day of days) {
      const start = weekdays.indexOf(day) * DAY + first;
      for (let minute = start; minute < start + length; minute++) quiet[minute % WEEK] = 1;
    }
  }
  if (quiet.includes(0)) return null;
  const same = quietHours.find(({ from, to }) => from === to);
  const why = same === undefined ? '' : `from and to are the same, ${same.from}, which is a whole day; `;
  return `leave no minute of the week in which a post may go out: ${why}shorten them, or hold the account instead`;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
