import type { Day } from './slot-day.ts';
import { dayAfter, dayOf } from './slot-day.ts';
import type { SlotRules } from './slot-rules.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Further ahead nobody plans; an account that is full for so long is told so. */
const SEARCH_DAYS = 366;

/**
 * The earliest instant from `now` on at which an account may post: at one of its slots where it has any, outside its quiet
 * hours, with the minimum gap to every other post, within its caps. Pure: time, rules and what is taken come in.
 * A slot in an hour that the clock skips is at the first instant after it; in an hour that comes twice, at its first.
 * @param taken instants of the account's other posts, in any order; those of the day of `now` count towards the daily cap.
 * @returns null where nothing is free within 366 days.
 */
export function nextFreeSlot(now: Date, rules: SlotRules, taken: readonly Date[]): Date | null {
  return nextFreeSlots(now, rules, taken, 1)[0] ?? null;
}

/**
 * The same for several posts that want out one after the other: each takes its slot before the next looks.
 * @param before none at or after this instant, in milliseconds since 1970.
 */
export function nextFreeSlots(
  now: Date,
  rules: SlotRules,
  taken: readonly Date[],
  count: number,
  before = Infinity,
): Date[] {
  const busy = taken.map((date) => date.getTime()).sort((one, other) => one - other);
  const found: Date[] = [];
  let at = now.getTime();
  let day = dayOf(at, rules);
  for (let ahead = 0; ahead <= SEARCH_DAYS && at < before && found.length < count;) {
    if (at >= day.end) {
      day = dayAfter(day, rules);
      ahead++;
      continue;
    }
    const from = at;
    const candidate = rules.slots.length === 0 ? at : day.slots.find((slot) => slot >= from);
    if (candidate === undefined) {
      at = day.end;
      continue;
    }
    at = firstAllowed(candidate, day, rules, busy);
    if (at !== candidate || at >= before) continue;
    found.push(new Date(at));
    insertInOrder(busy, at);
  }
  return found;
}

/** Looks one after the other between what is busy then, in order and in milliseconds; slots are not asked. */
export interface Look {
  /** Whether the caps allow one more at `at`, beside those. */
  readonly isWithinCaps: (at: number, busy: readonly number[]) => boolean;
  /** The first instant from `from` on that quiet hours, gap and caps allow; null: none within 366 days. */
  readonly firstFrom: (from: number, busy: readonly number[]) => number | null;
}

/** For thousands of posts in a row: nothing is copied, and the day that it looked at last is kept. */
export function lookUnder(given: SlotRules): Look {
  const rules = { ...given, slots: [] };
  const { hourlyCap, dailyCap } = rules;
  let kept: Day | null = null;
  const dayWith = (at: number): Day => {
    if (kept === null || at < kept.start || at >= kept.end) kept = dayOf(at, rules);
    return kept;
  };
  const isWithinDay = (at: number, cap: number, busy: readonly number[]): boolean => {
    const { start, end } = dayWith(at);
    return countWithin(busy, start, end) < cap;
  };
  return {
    isWithinCaps: (at, busy) =>
      (hourlyCap === null || firstUnderHourlyCap(at, hourlyCap, busy) === at) &&
      (dailyCap === null || isWithinDay(at, dailyCap, busy)),
    firstFrom(from, busy) {
      for (let at = from; at <= from + SEARCH_DAYS * DAY_MS;) {
        const next = firstAllowed(at, dayWith(at), rules, busy);
        if (next === at) return at;
        at = next;
      }
      return null;
    },
  };
}

/** Keeps an instant among others that are in order, behind those that are equal. */
export function insertInOrder(busy: number[], at: number): void {
  busy.splice(firstAfter(busy, at), 0, at);
}

export function removeInOrder(busy: number[], at: number): void {
  const index = firstAfter(busy, at) - 1;
  if (busy[index] === at) busy.splice(index, 1);
}

/** Slots in `[from, to)` in order, and the quiet times that touch it: what a plan of the day draws. */
export function slotsBetween(
  from: Date,
  to: Date,
  rules: SlotRules,
): { slots: Date[]; quiet: { from: Date; to: Date }[] } {
  const slots: number[] = [];
  const quiet = new Map<number, number>();
  for (let day = dayOf(from.getTime(), rules); day.start < to.getTime(); day = dayAfter(day, rules)) {
    slots.push(...day.slots.filter((slot) => slot >= from.getTime() && slot < to.getTime()));
    for (const [first, last] of day.quiet) {
      if (last > from.getTime() && first < to.getTime()) quiet.set(first, Math.max(last, quiet.get(first) ?? 0));
    }
  }
  return {
    slots: slots.map((slot) => new Date(slot)),
    quiet: [...quiet].map(([first, last]) => ({ from: new Date(first), to: new Date(last) })),
  };
}

/** `at` where nothing forbids it; else a later instant before which something does. */
function firstAllowed(at: number, day: Day, rules: SlotRules, busy: readonly number[]): number {
  const quiet = day.quiet.find(([from, to]) => at >= from && at < to);
  if (quiet !== undefined) return quiet[1];
  // A slot takes one post, gap or no gap.
  const gapMs = Math.max(rules.minGapMs, rules.slots.length === 0 ? 0 : 1);
  const near = busy[firstAfter(busy, at - gapMs)];
  if (near !== undefined && near < at + gapMs) return near + gapMs;
  if (rules.dailyCap !== null && countWithin(busy, day.start, day.end) >= rules.dailyCap) return day.end;
  if (rules.hourlyCap !== null) return firstUnderHourlyCap(at, rules.hourlyCap, busy);
  return at;
}

/** Any 60 minutes count, not those of the clock: two full hours side by side would be twice the cap in a few minutes. */
function firstUnderHourlyCap(at: number, cap: number, busy: readonly number[]): number {
  const first = firstAfter(busy, at - HOUR_MS);
  // Quick where thousands are: so many on one side of it are an hour by themselves.
  const isFull =
    firstAfter(busy, at) - first >= cap || firstAfter(busy, at + HOUR_MS - 1) - firstAfter(busy, at - 1) >= cap;
  if (isFull) return (busy[first] ?? at) + HOUR_MS;
  const around = [...busy.slice(first, firstAfter(busy, at + HOUR_MS - 1)), at].sort((one, other) => one - other);
  const isOver = around.some((start, index) => (around[index + cap] ?? Infinity) - start < HOUR_MS);
  // It gets better only when the earliest of them is an hour past.
  return isOver ? (busy[first] ?? at) + HOUR_MS : at;
}

function countWithin(busy: readonly number[], from: number, to: number): number {
  return firstAfter(busy, to - 1) - firstAfter(busy, from - 1);
}

/** Index of the first that is later than `instant`; instants are whole milliseconds. */
function firstAfter(busy: readonly number[], instant: number): number {
  let low = 0;
  let high = busy.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((busy[middle] as number) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
