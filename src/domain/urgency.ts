import type { Urgency } from './post.ts';
import type { SlotRules } from './slot-rules.ts';
import { insertInOrder, lookUnder, removeInOrder } from './slot.ts';
import type { Move } from './soon.ts';

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
  /** It is late and stands nowhere: it goes at the first time from `at` on. */
  readonly isLate?: boolean;
  /** It was planned for quiet hours by whoever planned it, and keeps out of none. */
  readonly isLoud?: boolean;
  /** Where it would go at this or later it is lost, and takes no place from others. */
  readonly staleAt?: Date | null;
}

/** What of an account's rules a post keeps that moves behind another. */
export type ShiftRules = Omit<SlotRules, 'slots'>;

/**
 * What moves when breaking news takes `at` on its account. With a minimum gap every other post that is due by then or collides
 * with it, or with one that moves, goes behind; and so does what a cap allowed before and no longer allows, now that this is
 * there: the last of them, not what a person had put over the cap. Each goes behind the one before, at the first time that quiet
 * hours, gap and caps allow, and may move others on; the rest stays. Breaking news itself moves for nothing. Where every
 * hour is quiet, gap and caps alone decide.
 * @param waiting the account's posts that wait, in any order.
 * @param taken instants of its other posts, in any order: those of the hour and of the day before `at` count for the caps.
 * @returns those that move, and where to, in order.
 */
export function shiftedBehind(
  at: Date,
  waiting: readonly Waiting[],
  rules: ShiftRules,
  taken: readonly Date[] = [],
): Move[] {
  const isOvertaken = (due: number): boolean => rules.minGapMs > 0 && due <= at.getTime();
  return mayShift(rules) ? movedBehind(at, waiting, rules, taken, isOvertaken) : [];
}

/** The same behind any post that takes `at`, and for those that are late with it: they go in the order of their times. */
export function movedBehind(
  at: Date | null,
  waiting: readonly Waiting[],
  rules: ShiftRules,
  taken: readonly Date[] = [],
  isOvertaken: (due: number) => boolean = () => false,
): Move[] {
  const { minGapMs } = rules;
  const others = [...waiting].sort((one, other) => one.at.getTime() - other.at.getTime());
  const news = others.filter(isBreaking).map((post) => post.at);
  const before = [...taken, ...news].map((date) => date.getTime()).sort((one, other) => one - other);
  const after = [...before];
  if (at !== null) insertInOrder(after, at.getTime());
  const calm = others.filter((other) => !isBreaking(other));
  // What is over a cap by a person's will is going to stay where it is: `standing` has it from the start.
  const standing = [...after];
  const over = new Set<Waiting>();
  const look = lookUnder({ ...rules, slots: [] });
  for (const post of calm) {
    if (post.isLate) continue;
    const due = post.at.getTime();
    if (!isOvertaken(due) && !look.isWithinCaps(due, before)) {
      over.add(post);
      insertInOrder(standing, due);
    }
    insertInOrder(before, due);
  }
  const calmly = searchUnder(rules);
  const loud = searchUnder({ ...rules, quietHours: [] });
  const moved: Move[] = [];
  const busy = at === null ? [] : [at.getTime()];
  let nearest = 0;
  for (const post of calm) {
    const due = post.at.getTime();
    while ((busy[nearest] ?? Infinity) <= due - minGapMs) nearest++;
    const isNear = minGapMs > 0 && (busy[nearest] ?? Infinity) < due + minGapMs;
    const mayStay = !post.isLate && !isOvertaken(due) && !isNear;
    const stays = mayStay && (over.has(post) || look.isWithinCaps(due, after));
    if (over.has(post)) removeInOrder(standing, due);
    const firstFree = post.isLoud ? loud : calmly;
    const to = stays ? due : firstFree(Math.max((busy.at(-1) ?? -Infinity) + minGapMs, due), standing);
    if (!stays) moved.push({ id: post.id, at: new Date(to) });
    if (!stays && isLost(post, to)) continue;
    insertInOrder(after, to);
    insertInOrder(standing, to);
    if (!stays) busy.push(to);
  }
  return moved;
}

/** Whether what waits may have to move behind something at all. */
export function mayShift({ minGapMs, hourlyCap, dailyCap }: ShiftRules): boolean {
  return minGapMs > 0 || hourlyCap !== null || dailyCap !== null;
}

/** Under all rules, else without quiet hours, else by the gap alone; what has found nothing for a year is not asked again. */
export function searchUnder(rules: ShiftRules): (from: number, busy: readonly number[]) => number {
  const always = { ...rules, slots: [], quietHours: [] };
  const looks = [{ ...always, quietHours: rules.quietHours }, always].map(lookUnder);
  const byGap = lookUnder({ ...always, hourlyCap: null, dailyCap: null });
  return (from, busy) => {
    for (let look = looks[0]; look !== undefined; look = looks[0]) {
      const found = look.firstFrom(from, busy);
      if (found !== null) return found;
      looks.shift();
    }
    return byGap.firstFrom(from, busy) ?? from;
  };
}

function isLost({ staleAt = null }: Waiting, at: number): boolean {
  return staleAt !== null && staleAt.getTime() <= at;
}

function isBreaking(post: Waiting): boolean {
  return post.urgency === 'breaking';
}
