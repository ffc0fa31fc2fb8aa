import type { Urgency } from './post.ts';
import type { SlotRules } from './slot-rules.ts';
import { insertInOrder, lookUnder, removeInOrder } from './slot.ts';

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
): { id: string; at: Date }[] {
  const { minGapMs } = rules;
  if (!mayShift(rules)) return [];
  const others = [...waiting].sort((one, other) => one.at.getTime() - other.at.getTime());
  const news = others.filter(isBreaking).map((post) => post.at);
  const before = [...taken, ...news].map((date) => date.getTime()).sort((one, other) => one - other);
  const after = [...before];
  insertInOrder(after, at.getTime());
  const isOvertaken = (due: number): boolean => minGapMs > 0 && due <= at.getTime();
  const calm = others.filter((other) => !isBreaking(other));
  // What is over a cap by a person's will is going to stay where it is: `standing` has it from the start.
  const standing = [...after];
  const over = new Set<Waiting>();
  const look = lookUnder({ ...rules, slots: [] });
  for (const post of calm) {
    const due = post.at.getTime();
    if (!isOvertaken(due) && !look.isWithinCaps(due, before)) {
      over.add(post);
      insertInOrder(standing, due);
    }
    insertInOrder(before, due);
  }
  const firstFree = searchUnder(rules);
  const moved: { id: string; at: Date }[] = [];
  const busy = [at.getTime()];
  let nearest = 0;
  for (const post of calm) {
    const due = post.at.getTime();
    while ((busy[nearest] ?? Infinity) <= due - minGapMs) nearest++;
    const isNear = minGapMs > 0 && (busy[nearest] ?? Infinity) < due + minGapMs;
    const stays = !isOvertaken(due) && !isNear && (over.has(post) || look.isWithinCaps(due, after));
    if (over.has(post)) removeInOrder(standing, due);
    const to = stays ? due : firstFree(Math.max((busy.at(-1) ?? 0) + minGapMs, due), standing);
    insertInOrder(after, to);
    insertInOrder(standing, to);
    if (stays) continue;
    moved.push({ id: post.id, at: new Date(to) });
    busy.push(to);
  }
  return moved;
}

/** Whether what waits may have to move behind something at all. */
export function mayShift({ minGapMs, hourlyCap, dailyCap }: ShiftRules): boolean {
  return minGapMs > 0 || hourlyCap !== null || dailyCap !== null;
}

/** Under all rules, else without quiet hours, else by the gap alone; what has found nothing for a year is not asked again. */
function searchUnder(rules: ShiftRules): (from: number, busy: readonly number[]) => number {
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

function isBreaking(post: Waiting): boolean {
  return post.urgency === 'breaking';
}
