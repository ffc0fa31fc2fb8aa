import type { Post } from '../api/types.ts';

/** Side by side, posts stand in the order they were made in: ids are sorted by time. */
export function inOrder(one: Post, other: Post): number {
  return one.id < other.id ? -1 : 1;
}
