import { useQuery } from '@tanstack/react-query';
import { slotPlansQuery } from '../../api/slots.ts';
import { accountsQuery, holdsQuery, postsQuery } from '../../api/queries.ts';
import type { Account, Hold, Post, SlotPlan } from '../../api/types.ts';

const HOUR_MS = 3_600_000;

/** Everything the board draws in a stretch of time. Asked for by whole hours, so that the passing of time asks for nothing new. */
export function useBoard(from: number, to: number, now: number) {
  const first = hourOf(Math.min(from, now - HOUR_MS), false);
  const last = hourOf(Math.max(to, now), true);
  const query = useQuery(postsQuery({ dueAfter: first, dueBefore: last, sort: 'dueAt' }, 1_000));
  const accounts: readonly Account[] =
    useQuery(accountsQuery).data?.filter((account) => account.state !== 'removed') ?? [];
  const holds: readonly Hold[] = useQuery(holdsQuery).data ?? [];
  const plans: ReadonlyMap<string, SlotPlan> = new Map(
    useQuery(slotPlansQuery(first, last)).data?.map((plan) => [plan.accountId, plan]),
  );
  const posts: readonly Post[] =
    query.data?.items.filter((post) => post.state !== 'cancelled' && post.state !== 'superseded') ?? [];
  return { query, accounts, holds, plans, posts };
}

function hourOf(at: number, up: boolean): string {
  return new Date((up ? Math.ceil(at / HOUR_MS) : Math.floor(at / HOUR_MS)) * HOUR_MS).toISOString();
}

/** Whether a hold keeps everything of an account from going out. */
export function isHeldWhole(holds: readonly Hold[], account: Pick<Account, 'id' | 'network'>): boolean {
  return holds.some(
    ({ scope, target }) =>
      scope === 'all' ||
      (scope === 'network' && target === account.network) ||
      (scope === 'account' && target === account.id),
  );
}

/** How many posts went out on an account in the last 60 minutes, beside the most it may send in that time. */
export function budgetOf(account: Account, posts: readonly Post[], now: number): { used: number; cap: number } | null {
  const cap = account.settings['hourlyCap'];
  if (typeof cap !== 'number') return null;
  const used = posts.filter((post) => {
    const out = post.publishedAt === null ? NaN : new Date(post.publishedAt).getTime();
    return post.accountId === account.id && out > now - HOUR_MS && out <= now;
  }).length;
  return { used, cap };
}
