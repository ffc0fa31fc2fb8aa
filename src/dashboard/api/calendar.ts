import { queryOptions } from '@tanstack/react-query';
import type { PostState } from '../../domain/post.ts';
import type { Calendar } from './types.ts';
import { get } from './client.ts';
import { withAsked } from './put-post.ts';
import { whole } from './stretches.ts';
import { asWords } from './words.ts';

export interface CalendarFilter {
  readonly account?: string;
  readonly section?: string;
  readonly author?: string;
  readonly state: readonly PostState[];
}

export interface CalendarAsk extends CalendarFilter {
  /** The first day, `2026-11-24`. */
  readonly from: string;
  readonly days: number;
  readonly by: 'day' | 'hour';
  /** Most posts of each stretch that are wanted. */
  readonly most: number;
}

/** Posts by day or hour on the clock of a zone, with the stretches that have none. */
export function calendarQuery(ask: CalendarAsk, zone: string) {
  const { state, ...rest } = ask;
  const query = new URLSearchParams({ ...asWords(rest), state: state.join(','), timeZone: zone });
  return queryOptions({
    queryKey: ['calendar', ask, zone],
    queryFn: async ({ signal, client, queryKey }) => {
      const read = whole(await get<Calendar>(`/v1/calendar?${query}`, signal), ask, zone);
      return withAsked(read, client.getQueryData<Calendar>(queryKey));
    },
  });
}

/** What is to be downloaded of the same posts. */
export function exportAddress({ state, ...rest }: CalendarFilter, from: string, to: string): string {
  const query = asWords({ ...rest, state: state.join(','), dueAfter: from, dueBefore: to, format: 'csv' });
  return `/v1/exports/posts?${new URLSearchParams(query)}`;
}
