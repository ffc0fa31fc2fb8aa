import type { Part } from './post.ts';

/** An image of a post is named by a web address, or by the id of one that is kept here. */
const KEPT = /^media_[0-9A-Za-z-]{1,60}$/;

export function isKept(source: string): boolean {
  return KEPT.test(source);
}

/** Ids of the kept images of a post, each once. */
export function keptIn(parts: readonly Pick<Part, 'media'>[]): string[] {
  return [...new Set(parts.flatMap(({ media }) => media.map(({ source }) => source)).filter(isKept))];
}
