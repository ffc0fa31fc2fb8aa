import { Temporal } from 'temporal-polyfill';
import type { Post } from '../../api/types.ts';
import { instantAt } from '../../parts/clock-words.ts';
import type { Cell } from './cells.ts';

/** A post and the instant at which it would go out. */
export interface Landing {
  readonly post: Post;
  readonly at: number;
}

const SNAP_MS = 5 * 60_000;

/** The instant at a height of an hour's field, snapped to five minutes. @param share from 0 at its top to 1 at its end. */
export function instantIn({ from, to }: Cell, share: number): number {
  const at = from + Math.round((share * (to - from)) / SNAP_MS) * SNAP_MS;
  return Math.max(from, Math.min(at, to - SNAP_MS));
}

/**
 * The instant at which the clock shows, on another day, what it shows now.
 * @throws OffClock where it skips that time there, or shows it twice.
 */
export function onDay(dueAt: string, date: string, zone: string): number {
  const clock = wallOf(dueAt, zone).toPlainTime();
  return resolve(Temporal.PlainDate.from(date).toPlainDateTime(clock), zone);
}

/**
 * Where posts land that are moved together: each as far on the clock as the one that was grabbed.
 * @throws OffClock as `onDay`.
 */
export function together(posts: readonly Post[], grabbed: Post, at: number, zone: string): Landing[] {
  const target = wallOf(new Date(at).toISOString(), zone);
  return posts.flatMap((post): Landing[] => {
    if (post.id === grabbed.id) return [{ post, at }];
    if (post.dueAt === null || grabbed.dueAt === null) return [];
    const days = { largestUnit: 'day' } as const;
    const by = wallOf(grabbed.dueAt, zone).until(target, days);
    return [{ post, at: resolve(wallOf(post.dueAt, zone).add(by), zone) }];
  });
}

function wallOf(instant: string, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
}

function resolve(wall: Temporal.PlainDateTime, zone: string): number {
  return instantAt(wall.toString({ smallestUnit: 'second' }), zone);
}
