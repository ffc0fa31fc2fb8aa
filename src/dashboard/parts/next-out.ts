import type { Account, Post } from '../api/types.ts';
import { leavesAt } from './leaves-at.ts';

/** What the state of an account keeps its posts for. */
export type AccountWaits = 'sign-in' | 'account' | null;
/** What a post waits for besides its time: it does not go out before. */
export type Waits = AccountWaits | 'hold';

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
export function waitsForAccount(account: Pick<Account, 'state'> | undefined): AccountWaits {
  if (account === undefined || account.state === 'connected') return null;
  return account.state === 'signed-out' ? 'sign-in' : 'account';
}

/** The same for one post: only what has a time is kept from it. */
export function waitsOf(post: Pick<Post, 'state'>, account: Pick<Account, 'state'> | undefined): AccountWaits {
  return post.state === 'scheduled' ? waitsForAccount(account) : null;
}

/** How many posts should have left by now, and wait for their account. */
export function countKeptBack(posts: readonly Post[], accounts: readonly Account[], now: number): number {
  return posts.filter(
    (post) =>
      leavesAt(post) < now &&
      waitsOf(
        post,
        accounts.find(({ id }) => id === post.accountId),
      ) !== null,
  ).length;
}
