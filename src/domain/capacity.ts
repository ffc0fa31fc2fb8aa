import type { Day } from './slot-day.ts';
import { dayAfter, dayOf } from './slot-day.ts';
import type { SlotRules } from './slot-rules.ts';
import { isUnbound } from './slot-rules.ts';
import { nextFreeSlots } from './slot.ts';

/** How many posts an account has on a day of its calendar, beside how many it may have. */
export interface DayLoad {
  /** `2026-11-24` */
  readonly date: string;
  readonly from: Date;
  readonly to: Date;
  /** Posts that are out, on their way, in doubt or scheduled. */
  readonly planned: number;
  /** What its slots, or else its gap and caps, let out outside quiet hours; null: any number. */
  readonly capacity: number | null;
}

const DAY_MS = 24 * 3_600_000;
/** A post a minute all day; a capacity beyond that bounds nobody. */
const MOST = 1_440;

/**
 * The load of every day that touches `[from, to)`.
 * @param taken instants of the account's posts, in any order.
 */
export function loadsBetween(from: Date, to: Date, rules: SlotRules, taken: readonly Date[]): DayLoad[] {
  const loads: DayLoad[] = [];
  const known = new Map<string, number | null>();
  for (let day = dayOf(from.getTime(), rules); day.start < to.getTime(); day = dayAfter(day, rules)) {
    const { start, end, number } = day;
    // Samoa had no 30 December 2011.
    if (end === start) continue;
    loads.push({
      date: new Date(number * DAY_MS).toISOString().slice(0, 10),
      from: new Date(start),
      to: new Date(end),
      planned: taken.filter((at) => at.getTime() >= start && at.getTime() < end).length,
      capacity: capacityOf(day, rules, known),
    });
  }
  return loads;
}

/** Days of one shape hold the same number; a week has seven shapes, and two nights a year have their own. */
function capacityOf(day: Day, rules: SlotRules, known: Map<string, number | null>): number | null {
  if (isUnbound(rules)) return null;
  const shape = [day.end, ...day.slots, ...day.quiet.flat()].map((at) => at - day.start).join();
  const before = known.get(shape);
  if (before !== undefined) return before;
  const found = isOpen(rules) ? null : nextFreeSlots(new Date(day.start), rules, [], MOST + 1, day.end).length;
  const capacity = isQuietAll(day, rules) ? 0 : found === null ? rules.dailyCap : found > MOST ? null : found;
  known.set(shape, capacity);
  return capacity;
}

/** Whether only the daily cap counts: then any number may go out at one moment. */
function isOpen({ slots, minGapMs, hourlyCap }: SlotRules): boolean {
  return slots.length === 0 && minGapMs === 0 && hourlyCap === null;
}

function isQuietAll(day: Day, rules: SlotRules): boolean {
  return nextFreeSlots(new Date(day.start), rules, [], 1, day.end).length === 0;
}
