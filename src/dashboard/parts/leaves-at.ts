import { serverNow } from '../api/server-clock.ts';
import type { Post } from '../api/types.ts';

/** When a post leaves, or left, in epoch milliseconds: later than planned behind an embargo or a failed try. Without a time it would go now. */
export function leavesAt({ publishedAt, wakeAt, dueAt }: Pick<Post, 'publishedAt' | 'wakeAt' | 'dueAt'>): number {
  const known = publishedAt ?? wakeAt ?? dueAt;
  return known === null ? serverNow() : Date.parse(known);
}
