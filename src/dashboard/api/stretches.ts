import { dayStarts, hourStarts } from '../../domain/calendar-days.ts';
import type { Calendar, Stretch } from './types.ts';

interface Days {
  /** The first day, `2026-11-24`. */
  readonly from: string;
  readonly days: number;
  readonly by: 'day' | 'hour';
}

/** With the stretches that have no post, which the API leaves out. */
export function whole(calendar: Calendar, { from, days, by }: Days, zone: string): Calendar {
  const midnights = dayStarts(from, days, zone);
  // The clock is asked for every hour, and a month has a thousand.
  const starts = by === 'day' ? midnights : hoursBetween(midnights, zone);
  const known = new Map(calendar.stretches.map((one) => [Date.parse(one.from), one]));
  const stretches = starts.slice(0, -1).map((start, at): Stretch => {
    const [begins, ends] = [start, starts[at + 1] as number].map((instant) => new Date(instant).toISOString());
    return known.get(start) ?? { from: begins as string, to: ends as string, count: 0, states: {}, posts: [] };
  });
  return { ...calendar, stretches };
}

function hoursBetween(midnights: readonly number[], zone: string): number[] {
  const hours = midnights
    .slice(0, -1)
    .flatMap((start, day) => hourStarts(start, midnights[day + 1] as number, zone).slice(0, -1));
  return [...hours, midnights.at(-1) as number];
}
