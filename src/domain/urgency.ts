import type { Urgency } from './post.ts';

const HOUR_MS = 3_600_000;

/** How long after its time a post is still worth sending. Past it, it is `stale`: told, never sent. */
export const worthlessAfterMs = {
  breaking: HOUR_MS,
  normal: 12 * HOUR_MS,
  evergreen: 7 * 24 * HOUR_MS,
} as const satisfies Record<Urgency, number>;

/** A post that waits for its time. */
export interface Waiting {
  readonly id: string;
  readonly at: Date;
  readonly urgency: Urgency;
}

/**
 * What moves when breaking news takes `at` on its account: every other post that is due by then or collides with it goes
 * behind, each the minimum gap after the one before; what does not collide stays. Breaking news moves for nothing.
 * @param waiting the account's posts that wait, in any order. @returns those that move, and where to, in order.
 */
export function shiftedBehind(at: Date, waiting: readonly Waiting[], minGapMs: number): { id: string; at: Date }[] {
  if (minGapMs === 0) return [];
  const others = [...waiting].sort((one, other) => one.at.getTime() - other.at.getTime());
  const fixed = [at.getTime(), ...others.filter(isBreaking).map((post) => post.at.getTime())].sort((a, b) => a - b);
  const moved: { id: string; at: Date }[] = [];
  let next = at.getTime() + minGapMs;
  for (const post of others.filter((other) => !isBreaking(other))) {
    if (post.at.getTime() >= next) break;
    for (const taken of fixed) if (Math.abs(taken - next) < minGapMs) next = taken + minGapMs;
    moved.push({ id: post.id, at: new Date(next) });
    next += minGapMs;
  }
  return moved;
}

function isBreaking(post: Waiting): boolean {
  return post.urgency === 'breaking';
}
