import { dayAfter, dayOf } from './slot-day.ts';
import type { SlotRules } from './slot-rules.ts';

/** What may speak against a time, the hardest first. */
export const barKinds = [
  'past',
  'embargo',
  'worthless',
  'approval-ended',
  'quiet-hours',
  'gap',
  'hourly-cap',
  'daily-cap',
] as const;
export type BarKind = (typeof barKinds)[number];

/** A stretch `[from, to)` in which a post may not go out, and what says so. */
export interface Barred {
  readonly by: BarKind;
  readonly from: Date;
  readonly to: Date;
}

/** What bounds the one post, besides the rules of its account. */
export interface PostBounds {
  readonly now: Date;
  /** Of its story. */
  readonly embargoUntil: Date | null;
  readonly worthlessAfter: Date | null;
  readonly approvedUntil: Date | null;
}

type Span = readonly [from: number, to: number];

const HOUR_MS = 3_600_000;

/**
 * Every stretch between two instants in which a post may not go out, by kind and then by time; stretches of one kind that
 * touch are one. They say of every instant what `nextFreeSlot` would say of it, but for the slots themselves: a person may
 * choose a time between two slots.
 * @param taken instants of the account's other posts, in any order, from two days before `from` to two days after `to`.
 */
export function barredBetween(
  from: Date,
  to: Date,
  rules: SlotRules,
  taken: readonly Date[],
  bounds: PostBounds,
): Barred[] {
  const busy = taken.map((date) => date.getTime()).sort((one, other) => one - other);
  const [quiet, full] = ofDays(from.getTime(), to.getTime(), rules, busy);
  const spans: Readonly<Record<BarKind, readonly Span[]>> = {
    past: [[-Infinity, bounds.now.getTime()]],
    embargo: [[-Infinity, bounds.embargoUntil?.getTime() ?? -Infinity]],
    worthless: [[bounds.worthlessAfter?.getTime() ?? Infinity, Infinity]],
    'approval-ended': [[bounds.approvedUntil?.getTime() ?? Infinity, Infinity]],
    'quiet-hours': quiet,
    gap: aroundEach(busy, rules),
    'hourly-cap': aroundFullHours(busy, rules.hourlyCap),
    'daily-cap': full,
  };
  return barKinds.flatMap((by) =>
    joined(spans[by])
      .map(([first, last]): Span => [Math.max(first, from.getTime()), Math.min(last, to.getTime())])
      .filter(([first, last]) => first < last)
      .map(([first, last]) => ({ by, from: new Date(first), to: new Date(last) })),
  );
}

/** Quiet times that touch the stretch, and its days that have as many posts as they may. */
function ofDays(from: number, to: number, rules: SlotRules, busy: readonly number[]): [Span[], Span[]] {
  const quiet: Span[] = [];
  const full: Span[] = [];
  for (let day = dayOf(from, rules); day.start < to; day = dayAfter(day, rules)) {
    quiet.push(...day.quiet);
    const { start, end } = day;
    const count = rules.dailyCap === null ? 0 : busy.filter((at) => at >= start && at < end).length;
    if (rules.dailyCap !== null && count >= rules.dailyCap) full.push([start, end]);
  }
  return [quiet, full];
}

/** Nearer to another post than the gap. A slot takes one post, gap or no gap. */
function aroundEach(busy: readonly number[], { minGapMs, slots }: SlotRules): Span[] {
  const gap = Math.max(minGapMs, slots.length === 0 ? 0 : 1);
  return gap === 0 ? [] : busy.map((at) => [at - gap + 1, at + gap]);
}

/** Where one more post would make any 60 minutes hold more than the cap: around every `cap` posts that lie within an hour. */
function aroundFullHours(busy: readonly number[], cap: number | null): Span[] {
  if (cap === null) return [];
  return busy.flatMap((first, index): Span[] => {
    const last = busy[index + cap - 1];
    return last === undefined || last - first >= HOUR_MS ? [] : [[last - HOUR_MS + 1, first + HOUR_MS]];
  });
}

function joined(spans: readonly Span[]): Span[] {
  const joint: [number, number][] = [];
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    const before = joint.at(-1);
    if (before !== undefined && from <= before[1]) before[1] = Math.max(before[1], to);
    else joint.push([from, to]);
  }
  return joint;
}
