import type { Part } from '../../domain/post.ts';
import type { Post } from '../api/types.ts';

function slot(post: Post): string {
  return `standfirst.parts.${post.id}.${post.revision}`;
}

/** Keeps what is being typed on this device; null forgets it. */
export function keep(post: Post, mine: readonly Part[] | null): void {
  if (mine === null) localStorage.removeItem(slot(post));
  else localStorage.setItem(slot(post), JSON.stringify(mine));
}

/** What was typed on this device and never saved. */
export function kept(post: Post): readonly Part[] | null {
  const stored = localStorage.getItem(slot(post));
  return stored === null ? null : (JSON.parse(stored) as Part[]);
}
