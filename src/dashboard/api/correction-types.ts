import type { Remedy, correctionStates } from '../../domain/correction.ts';

/** Stories that changed after their posts were out, as the API tells of them. `tests/browser/contract.test.ts` holds it against the API's schemas. */

export interface CorrectedPost {
  readonly postId: string;
  readonly accountId: string;
  readonly network: string;
  readonly url: string | null;
  /** What it would say, one text for each message. */
  readonly texts: readonly string[];
  /** What its network can do, the best first. */
  readonly options: readonly Remedy[];
  /** What is done where nobody chooses otherwise. */
  readonly plan: Remedy;
  readonly state: 'open' | 'chosen' | 'done' | 'failed';
  readonly problem: string | null;
}

export interface Correction {
  readonly id: string;
  readonly storyId: string;
  readonly storyTitle: string;
  readonly articleId: string;
  readonly state: (typeof correctionStates)[number];
  readonly createdAt: string;
  readonly posts: readonly CorrectedPost[];
}

export interface Choice {
  readonly postId: string;
  readonly choice?: Remedy;
  readonly texts?: readonly string[];
}
