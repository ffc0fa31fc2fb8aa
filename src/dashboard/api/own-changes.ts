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

/** Texts that somebody typed here, by their hashes: what was worked out, or came from elsewhere, has to be read before it is approved. */
const typed = new Set<string>();

export function noteTyped(hash: string): void {
  typed.add(hash);
}

export function isTyped(hash: string): boolean {
  return typed.has(hash);
}

type Place = Pick<Post, 'state' | 'dueAt'>;

/** Where this browser has asked posts to be: until that is answered, whatever else is said of their time is old. */
const asked = new Map<string, Place>();

/** @returns ends it, unless the post was asked to be elsewhere meanwhile. */
export function noteAsked(id: string, place: Place): () => void {
  asked.set(id, place);
  return () => {
    if (asked.get(id) === place) asked.delete(id);
  };
}

export function askedIds(): readonly string[] {
  return [...asked.keys()];
}

/** A post as this browser has made it, and where it has asked it to be; the same object where it has done neither. */
export function asOwn(post: Post): Post {
  const [latest, place] = [latestOwn(post), asked.get(post.id)];
  return latest === post && place === undefined ? post : { ...post, ...latest, ...place };
}
