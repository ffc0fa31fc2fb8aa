import { expect, it } from 'vitest';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { nextFreeSlot } from '../../src/domain/slot.ts';

/**
 * Where the clock changes: zone, slot on its clock, now, and the instant the slot falls on. A skipped time is at the first
 * instant after the gap; a repeated one at its first, and once. Rules of the zones: https://www.iana.org/time-zones
 */
const cases = `
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
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/) as [string, string, string, string]);

it.each(cases)('in %s the slot %s after %s is at %s', (timeZone, time, now, expected) => {
  const rules = {
    timeZone,
    slots: [{ time, days: weekdays }],
    quietHours: [],
    minGapMs: 0,
    hourlyCap: null,
    dailyCap: null,
  };
  expect(nextFreeSlot(new Date(now), rules, [])).toEqual(new Date(expected));
});
