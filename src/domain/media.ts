import type { Part } from './post.ts';

/** An image of a post is named by a web address, or by the id of one that is kept here. */
const KEPT = /^media_[0-9A-Za-z-]{1,60}$/;

export function isKept(source: string): boolean {
  return KEPT.test(source);
}

/** Ids of the kept images of a post and of its link cards, each once. */
export function keptIn(parts: readonly Pick<Part, 'media' | 'card'>[]): string[] {
  const shown = parts.flatMap(({ media, card }) => [...media.map(({ source }) => source), card?.image?.url ?? '']);
  return [...new Set(shown.filter(isKept))];
}
