import type { Part } from '../../domain/post.ts';
import type { Post } from '../api/types.ts';

export interface Draft {
  /** The post as it stood when it was begun: what came after must not pass for it. */
  readonly begun: Post;
  readonly mine: readonly Part[];
}

/** Keeps what is being typed on this device; null forgets it. */
export function keep(begun: Post, mine: readonly Part[] | null): void {
  keepAs(begun.id, mine === null ? null : ({ begun, mine } satisfies Draft));
}

/** What was typed on this device and never saved; begun on the post itself where its text is still the same. */
export function kept(post: Post): Draft | null {
  const draft = keptAs<Draft>(post.id);
  return draft === null ? null : { ...draft, begun: draft.begun.revision === post.revision ? post : draft.begun };
}

/** The same for what belongs to no post, by a name that is its own. */
export function keepAs(name: string, typed: object | null): void {
  if (typed === null) localStorage.removeItem(slot(name));
  else localStorage.setItem(slot(name), JSON.stringify(typed));
}

export function keptAs<Typed extends object>(name: string): Typed | null {
  const stored = localStorage.getItem(slot(name));
  return stored === null ? null : (JSON.parse(stored) as Typed);
}

/** Where the words are kept that somebody types about these posts, in whatever order, before a verb is carried out. */
export function slotOf(verb: string, posts: readonly Pick<Post, 'id'>[]): string {
  return [verb, ...posts.map(({ id }) => id).toSorted()].join('.');
}

/** The same; where nothing is kept for just these together, what was kept for one of them alone goes there. */
export function slotWithWords(verb: string, posts: readonly Pick<Post, 'id'>[]): string {
  const slot = slotOf(verb, posts);
  const alone = posts.map((post) => slotOf(verb, [post])).find((one) => keptAs(one) !== null);
  if (alone === undefined || keptAs(slot) !== null) return slot;
  keepAs(slot, keptAs(alone));
  // Else it would come again after it was discarded.
  for (const post of posts) if (posts.length > 1) keepAs(slotOf(verb, [post]), null);
  return slot;
}

/** How many of them the member who is signed in has on this device. */
export function keptCount(): number {
  return ownSlots().length;
}

/** Throws away what that member has on it. */
export function forgetAll(): void {
  for (const one of ownSlots()) localStorage.removeItem(one);
}

let member: string | null = null;

/**
 * Says who is signed in, before anything that was kept is asked for: nobody is shown what another has typed on the same device.
 * @returns false where the page was begun by another: what stands on it is not theirs.
 */
export function keepFor(id: string): boolean {
  member ??= id;
  return member === id;
}

const HERE = 'standfirst.was-here';

/** Notes that somebody was signed in with this browser. */
export function noteHere(): void {
  localStorage.setItem(HERE, 'yes');
}

/** Whether anybody ever was: where not, no session has ended and nothing was typed. */
export function wasHere(): boolean {
  return localStorage.getItem(HERE) !== null;
}

function ownSlots(): string[] {
  return Object.keys(localStorage).filter((one) => one.startsWith(slot('')));
}

function slot(name: string): string {
  return `standfirst.draft.${member ?? ''}.${name}`;
}
