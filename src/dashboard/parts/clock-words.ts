import { Refusal } from '../../domain/errors.ts';
import { readClock } from '../../domain/wall-time.ts';
import type { ClockReading } from '../../domain/wall-time.ts';
import { clockOf, dateOf, offsetOf, placeOf, shortDayOf } from '../shell/clock.ts';
import type { RefusedTime } from '../shell/asked-time.ts';
import { clockTexts } from '../texts/clock.ts';

/** A time that the clock of the newsroom does not show, or shows twice. Its message is a sentence for the reader. */
export class OffClock extends Error {}

/**
 * The one instant at which a clock shows a local time.
 * @param wallTime `2026-11-24T08:30`, on the calendar.
 * @throws OffClock where the clock skips it, or shows it twice.
 */
export function instantAt(wallTime: string, zone: string): number {
  const reading = readClock(wallTime, zone);
  if (reading.kind !== 'once') throw new OffClock(offClock(reading, wallTime, zone));
  return (reading.instants[0] as Date).getTime();
}

/** @param error what `resolveTime` threw. @throws what is no refusal of a time. */
export function whyNot(error: unknown, wallTime: string | null, at: Date | null, zone: string, now: Date): string {
  if (!(error instanceof Refusal)) throw error;
  const code = error.faults[0]?.code;
  if (wallTime !== null) {
    if (code === 'not-a-time') return clockTexts.noSuchDay(wallTime.slice(0, 10));
    if (code === 'skipped-time' || code === 'ambiguous-time')
      return offClock(readClock(wallTime, zone), wallTime, zone);
  }
  const said = wallTime !== null ? dayAndClock(wallTime) : at === null ? '' : shown(at, zone);
  if (code === 'in-the-past') return clockTexts.past(said, shown(now, zone));
  if (code === 'too-far-ahead') return clockTexts.tooFar(said);
  return error.message;
}

/** What a server has said against a time, on the newsroom's clock. */
export function whyRefused({ at, why }: RefusedTime, zone: string, now: Date): string {
  const code = why.errors?.[0]?.code;
  if (code === 'in-the-past') return clockTexts.past(shown(at, zone), shown(now, zone));
  if (code === 'too-far-ahead') return clockTexts.tooFar(shown(at, zone));
  return why.detail;
}

function offClock({ kind, instants }: ClockReading, wallTime: string, zone: string): string {
  const [first, second] = instants.map((at) => `${shown(at, zone)} (${offsetOf(at, zone)})`) as [string, string];
  const words = kind === 'twice' ? clockTexts.twice : clockTexts.skipped;
  return words(placeOf(zone), dayAndClock(wallTime), first, second);
}

/** `Sun 28 Mar 2027 03:30` */
function dayAndClock(wallTime: string): string {
  return shown(new Date(`${wallTime.slice(0, 16)}Z`), 'UTC');
}

function shown(at: Date, zone: string): string {
  return `${shortDayOf(at, zone)} ${dateOf(at, zone).slice(0, 4)} ${clockOf(at, zone)}`;
}
