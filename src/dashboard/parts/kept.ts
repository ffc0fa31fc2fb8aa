import type { Part } from '../../domain/post.ts';
import type { Post } from '../api/types.ts';

export interface Draft {
  /** The post as it stood when it was begun: what came after must not pass for it. */
  readonly begun: Post;
  readonly mine: readonly Part[];
}

function slot(post: Post): string {
  return `standfirst.draft.${post.id}`;
}

/** Keeps what is being typed on this device; null forgets it. */
export function keep(begun: Post, mine: readonly Part[] | null): void {
  if (mine === null) localStorage.removeItem(slot(begun));
  else localStorage.setItem(slot(begun), JSON.stringify({ begun, mine } satisfies Draft));
}

/** What was typed on this device and never saved; begun on the post itself where its text is still the same. */
export function kept(post: Post): Draft | null {
  const stored = localStorage.getItem(slot(post));
  if (stored === null) return null;
  const { begun, mine } = JSON.parse(stored) as Draft;
  return { begun: begun.revision === post.revision ? post : begun, mine };
}
