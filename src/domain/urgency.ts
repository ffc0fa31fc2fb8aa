import type { Urgency } from './post.ts';

const HOUR_MS = 3_600_000;

/** How long after its time a post is still worth sending. Past it, it is `stale`: told, never sent. */
export const worthlessAfterMs = {
  breaking: HOUR_MS,
  normal: 12 * HOUR_MS,
  evergreen: 7 * 24 * HOUR_MS,
} as const satisfies Record<Urgency, number>;
