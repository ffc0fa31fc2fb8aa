import { Temporal } from 'temporal-polyfill';
import type { SlotRules, Weekday } from './slot-rules.ts';
import { weekdays } from './slot-rules.ts';

/** One day of an account's calendar, in milliseconds since 1970. */
export interface Day {
  /** Days since 1 January 1970 on the calendar. */
  readonly number: number;
  readonly start: number;
  /** The first instant of the next day. */
  readonly end: number;
  /** Instants of its slots, in order, none twice. */
  readonly slots: readonly number[];
  /** Quiet times that touch it, `[from, to)`. */
  readonly quiet: readonly (readonly [from: number, to: number])[];
}

type Rules = Pick<SlotRules, 'timeZone' | 'slots' | 'quietHours'>;

const DAY_MS = 24 * 3_600_000;

/** The day that holds an instant. */
export function dayOf(instant: number, rules: Rules): Day {
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(rules.timeZone).toPlainDate();
  return dayOn(date.toZonedDateTime('UTC').epochMilliseconds / DAY_MS, rules);
}

export function dayAfter(day: Day, rules: Rules): Day {
  return dayOn(day.number + 1, rules);
}

function dayOn(number: number, rules: Rules): Day {
  const today = clockOn(number, rules.timeZone);
  const name = nameOf(number);
  // A day that the calendar of a place left out (Samoa, 30 December 2011) has no slots.
  const isThere = today.end > today.start;
  const slots = rules.slots
    .filter((slot) => isThere && slot.days.includes(name))
    .map((slot) => instantOf(today, slot.time, 'earlier'));
  const quiet = rules.quietHours.flatMap(({ from, to, days }) =>
    [number - 1, number]
      .filter((first) => days.includes(nameOf(first)))
      .map((first): [number, number] => {
        const last = to > from ? first : first + 1;
        // Of an hour that comes twice, both are quiet.
        return [
          instantOf(clockOn(first, rules.timeZone), from, 'earlier'),
          instantOf(clockOn(last, rules.timeZone), to, 'later'),
        ];
      }),
  );
  return {
    number,
    start: today.start,
    end: today.end,
    slots: [...new Set(slots)].sort((one, other) => one - other),
    quiet: quiet.filter(([from, to]) => from < today.end && to > today.start),
  };
}

/** 1 January 1970 was a Thursday. */
function nameOf(number: number): Weekday {
  return weekdays[(number + 3) % 7] ?? 'mon';
}

/** The clock of a place on one day. */
interface Clock {
  readonly date: Temporal.PlainDate;
  readonly timeZone: string;
  readonly start: number;
  readonly end: number;
  /** It runs through without a change: then no time needs a look at the zone's rules, and almost all days are such. */
  readonly isPlain: boolean;
}

/** Reading a zone's rules costs a tenth of a millisecond a day, and a search of two months reads sixty: kept, for all accounts. */
const clocks = new Map<string, Clock>();
const MOST_CLOCKS = 5_000;

function clockOn(number: number, timeZone: string): Clock {
  const key = `${timeZone} ${number}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const date = Temporal.PlainDate.from('1970-01-01').add({ days: number });
  const first = date.toZonedDateTime(timeZone);
  const next = date.add({ days: 1 }).toZonedDateTime(timeZone);
  const start = first.epochMilliseconds;
  const end = next.epochMilliseconds;
  const isPlain = end - start === DAY_MS && first.offsetNanoseconds === next.offsetNanoseconds;
  const clock = { date, timeZone, start, end, isPlain };
  if (clocks.size >= MOST_CLOCKS) clocks.clear();
  clocks.set(key, clock);
  return clock;
}

/** A time that the clock skips is the first after the gap; of two equal ones `which` is taken. */
function instantOf({ date, timeZone, start, isPlain }: Clock, time: string, which: 'earlier' | 'later'): number {
  if (isPlain) return start + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
  const local = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) {
    return local.toZonedDateTime(timeZone, { disambiguation: which }).epochMilliseconds;
  }
  return (earlier.getTimeZoneTransition('next') ?? earlier).epochMilliseconds;
}
