import { Temporal } from 'temporal-polyfill';

const HOUR_MS = 3_600_000;

/**
 * The instants at which days of a calendar begin, and last the one at which the last of them ends.
 * @param first `2026-11-24`. @param timeZone IANA name.
 */
export function dayStarts(first: string, count: number, timeZone: string): number[] {
  const date = Temporal.PlainDate.from(first);
  return Array.from(
    { length: count + 1 },
    (_, index) => date.add({ days: index }).toZonedDateTime(timeZone).epochMilliseconds,
  );
}

/**
 * The instants at which the hours of a clock begin between two of its midnights, and last the second midnight: 23 or 25 on
 * the nights that it changes, and where it changes by half an hour, one of them is half as long.
 */
export function hourStarts(from: number, to: number, timeZone: string): number[] {
  const starts: number[] = [];
  for (let at = from; at < to;) {
    starts.push(at);
    const { minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    at += HOUR_MS - minute * 60_000;
  }
  return [...starts, to];
}
