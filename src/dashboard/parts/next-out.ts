import type { Account, Post } from '../api/types.ts';
import { leavesAt } from './leaves-at.ts';

/** What a post waits for besides its time: it does not go out before. */
export type Waits = 'sign-in' | 'account' | 'hold' | null;

interface NextOut {
  readonly post: Post;
  readonly waitsFor: Waits;
}

/** What leaves the building next: the first that can, and where none can, the first, with what it waits for. */
export function nextOut(posts: readonly Post[], accounts: readonly Account[]): NextOut | undefined {
  const waiting = posts
    .filter(({ state }) => state === 'scheduled')
    .toSorted((a, b) => leavesAt(a) - leavesAt(b))
    .map((post): NextOut => ({ post, waitsFor: waitsFor(post, accounts) }));
  return waiting.find((one) => one.waitsFor === null) ?? waiting[0];
}

function waitsFor({ accountId, held }: Post, accounts: readonly Account[]): Waits {
  return waitsForAccount(accounts.find(({ id }) => id === accountId)) ?? (held ? 'hold' : null);
}

/** What the posts of an account wait for as long as it is as it is; null where it sends. */
export function waitsForAccount(account: Pick<Account, 'state'> | undefined): 'sign-in' | 'account' | null {
  if (account === undefined || account.state === 'connected') return null;
  return account.state === 'signed-out' ? 'sign-in' : 'account';
}

/** How many posts should have left by now, and wait for their account. */
export function countKeptBack(posts: readonly Post[], accounts: readonly Account[], now: number): number {
  return posts.filter(
    (post) =>
      post.state === 'scheduled' &&
      leavesAt(post) < now &&
      waitsForAccount(accounts.find(({ id }) => id === post.accountId)) !== null,
  ).length;
}
