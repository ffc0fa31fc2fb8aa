import { claimPost, claimPosts, markSent } from './claim.ts';
import type { Claim, ClaimAsk, SentMark } from './claim.ts';
import type { Database } from './database.ts';
import { recordPublished, recordPublishedParts } from './receipt.ts';
import type { PublishedPart } from './receipt.ts';
import { together } from './together.ts';

/** The three writes of a post that goes out. Those of many posts that are ready at the same moment share a commit. */
export interface Ledger {
  /** As `claimPosts`, for one. */
  claim(ask: ClaimAsk): Promise<Claim | null>;
  /** As `markSent`, for one. */
  markSent(mark: SentMark): Promise<boolean>;
  /** As `recordPublishedParts`, for one. */
  recordPublished(part: PublishedPart): Promise<boolean>;
}

/**
 * On 2 cores, 50 posts at a time and a network that answers at once: 10,000 posts due within one second had a p99 of 4.4
 * times that of bare BullMQ with one row when each write had a commit of its own, and 1.0 times with this.
 */
export function openLedger(database: Database): Ledger {
  return {
    claim: together(
      (asks) => claimPosts(database, asks),
      (ask) => claimPost(database, ask),
    ),
    markSent: together(
      (marks) => markSent(database, marks),
      async (mark) => (await markSent(database, [mark]))[0] ?? false,
    ),
    recordPublished: together(
      (parts) => recordPublishedParts(database, parts),
      (part) => recordPublished(database, part),
    ),
  };
}
