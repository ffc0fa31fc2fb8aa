import { expect, it } from 'vitest';
import { quietWeekFault } from '../../src/domain/quiet-week.ts';
import { weekdays } from '../../src/domain/slot-rules.ts';
import type { QuietHours, Weekday } from '../../src/domain/slot-rules.ts';

const quiet = (from: string, to: string, days: readonly Weekday[] = weekdays): QuietHours => ({ from, to, days });

it.each([
  ['none', []],
  ['nights', [quiet('23:00', '06:00')]],
  ['a whole Sunday', [quiet('00:00', '00:00', ['sun'])]],
  ['all but a minute', [quiet('00:00', '23:59')]],
  ['all days but one', [quiet('12:00', '12:00', weekdays.slice(1))]],
])('leaves time for posts: %s', (_, hours) => {
  expect(quietWeekFault(hours)).toBeNull();
});

it.each([
  ['the same on every day', [quiet('12:00', '12:00')], /from and to are the same, 12:00/],
  [
    'two that follow one another',
    [quiet('08:00', '20:00'), quiet('20:00', '08:00')],
    /^leave no minute of the week.*: shorten them/,
  ],
  [
    'a week in pieces',
    [quiet('08:00', '08:00', weekdays.slice(0, 4)), quiet('08:00', '08:00', weekdays.slice(4))],
    /same/,
  ],
])('leaves none: %s', (_, hours, sentence) => {
  expect(quietWeekFault(hours)).toMatch(sentence);
});
