import type { PostState } from './post.ts';

/**
 * What can be done about a post that is out and says what its article does not say any more: change it where it is, take it
 * away and post the right one, answer it, do it by hand on the network, or leave it.
 */
export const remedies = ['edit', 'replace', 'reply', 'by-hand', 'leave'] as const;
export type Remedy = (typeof remedies)[number];

export const correctionStates = ['open', 'carrying-out', 'done'] as const;

/** Of the post that replaces or answers the wrong one: readers do not see it yet, and nobody has taken it away. */
export const correctionWaits: readonly PostState[] = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'publishing',
  'failed',
  'unknown',
  'stale',
];

/** What a network declares (`networks/network.ts`), as far as it matters here. */
export interface CorrectingPowers {
  readonly edit: boolean;
  readonly remove: boolean;
  readonly threads: boolean;
  readonly threadsAreLoose?: true;
}

/**
 * What a network can do about a post, the least that readers notice first.
 * @param isKnown whether we have its id there: without it nobody but a person can touch it.
 * @param isSameCard whether the link card that we built says what it would say: no network changes one.
 * @param isSameLength whether it has as many messages as it would have: no network adds one in the middle.
 */
export function remediesFor(
  powers: CorrectingPowers,
  { isKnown, isSameCard, isSameLength }: { isKnown: boolean; isSameCard: boolean; isSameLength: boolean },
): Remedy[] {
  const can: Record<Remedy, boolean> = {
    edit: powers.edit && isKnown && isSameLength && isSameCard,
    replace: powers.remove && isKnown,
    reply: powers.threads && powers.threadsAreLoose !== true && isKnown,
    'by-hand': true,
    leave: true,
  };
  return remedies.filter((remedy) => can[remedy]);
}
