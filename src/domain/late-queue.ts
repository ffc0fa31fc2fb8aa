import { lookUnder } from './slot.ts';
import type { Move } from './soon.ts';
import { movedBehind, searchUnder } from './urgency.ts';
import type { ShiftRules, Waiting } from './urgency.ts';

/** A post that is late, or was and has its turn to come. */
export interface Late {
  readonly id: string;
  /** It cannot go before. */
  readonly from: Date;
  readonly staleAt: Date | null;
  /** It was planned for quiet hours by whoever planned it. */
  readonly isLoud?: boolean;
}

export interface Queue {
  /** In the order in which they go as soon as they can. */
  readonly late: readonly Late[];
  /** What has its time still to come and may move. */
  readonly waiting: readonly (Waiting & { readonly staleAt: Date | null })[];
  /** What has gone out or moves for nothing; in any order. */
  readonly taken: readonly Date[];
}

export interface LateRules {
  readonly rules: ShiftRules;
  readonly now: Date;
  /** Whether the first goes also in quiet hours, where it can go at once: they began a moment ago. */
  readonly isFirstAtOnce: boolean;
  /** Late by so little that one more between two others is where it was planned. */
  readonly mayGoBetween: boolean;
}

interface Plan {
  readonly moves: readonly Move[];
  /** Who is worthless by then. */
  readonly lost: readonly string[];
  /** How many of those are not late themselves. */
  readonly inTime: number;
}

/** Where as many are lost either way, what came too late is lost before what is in time. */
function isBetter(one: Plan, other: Plan): boolean {
  const fewer = one.lost.length - other.lost.length;
  return fewer < 0 || (fewer === 0 && one.inTime < other.inTime);
}

/** One that would be lost keeps its time, and then perhaps the one before it would be. */
const MOST_TRIES = 6;

/**
 * When late posts go: each as soon as it can in its order, what is planned too soon after it behind it by as little as gap and
 * caps need, up to the first free space. Nothing is given a time past its worth where there is a way to lose less: what would
 * be lost if it moved stays, and the others go around it; those go first that are worthless first; and at last one that is
 * only seconds late goes as soon as those before it allow, close to the one after it. What is lost all the same takes no
 * place from the others.
 * @returns every late post with its time, and those others that move.
 */
export function inTurn(queue: Queue, by: LateRules): readonly Move[] {
  const late = oneByOne(queue.late, by.now);
  // What is worthless before its own time is so whatever is done here.
  const waiting = queue.waiting.filter(({ at, staleAt }) => staleAt === null || staleAt > at);
  const full = { ...queue, late, waiting };
  let best = aroundWhatStays(full, by);
  if (best.lost.length === 0) return best.moves;
  const urgentFirst = queue.late.toSorted((one, other) => worthOf(one) - worthOf(other));
  const others = [() => aroundWhatStays({ ...full, late: readyFirst(urgentFirst, by.now) }, by)];
  if (by.mayGoBetween) others.push(() => goingBetween(full, by));
  for (const other of others) {
    const plan = other();
    if (isBetter(plan, best)) best = plan;
  }
  return best.moves;
}

/** What would be lost if it moved stays. */
function aroundWhatStays(queue: Queue, by: LateRules): Plan {
  let { waiting, taken } = queue;
  let best = pushed(queue, by);
  let plan = best;
  for (let tries = 1; tries < MOST_TRIES && plan.lost.length > 0; tries++) {
    const lost = new Set(plan.lost);
    const staying = waiting.filter(({ id }) => lost.has(id));
    if (staying.length === 0) break;
    waiting = waiting.filter(({ id }) => !lost.has(id));
    taken = [...taken, ...staying.map(({ at }) => at)];
    plan = pushed({ ...queue, waiting, taken }, by);
    if (isBetter(plan, best)) best = plan;
  }
  return best;
}

function pushed({ late, waiting, taken }: Queue, by: LateRules): Plan {
  const [first, ...others] = late;
  if (first === undefined) return { moves: [], lost: [], inTime: 0 };
  const at = new Date(timeOfFirst(first, taken, by));
  const behind = others.map((post): Waiting => ({ ...post, at: post.from, urgency: 'normal', isLate: true }));
  // What is lost all the same takes no place.
  const moves = movedBehind(worthOf(first) <= at.getTime() ? null : at, [...behind, ...waiting], by.rules, taken);
  return judged([{ id: first.id, at }, ...moves], late, waiting);
}

function timeOfFirst(post: Late, taken: readonly Date[], { rules, isFirstAtOnce }: LateRules): number {
  const from = post.from.getTime();
  const busy = inTime(taken);
  const always = { ...rules, quietHours: [] };
  if (isFirstAtOnce && lookUnder({ ...always, slots: [] }).firstFrom(from, busy) === from) return from;
  return searchUnder(post.isLoud === true ? always : rules)(from, busy);
}

/** The first goes by what was before it alone, and nothing moves for it; the others that are late follow as ever. */
function goingBetween(queue: Queue, by: LateRules): Plan {
  const [first, ...late] = queue.late;
  if (first === undefined) return { moves: [], lost: [], inTime: 0 };
  const before = queue.taken.filter((date) => date <= by.now);
  const at = new Date(timeOfFirst(first, before, by));
  const rest = pushed({ ...queue, late, taken: [...queue.taken, at] }, by);
  return judged([{ id: first.id, at }, ...rest.moves], queue.late, queue.waiting);
}

function judged(moves: readonly Move[], late: Queue['late'], waiting: Queue['waiting']): Plan {
  const worth = new Map([...late, ...waiting].map((post) => [post.id, worthOf(post)]));
  const lost = moves.filter(({ id, at }) => (worth.get(id) ?? Infinity) <= at.getTime()).map(({ id }) => id);
  const isLate = new Set(late.map(({ id }) => id));
  return { moves, lost, inTime: lost.filter((id) => !isLate.has(id)).length };
}

function worthOf({ staleAt }: { readonly staleAt: Date | null }): number {
  return staleAt?.getTime() ?? Infinity;
}

/** None before the one that was planned before it, though that one be ready a moment later. */
function oneByOne(late: readonly Late[], now: Date): Late[] {
  let last = now;
  return late.map((post) => {
    last = post.from > last ? post.from : last;
    return { ...post, from: last };
  });
}

function readyFirst(late: readonly Late[], now: Date): Late[] {
  const ready = late.map((post) => (post.from < now ? { ...post, from: now } : post));
  return ready.sort((one, other) => one.from.getTime() - other.from.getTime());
}

function inTime(dates: readonly Date[]): number[] {
  return dates.map((date) => date.getTime()).sort((one, other) => one - other);
}
