import { expect, it } from 'vitest';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { timeRulesOf } from '../../src/dashboard/parts/time-rules.ts';

const house = {
  slots: [{ time: '08:30', days: weekdays }],
  quietHours: [{ from: '23:00', to: '06:00', days: weekdays }],
  minGapMs: 600_000,
};

it.each([
  ['nothing where nobody has set anything', {}, noHouseRules, []],
  [
    'the rules of the house, as those',
    { slots: [], quietHours: [], minGapMs: 0, hourlyCap: null, followsHouse: true },
    house,
    ['slots 08:30 (house rule)', 'quiet 23:00–06:00 (house rule)', '10 m apart (house rule)'],
  ],
  [
    'an account’s own before those of the house, and its caps',
    { slots: [{ time: '09:00', days: weekdays }], minGapMs: 0, hourlyCap: 4, followsHouse: true },
    house,
    ['slots 09:00', 'quiet 23:00–06:00 (house rule)', '10 m apart (house rule)', 'at most 4 an hour'],
  ],
  [
    'nothing of the house where the account does not follow it',
    { followsHouse: false, dailyCap: 9 },
    house,
    ['at most 9 a day'],
  ],
])('tells of a time %s', (_, settings, rules, words) => {
  expect(timeRulesOf({ settings }, rules)).toEqual(words);
});
