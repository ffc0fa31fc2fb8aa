import type { Post } from './types.ts';

/** Posts that this browser has just changed itself: what is kept still for others' changes may move for these. */
const own = new Map<string, ReturnType<typeof setTimeout>>();
/** As long as a change can be taken back, and its echoes come in. */
const KEPT_MS = 12_000;

export function noteOwn(id: string): void {
  clearTimeout(own.get(id));
  own.set(
    id,
    setTimeout(() => own.delete(id), KEPT_MS),
  );
}

export function isOwn(id: string): boolean {
  return own.has(id);
}

/** What this browser has made of a version of a post: its next version, with nobody's between. */
const made = new Map<string, Post>();

export function noteMade(from: number, after: Post): void {
  // A look at the network that finds nothing makes no version: it would lead to itself, without an end.
  if (after.version === from) return;
  const key = `${after.id}@${from}`;
  made.set(key, after);
  // Longer than anything can be taken back.
  setTimeout(() => made.delete(key), 5 * KEPT_MS);
}

/** The newest version that follows from what was seen by this browser's own changes alone. */
export function latestOwn(seen: Post): Post {
  let latest = seen;
  for (let next = made.get(`${seen.id}@${seen.version}`); next !== undefined;) {
    latest = next;
    next = made.get(`${next.id}@${next.version}`);
  }
  return latest;
}
