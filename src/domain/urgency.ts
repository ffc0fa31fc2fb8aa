import type { Urgency } from './post.ts';
import type { SlotRules } from './slot-rules.ts';
import { nextFreeSlot } from './slot.ts';

const HOUR_MS = 3_600_000;

/** How long after its time a post is still worth sending. Past it, it is `stale`: told, never sent. */
export const worthlessAfterMs = {
  breaking: HOUR_MS,
  normal: 12 * HOUR_MS,
  evergreen: 7 * 24 * HOUR_MS,
} as const satisfies Record<Urgency, number>;

/** The same of a post that comes again: an outage ends in no burst. */
export const AGAIN_WORTH_MS = 10 * 60_000;

/** A post that waits for its time. */
export interface Waiting {
  readonly id: string;
  readonly at: Date;
  readonly urgency: Urgency;
}

/** What of an account's rules a post keeps that moves behind another. */
export type ShiftRules = Pick<SlotRules, 'timeZone' | 'quietHours' | 'minGapMs'>;

/**
 * What moves when breaking news takes `at` on its account: every other post that is due by then or collides with it, or with
 * one that moves, goes behind, each the minimum gap after the one before and out of quiet hours; what does not collide stays.
 * Breaking news moves for nothing. Where every hour is quiet, the gap alone decides.
 * @param waiting the account's posts that wait, in any order. @returns those that move, and where to, in order.
 */
export function shiftedBehind(at: Date, waiting: readonly Waiting[], rules: ShiftRules): { id: string; at: Date }[] {
  const { minGapMs } = rules;
  if (minGapMs === 0) return [];
  const others = [...waiting].sort((one, other) => one.at.getTime() - other.at.getTime());
  const fixed = [at, ...others.filter(isBreaking).map((post) => post.at)].sort((a, b) => a.getTime() - b.getTime());
  const moved: { id: string; at: Date }[] = [];
  const busy = [at.getTime()];
  let nearest = 0;
  for (const post of others.filter((other) => !isBreaking(other))) {
    const due = post.at.getTime();
    while ((busy[nearest] ?? Infinity) <= due - minGapMs) nearest++;
    if (due > at.getTime() && (busy[nearest] ?? Infinity) >= due + minGapMs) continue;
    const to = firstFree((busy.at(-1) ?? 0) + minGapMs, fixed, rules);
    moved.push({ id: post.id, at: to });
    busy.push(to.getTime());
  }
  return moved;
}

/** @param fixed in order. */
function firstFree(from: number, fixed: readonly Date[], { timeZone, quietHours, minGapMs }: ShiftRules): Date {
  const rules = { timeZone, quietHours, minGapMs, slots: [], hourlyCap: null, dailyCap: null };
  const awake = quietHours.length === 0 ? null : nextFreeSlot(new Date(from), rules, fixed);
  if (awake !== null) return awake;
  let next = from;
  for (const taken of fixed) if (Math.abs(taken.getTime() - next) < minGapMs) next = taken.getTime() + minGapMs;
  return new Date(next);
}

function isBreaking(post: Waiting): boolean {
  return post.urgency === 'breaking';
}
