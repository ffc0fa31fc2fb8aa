import { Temporal } from 'temporal-polyfill';
import type { Fault } from './errors.ts';
import { Refusal } from './errors.ts';

/** A time as somebody gave it: an instant, a time on the clock of a place, or now. */
export interface GivenTime {
  /** RFC 3339 with `Z` or an offset. */
  readonly at?: string | undefined;
  /** Local time without an offset, e.g. `2026-11-24T08:30`; needs `timeZone`. */
  readonly wallTime?: string | undefined;
  /** IANA name. Beside `at` it is only checked. */
  readonly timeZone?: string | undefined;
  /** Which of the two instants, where the clock shows `wallTime` twice. */
  readonly disambiguation?: 'earlier' | 'later' | undefined;
  readonly now?: true | undefined;
}

/** Somebody who chose "now" in a form took this long to send it. */
const GRACE_MS = 60_000;

/** No post is planned ten years ahead; a time beyond that is a slip of the hand. */
const FARTHEST_MS = 10 * 366 * 86_400_000;

/**
 * The instant that was meant.
 * @param pointer JSON pointer of the time in the request, for the faults; empty where it is the whole body.
 * @returns `'now'` where that was asked for.
 * @throws Refusal `invalid` for a zone that does not exist, a time that the clock skips (names the two nearest), a time
 *   that the clock shows twice and nobody said which, and a time more than 60 s past.
 */
export function resolveTime(given: GivenTime, now: Date, pointer = ''): Date | 'now' {
  if (given.timeZone !== undefined) checkZone(given.timeZone, pointer);
  if (given.now === true) return 'now';
  const instant =
    given.at !== undefined
      ? new Date(given.at)
      : resolveWallTime(given.wallTime ?? '', given.timeZone ?? '', given.disambiguation, pointer);
  const field = given.at !== undefined ? 'at' : 'wallTime';
  if (instant.getTime() < now.getTime() - GRACE_MS) {
    throw invalid(
      pointer,
      field,
      'in-the-past',
      `${instant.toISOString()} is in the past: it is ${now.toISOString()} now. Give a later time, or publish now.`,
    );
  }
  refuseTooFar(instant, now, `${pointer}/${field}`);
  return instant;
}

/** @throws Refusal `invalid` for a time that is past. */
export function refusePast(instant: Date, now: Date, pointer: string): void {
  if (instant > now) return;
  const message = `${instant.toISOString()} is in the past: it is ${now.toISOString()} now. Give a later time.`;
  throw new Refusal('invalid', message, [{ pointer, code: 'in-the-past', message }]);
}

/** @throws Refusal `invalid` for a time more than ten years away. */
export function refuseTooFar(instant: Date, now: Date, pointer: string): void {
  if (instant.getTime() <= now.getTime() + FARTHEST_MS) return;
  const message = `${instant.toISOString()} is more than ten years away: it is ${now.toISOString()} now. Give a nearer time.`;
  throw new Refusal('invalid', message, [{ pointer, code: 'too-far-ahead', message }]);
}

/**
 * The instant at which the clock of a place shows a local time.
 * @throws Refusal as `resolveTime`, but knows no present.
 */
export function resolveWallTime(
  wallTime: string,
  timeZone: string,
  which: 'earlier' | 'later' | undefined,
  pointer = '',
): Date {
  checkZone(timeZone, pointer);
  const local = parseLocal(wallTime, pointer);
  const { kind, instants } = readClock(wallTime, timeZone);
  const [first, second] = instants as [Date, Date];
  const said = (at: Date): string =>
    rfc3339(Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone));
  if (kind === 'skipped') {
    const message = `The clock in ${timeZone} skips ${clock(local)}: it goes forward. The nearest times are ${said(first)} and ${said(second)}.`;
    throw invalid(pointer, 'wallTime', 'skipped-time', message);
  }
  if (kind === 'twice' && which === undefined) {
    const message = `The clock in ${timeZone} shows ${clock(local)} twice: at ${said(first)} and at ${said(second)}. Say which with disambiguation: earlier or later.`;
    throw invalid(pointer, 'wallTime', 'ambiguous-time', message);
  }
  return kind === 'twice' && which === 'later' ? second : first;
}

/** What the clock of a place shows at a local time. */
export interface ClockReading {
  readonly kind: 'once' | 'twice' | 'skipped';
  /** The instant that is meant; both, in order; or the last minute before the clock goes forward and the first after. */
  readonly instants: readonly Date[];
}

/** @param wallTime on the calendar, e.g. `2026-11-24T08:30`. */
export function readClock(wallTime: string, timeZone: string): ClockReading {
  const local = Temporal.PlainDateTime.from(wallTime);
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  const dates = (...times: Temporal.ZonedDateTime[]): Date[] => times.map((time) => new Date(time.epochMilliseconds));
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'once', instants: dates(earlier) };
  if (earlier.toPlainDateTime().equals(local)) return { kind: 'twice', instants: dates(earlier, later) };
  const change = earlier.getTimeZoneTransition('next') ?? earlier;
  return { kind: 'skipped', instants: dates(change.subtract({ minutes: 1 }), change) };
}

/** Whether there is such an IANA zone. Offsets such as `+02:00` are none: they know nothing of daylight saving. */
export function isTimeZone(timeZone: string): boolean {
  try {
    if (!/^[A-Za-z]/.test(timeZone)) return false;
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function checkZone(timeZone: string, pointer: string): void {
  if (isTimeZone(timeZone)) return;
  throw invalid(
    pointer,
    'timeZone',
    'unknown-time-zone',
    `There is no time zone “${timeZone}”. Give an IANA name such as Europe/Bucharest.`,
  );
}

function parseLocal(wallTime: string, pointer: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(wallTime, { overflow: 'reject' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(
      pointer,
      'wallTime',
      'not-a-time',
      `${wallTime} is not on the calendar. Give a local time such as 2026-11-24T08:30.`,
    );
  }
}

function clock(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: local.second === 0 ? 'minute' : 'second' });
}

function rfc3339(time: Temporal.ZonedDateTime): string {
  return time.toString({ timeZoneName: 'never', smallestUnit: time.second === 0 ? 'minute' : 'second' });
}

function invalid(pointer: string, field: string, code: string, message: string): Refusal {
  const fault: Fault = { pointer: `${pointer}/${field}`, code, message };
  return new Refusal('invalid', message, [fault]);
}
