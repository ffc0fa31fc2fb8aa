import { expect, it } from 'vitest';
import { parseTime, readClock } from '../../src/dashboard/shell/parse-time.ts';

/** A Monday. */
const today = '2026-11-23T14:32';
const now = new Date('2026-11-23T12:32:00Z');
const wallTimeOf = (typed: string): string | null => parseTime(typed, today, now)?.wallTime ?? null;

it.each([
  ['mon 9', '2026-11-30T09:00'],
  ['Monday 9', '2026-11-30T09:00'],
  ['tue 9', '2026-11-24T09:00'],
  ['tues 9', '2026-11-24T09:00'],
  ['tuesday 9', '2026-11-24T09:00'],
  ['wed 9', '2026-11-25T09:00'],
  ['wednesday 9', '2026-11-25T09:00'],
  ['thu 9', '2026-11-26T09:00'],
  ['thur 9', '2026-11-26T09:00'],
  ['thurs 9', '2026-11-26T09:00'],
  ['thursday 9', '2026-11-26T09:00'],
  ['fri 8:15', '2026-11-27T08:15'],
  ['SAT 9pm', '2026-11-28T21:00'],
  ['sunday 9', '2026-11-29T09:00'],
])('reads %s as the next day of that name', (typed, wallTime) => {
  expect(wallTimeOf(typed)).toBe(wallTime);
});

it.each(['mondo 9', 'mond 9', 'mo 9', 'fry 9', 'frid 9', 'sunny 9', 'satin 9', 'thumb 9', 'wedding 9'])(
  'takes %s for no time: a day is written whole or as it is shortened',
  (typed) => {
    expect(parseTime(typed, today, now)).toBeNull();
  },
);

it.each(['13pm', '0pm', '0am', '13am', '23pm', 'tomorrow 14pm', '13 pm', 'pm', 'fri pm'])(
  'takes %s for no time: half a day has twelve hours',
  (typed) => {
    expect(parseTime(typed, today, now)).toBeNull();
  },
);

it.each([
  ['12am', '2026-11-24T00:00'],
  ['12pm', '2026-11-24T12:00'],
  ['11:30pm', '2026-11-23T23:30'],
  ['9 PM', '2026-11-23T21:00'],
  ['2:30  am', '2026-11-24T02:30'],
  ['fri 9 pm', '2026-11-27T21:00'],
  ['1.12.2026 8:15 am', '2026-12-01T08:15'],
  ['0:05', '2026-11-24T00:05'],
  ['13', '2026-11-24T13:00'],
])('reads %s', (typed, wallTime) => {
  expect(wallTimeOf(typed)).toBe(wallTime);
});

it.each([
  ['mon 14:33', '2026-11-23T14:33'],
  ['monday 8pm', '2026-11-23T20:00'],
  ['mon 14:32', '2026-11-30T14:32'],
])('reads %s of a Monday as of today while it is ahead, and of next week once it has passed', (typed, wallTime) => {
  expect(wallTimeOf(typed)).toBe(wallTime);
});

it.each([
  ['noon', '2026-11-24T12:00'],
  ['midnight', '2026-11-24T00:00'],
  ['tomorrow 8:15', '2026-11-24T08:15'],
  ['Tomorrow noon', '2026-11-24T12:00'],
  ['28.03.2027 03:30', '2027-03-28T03:30'],
  ['1.12.2026 8', '2026-12-01T08:00'],
  ['2026-12-1 8', '2026-12-01T08:00'],
])('reads %s', (typed, wallTime) => {
  expect(wallTimeOf(typed)).toBe(wallTime);
});

it.each(['tomorrow', 'sat', '28.03.2027', 'tomorrow midnight', '28.03.27 8:00', '28/03/2027 8:00'])(
  'takes %s for no time: it has no time of day, or could be read in two ways',
  (typed) => {
    expect(parseTime(typed, today, now)).toBeNull();
  },
);

it('reads a time of day alone, on the clock of 24 hours', () => {
  const read = ['9', '9:30', '09.30', '9h30', '9:30 pm', '12am', '0:05'].map(readClock);
  expect(read).toEqual(['09:00', '09:30', '09:30', '09:30', '21:30', '00:00', '00:05']);
  expect(['', '9:3', '9:', '24:00', '12:60', '13pm', 'noon'].map(readClock)).toEqual(Array(7).fill(null));
});
