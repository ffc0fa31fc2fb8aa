import { queryOptions } from '@tanstack/react-query';
import { dayStarts, hourStarts } from '../../domain/calendar-days.ts';
import type { PostState } from '../../domain/post.ts';
import type { Calendar, Stretch } from './types.ts';
import { get } from './client.ts';
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
    queryFn: async ({ signal }) => whole(await get<Calendar>(`/v1/calendar?${query}`, signal), ask, zone),
  });
}

function whole(calendar: Calendar, { from, days, by }: CalendarAsk, zone: string): Calendar {
  const midnights = dayStarts(from, days, zone);
  const hours = midnights
    .slice(0, -1)
    .flatMap((start, day) => hourStarts(start, midnights[day + 1] as number, zone).slice(0, -1));
  const starts = by === 'day' ? midnights : [...hours, midnights.at(-1) as number];
  const known = new Map(calendar.stretches.map((one) => [Date.parse(one.from), one]));
  const stretches = starts.slice(0, -1).map((start, at): Stretch => {
    const [begins, ends] = [start, starts[at + 1] as number].map((instant) => new Date(instant).toISOString());
    return known.get(start) ?? { from: begins as string, to: ends as string, count: 0, states: {}, posts: [] };
  });
  return { ...calendar, stretches };
}

/** What is to be downloaded of the same posts. */
export function exportAddress({ state, ...rest }: CalendarFilter, from: string, to: string): string {
  const query = asWords({ ...rest, state: state.join(','), dueAfter: from, dueBefore: to, format: 'csv' });
  return `/v1/exports/posts?${new URLSearchParams(query)}`;
}
