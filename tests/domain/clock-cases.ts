import { Refusal } from '../../src/domain/errors.ts';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { nextFreeSlot } from '../../src/domain/slot.ts';
import { resolveTime, resolveWallTime } from '../../src/domain/wall-time.ts';

/** A time that clocks make hard: what was asked, what came of it, and what should have. */
export interface ClockCase {
  readonly name: string;
  readonly expected: string;
  found(): string;
}

/**
 * Slots where the clock changes: zone, slot on its clock, now, and the instant the slot falls on. A skipped time is at the
 * first instant after the gap; a repeated one at its first, and once. Rules of the zones: https://www.iana.org/time-zones
 */
const slots = `
Europe/Bucharest     08:30  2026-03-28T12:00Z  2026-03-29T05:30Z
Europe/Bucharest     03:30  2026-03-28T12:00Z  2026-03-29T01:00Z
Europe/Bucharest     03:00  2026-03-28T12:00Z  2026-03-29T01:00Z
Europe/Bucharest     04:00  2026-03-28T12:00Z  2026-03-29T01:00Z
Europe/Bucharest     02:59  2026-03-28T12:00Z  2026-03-29T00:59Z
Europe/Bucharest     00:00  2026-03-28T12:00Z  2026-03-28T22:00Z
Europe/Bucharest     03:30  2026-03-29T12:00Z  2026-03-30T00:30Z
Europe/Bucharest     03:30  2026-03-27T12:00Z  2026-03-28T01:30Z
Europe/Bucharest     03:30  2026-10-24T12:00Z  2026-10-25T00:30Z
Europe/Bucharest     03:30  2026-10-25T00:31Z  2026-10-26T01:30Z
Europe/Bucharest     03:00  2026-10-24T12:00Z  2026-10-25T00:00Z
Europe/Bucharest     04:00  2026-10-24T12:00Z  2026-10-25T02:00Z
Europe/Bucharest     02:59  2026-10-24T12:00Z  2026-10-24T23:59Z
Europe/Bucharest     08:30  2026-10-24T12:00Z  2026-10-25T06:30Z
Europe/Bucharest     23:30  2026-10-25T12:00Z  2026-10-25T21:30Z
America/New_York     02:30  2026-03-07T17:00Z  2026-03-08T07:00Z
America/New_York     03:00  2026-03-07T17:00Z  2026-03-08T07:00Z
America/New_York     01:59  2026-03-07T17:00Z  2026-03-08T06:59Z
America/New_York     09:00  2026-03-07T17:00Z  2026-03-08T13:00Z
America/New_York     02:30  2026-03-08T17:00Z  2026-03-09T06:30Z
America/New_York     01:30  2026-10-31T17:00Z  2026-11-01T05:30Z
America/New_York     01:30  2026-11-01T05:31Z  2026-11-02T06:30Z
America/New_York     02:00  2026-10-31T17:00Z  2026-11-01T07:00Z
America/New_York     09:00  2026-10-31T17:00Z  2026-11-01T14:00Z
Australia/Lord_Howe  02:15  2026-10-03T05:00Z  2026-10-03T15:30Z
Australia/Lord_Howe  02:30  2026-10-03T05:00Z  2026-10-03T15:30Z
Australia/Lord_Howe  08:00  2026-10-03T05:00Z  2026-10-03T21:00Z
Australia/Lord_Howe  01:45  2026-04-04T05:00Z  2026-04-04T14:45Z
Australia/Lord_Howe  01:45  2026-04-04T14:46Z  2026-04-05T15:15Z
Australia/Lord_Howe  02:00  2026-04-04T05:00Z  2026-04-04T15:30Z
Africa/Cairo         00:30  2026-04-23T12:00Z  2026-04-23T22:00Z
Africa/Cairo         00:00  2026-04-23T12:00Z  2026-04-23T22:00Z
Africa/Cairo         08:00  2026-04-23T12:00Z  2026-04-24T05:00Z
Africa/Cairo         23:30  2026-10-29T12:00Z  2026-10-29T20:30Z
Africa/Cairo         23:30  2026-10-29T20:31Z  2026-10-30T21:30Z
Africa/Cairo         00:00  2026-10-29T12:00Z  2026-10-29T22:00Z
Pacific/Apia         08:00  2011-12-30T05:00Z  2011-12-30T18:00Z
Europe/London        01:30  2026-03-28T12:00Z  2026-03-29T01:00Z
Asia/Kathmandu       08:30  2026-06-01T00:00Z  2026-06-01T02:45Z
Asia/Kolkata         00:15  2026-06-01T00:00Z  2026-06-01T18:45Z
UTC                  00:00  2016-12-31T23:59Z  2017-01-01T00:00Z
`;

/**
 * Times that somebody gives: zone, wall time, which of two, and the instant, or why it is refused. Among them a second that
 * was put in (POSIX knows none: it is the one before), and zones whose rules were changed, before and after. Same source.
 */
const wallTimes = `
Europe/Bucharest     2026-01-15T08:30     -        2026-01-15T06:30Z
Europe/Bucharest     2026-07-15T08:30     -        2026-07-15T05:30Z
Europe/Bucharest     2026-03-29T03:30     -        skipped-time
Europe/Bucharest     2026-03-29T03:30     later    skipped-time
Europe/Bucharest     2026-10-25T03:30     -        ambiguous-time
Europe/Bucharest     2026-10-25T03:30     earlier  2026-10-25T00:30Z
Europe/Bucharest     2026-10-25T03:30     later    2026-10-25T01:30Z
America/New_York     2026-03-08T02:30     -        skipped-time
America/New_York     2026-11-01T01:30     later    2026-11-01T06:30Z
Australia/Lord_Howe  2026-10-04T02:15     -        skipped-time
Pacific/Apia         2011-12-30T12:00     -        skipped-time
Antarctica/Troll     2026-07-01T08:00     -        2026-07-01T06:00Z
Europe/Dublin        2026-01-15T08:00     -        2026-01-15T08:00Z
UTC                  2016-12-31T23:59:60  -        2016-12-31T23:59:59Z
Europe/London        2016-12-31T23:59:60  -        2016-12-31T23:59:59Z
Asia/Tokyo           2017-01-01T08:59:60  -        2016-12-31T23:59:59Z
Europe/Kiev          2026-07-15T08:00     -        2026-07-15T05:00Z
Europe/Kyiv          2026-07-15T08:00     -        2026-07-15T05:00Z
Asia/Almaty          2024-02-29T08:00     -        2024-02-29T02:00Z
Asia/Almaty          2024-02-29T23:30     -        ambiguous-time
Asia/Almaty          2024-03-01T08:00     -        2024-03-01T03:00Z
Europe/Istanbul      2015-12-01T08:00     -        2015-12-01T06:00Z
Europe/Istanbul      2026-12-01T08:00     -        2026-12-01T05:00Z
America/Mexico_City  2022-07-01T08:00     -        2022-07-01T13:00Z
America/Mexico_City  2026-07-01T08:00     -        2026-07-01T14:00Z
Asia/Amman           2021-12-01T08:00     -        2021-12-01T06:00Z
Asia/Amman           2026-12-01T08:00     -        2026-12-01T05:00Z
America/Sao_Paulo    2019-01-15T08:00     -        2019-01-15T10:00Z
America/Sao_Paulo    2026-01-15T08:00     -        2026-01-15T11:00Z
Africa/Casablanca    2026-01-15T08:00     -        2026-01-15T07:00Z
Africa/Casablanca    2026-03-01T08:00     -        2026-03-01T08:00Z
America/Caracas      2016-04-15T08:00     -        2016-04-15T12:30Z
America/Caracas      2026-04-15T08:00     -        2026-04-15T12:00Z
Asia/Pyongyang       2018-05-01T08:00     -        2018-04-30T23:30Z
Asia/Pyongyang       2026-05-01T08:00     -        2026-04-30T23:00Z
`;

export const clockCases: readonly ClockCase[] = [
  ...linesOf(slots).map(([timeZone = '', time = '', now = '', expected = '']) => ({
    name: `in ${timeZone} the slot ${time} after ${now}`,
    expected: full(expected),
    found: () => slotOf(timeZone, time, new Date(now)),
  })),
  ...linesOf(wallTimes).map(([timeZone = '', wallTime = '', which = '', expected = '']) => ({
    name: `in ${timeZone} the time ${wallTime}${which === '-' ? '' : `, ${which}`}`,
    expected: full(expected),
    found: () => instantOf(() => resolveWallTime(wallTime, timeZone, which === '-' ? undefined : (which as 'later'))),
  })),
  {
    name: 'a time that has passed by two minutes, by the clock that is given',
    expected: 'in-the-past',
    found: () => instantOf(() => resolveTime({ at: '2026-03-29T00:58:00Z' }, new Date('2026-03-29T01:00:00Z')) as Date),
  },
];

function linesOf(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/));
}

function slotOf(timeZone: string, time: string, now: Date): string {
  const rules = {
    timeZone,
    slots: [{ time, days: weekdays }],
    quietHours: [],
    minGapMs: 0,
    hourlyCap: null,
    dailyCap: null,
  };
  return nextFreeSlot(now, rules, [])?.toISOString() ?? 'none';
}

function instantOf(resolve: () => Date): string {
  try {
    return resolve().toISOString();
  } catch (error) {
    if (error instanceof Refusal) return error.faults[0]?.code ?? error.message;
    throw error;
  }
}

/** As `toISOString` writes it; the code of a refusal as it is. */
function full(expected: string): string {
  return /^\d/.test(expected) ? new Date(expected).toISOString() : expected;
}
