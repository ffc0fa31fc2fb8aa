/**
 * The phases of one try at one part of a post. `reserved`, `sent`, `unknown` and `published` are open or done: the
 * database allows one of them per part, which is the lock that makes a second success impossible. `absent` is an unknown
 * that was settled: a look-up or a person found that the part is not on the network, or nobody can be asked and it is sent
 * again.
 */
export const attemptPhases = [
  'reserved',
  'sent',
  'published',
  'refused',
  'signed-out',
  'limited',
  'down',
  'unknown',
  'absent',
] as const;

/** What a network gave back for a part that is live. */
export interface Receipt {
  /** The network's own id of the message. */
  readonly remoteId: string;
  /** Where a person can see it; null where the network gives no address. */
  readonly url: string | null;
  /** What a reply to it, an edit or a removal needs besides the id (Bluesky: the cid). */
  readonly extra?: Readonly<Record<string, string>>;
}
