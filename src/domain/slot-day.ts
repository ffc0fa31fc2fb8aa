import { Temporal } from 'temporal-polyfill';
import type { SlotRules } from './slot-rules.ts';
import { weekdays } from './slot-rules.ts';

/** One day of an account's calendar, in milliseconds since 1970. */
export interface Day {
  readonly date: Temporal.PlainDate;
  readonly start: number;
  /** The first instant of the next day. */
  readonly end: number;
  /** Instants of its slots, in order, none twice. */
  readonly slots: readonly number[];
  /** Quiet times that touch it, `[from, to)`. */
  readonly quiet: readonly (readonly [from: number, to: number])[];
}

type Rules = Pick<SlotRules, 'timeZone' | 'slots' | 'quietHours'>;

/** The day that holds an instant. */
export function dayOf(instant: number, rules: Rules): Day {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(rules.timeZone);
  return dayOn(zoned.toPlainDate(), rules);
}

export function dayAfter(day: Day, rules: Rules): Day {
  return dayOn(day.date.add({ days: 1 }), rules);
}

function dayOn(date: Temporal.PlainDate, rules: Rules): Day {
  const today = clockOf(date, rules.timeZone);
  const name = nameOf(date);
  // A day that the calendar of a place left out (Samoa, 30 December 2011) has none.
  const isThere = today.end > today.start;
  const slots = rules.slots
    .filter((slot) => isThere && slot.days.includes(name))
    .map((slot) => today.at(slot.time, 'earlier'));
  const before = date.subtract({ days: 1 });
  const quiet = rules.quietHours.flatMap(({ from, to, days }) =>
    [before, date]
      .filter((first) => days.includes(nameOf(first)))
      .map((first): [number, number] => {
        const last = to > from ? first : first.add({ days: 1 });
        // Of an hour that comes twice, both are quiet.
        return [clockOf(first, rules.timeZone).at(from, 'earlier'), clockOf(last, rules.timeZone).at(to, 'later')];
      }),
  );
  return {
    date,
    start: today.start,
    end: today.end,
    slots: [...new Set(slots)].sort((one, other) => one - other),
    quiet: quiet.filter(([from, to]) => from < today.end && to > today.start),
  };
}

function nameOf(date: Temporal.PlainDate): (typeof weekdays)[number] {
  return weekdays[date.dayOfWeek - 1] ?? 'mon';
}

const DAY_MS = 24 * 3_600_000;

/** The clock of a place on one day. A time that it skips is the first after the gap; of two equal ones `which` is taken. */
function clockOf(
  date: Temporal.PlainDate,
  timeZone: string,
): { start: number; end: number; at: (time: string, which: 'earlier' | 'later') => number } {
  const first = date.toZonedDateTime(timeZone);
  const start = first.epochMilliseconds;
  const next = date.add({ days: 1 }).toZonedDateTime(timeZone);
  const end = next.epochMilliseconds;
  // Days on which the clock runs through are almost all, and need no look at the zone's rules for each time.
  const isPlain = end - start === DAY_MS && first.offsetNanoseconds === next.offsetNanoseconds;
  return {
    start,
    end,
    at(time, which) {
      if (isPlain) return start + minutesOf(time) * 60_000;
      const local = date.toPlainDateTime(Temporal.PlainTime.from(time));
      const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
      if (earlier.toPlainDateTime().equals(local)) {
        return local.toZonedDateTime(timeZone, { disambiguation: which }).epochMilliseconds;
      }
      return (earlier.getTimeZoneTransition('next') ?? earlier).epochMilliseconds;
    },
  };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
