import type { HouseRules } from '../../domain/house-rules.ts';
import type { SlotRules } from '../../domain/slot-rules.ts';
import type { Account } from '../api/types.ts';
import { spanOf } from '../shell/clock.ts';
import { texts } from '../texts.ts';

type Shared = Pick<HouseRules, 'slots' | 'quietHours' | 'minGapMs'>;
type Settings = Partial<SlotRules & { readonly followsHouse: boolean }>;

/** What is asked of a time of an account, in words: its own rules, and the house's where it has none and follows them. */
export function timeRulesOf({ settings }: Pick<Account, 'settings'>, house: Shared): string[] {
  const own = settings as Settings;
  const theirs = own.followsHouse === false ? undefined : house;
  const ownOrHouse = (wordsOf: (rules: Partial<Shared>) => string[]): string[] => {
    const words = wordsOf(own);
    return words.length > 0 || theirs === undefined ? words : wordsOf(theirs).map(texts.why.ofHouse);
  };
  return [
    ...ownOrHouse(({ slots = [] }) =>
      slots.length === 0 ? [] : [texts.why.slots(slots.map(({ time }) => time).join(', '))],
    ),
    ...ownOrHouse(({ quietHours = [] }) => quietHours.map(({ from, to }) => texts.why.quiet(from, to))),
    ...ownOrHouse(({ minGapMs = 0 }) => (minGapMs === 0 ? [] : [texts.why.gap(spanOf(minGapMs))])),
    ...(own.hourlyCap == null ? [] : [texts.why.hourly(own.hourlyCap)]),
    ...(own.dailyCap == null ? [] : [texts.why.daily(own.dailyCap)]),
  ];
}
