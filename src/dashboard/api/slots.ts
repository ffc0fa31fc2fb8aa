import { queryOptions } from '@tanstack/react-query';
import type { AccountSlotPlan, PostTimes, SlotPlan } from './types.ts';
import { get } from './client.ts';
import { getAll } from './queries.ts';
import { asWords } from './words.ts';

/** When accounts may post. All instants are rounded by the caller, so that the passing of time asks for nothing new. */

/** Slots and quiet times of one account. */
export function slotsQuery(accountId: string, from: string, to: string) {
  const query = new URLSearchParams({ from, to });
  return queryOptions({
    queryKey: ['slots', accountId, from, to],
    queryFn: ({ signal }) => get<SlotPlan>(`/v1/accounts/${accountId}/slots?${query}`, signal),
  });
}

/** Slots, quiet times and the load of every account, or of one. */
export function slotPlansQuery(from: string, to: string, account?: string) {
  const query = new URLSearchParams(asWords({ from, to, account }));
  return queryOptions({
    queryKey: ['slots', 'plans', account ?? null, from, to],
    queryFn: async ({ signal }) => (await getAll<AccountSlotPlan>(`/v1/slots?${query}`, 1_000, signal)).items,
  });
}

/** Where a post may go between two instants. @param without posts that move with it. */
export function postTimesQuery(id: string, from: string, to: string, without: readonly string[] = []) {
  const query = new URLSearchParams(
    asWords({ from, to, without: without.length === 0 ? undefined : without.join(',') }),
  );
  return queryOptions({
    queryKey: ['times', id, from, to, without],
    queryFn: ({ signal }) => get<PostTimes>(`/v1/posts/${id}/times?${query}`, signal),
  });
}
