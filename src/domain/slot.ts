import type { Day } from './slot-day.ts';
import { dayAfter, dayOf } from './slot-day.ts';
import type { SlotRules } from './slot-rules.ts';

const HOUR_MS = 3_600_000;
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
    busy.splice(firstAfter(busy, at), 0, at);
  }
  return found;
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
