import type { PostState } from '../../../domain/post.ts';

/** What the Desk can show, each with the states in it. */
export const tabs = {
  review: ['in_review'],
  back: ['draft'],
  planned: ['approved', 'scheduled'],
  late: ['stale'],
} as const satisfies Record<string, readonly PostState[]>;

export type Tab = keyof typeof tabs;
export const tabNames = Object.keys(tabs) as Tab[];
