import type { Account, Post } from '../api/types.ts';
import { leavesAt } from './leaves-at.ts';

interface NextOut {
  readonly post: Post;
  /** What it waits for besides its time: it does not go out before. */
  readonly waitsFor: 'sign-in' | 'account' | 'hold' | null;
}

/** What leaves the building next: the first that can, and where none can, the first, with what it waits for. */
export function nextOut(posts: readonly Post[], accounts: readonly Account[]): NextOut | undefined {
  const waiting = posts
    .filter(({ state }) => state === 'scheduled')
    .toSorted((a, b) => leavesAt(a) - leavesAt(b))
    .map((post): NextOut => ({ post, waitsFor: waitsFor(post, accounts) }));
  return waiting.find((one) => one.waitsFor === null) ?? waiting[0];
}

function waitsFor({ accountId, held }: Post, accounts: readonly Account[]): NextOut['waitsFor'] {
  const state = accounts.find(({ id }) => id === accountId)?.state ?? 'connected';
  if (state === 'signed-out') return 'sign-in';
  if (state !== 'connected') return 'account';
  return held ? 'hold' : null;
}
