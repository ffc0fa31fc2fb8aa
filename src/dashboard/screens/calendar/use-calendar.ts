import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMediaQuery } from '@mantine/hooks';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { postStates } from '../../../domain/post.ts';
import { calendarQuery } from '../../api/calendar.ts';
import type { CalendarAsk, CalendarFilter } from '../../api/calendar.ts';
import { ownListOnly } from '../../api/query-client.ts';
import { postsQuery } from '../../api/queries.ts';
import { slotPlansQuery } from '../../api/slots.ts';
import type { AccountSlotPlan, Post } from '../../api/types.ts';
import { NEAR_TRAY } from '../../parts/ready-tray.tsx';
import { useStillPosts } from '../../parts/use-still.ts';
import { dateOf, useNow, useZone } from '../../shell/time.tsx';
import type { View } from './address.ts';
import { inTime, rowsOf } from './cells.ts';
import { rangeOf } from './days.ts';
import { useCalm } from './use-calm.ts';

/** What is not asked for by its state is shown where it still has a place in time. */
const PLANNED = postStates.filter((state) => state !== 'cancelled' && state !== 'superseded');
const NO_PLANS: readonly AccountSlotPlan[] = [];
/** Most of what is ready that the tray holds. */
const MOST_READY = 50;

/** Everything that the calendar shows, from what its address says. Asks for the days that are seen, and no others. */
export function useCalendar(isPointed: () => boolean) {
  const zone = useZone();
  const now = useNow(30_000);
  const search = useSearch({ from: '/calendar' });
  const isNarrow = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false });
  const today = dateOf(now, zone);
  const view: View = search.view ?? (isNarrow ? 'agenda' : 'week');
  const date = search.date ?? today;
  const { account, section, author, state } = search;
  const range = useMemo(() => rangeOf(view, date), [view, date]);
  const words = {
    ...(account === undefined ? {} : { account }),
    ...(section === undefined ? {} : { section }),
    ...(author === undefined ? {} : { author }),
  };
  const filter: CalendarFilter = { ...words, state: state === undefined ? PLANNED : [state] };
  const ask: CalendarAsk = { ...filter, ...range };
  const options = calendarQuery(ask, zone);
  // Another filter of the same days may show the old picture until the new one is there; other days may not.
  const query = useQuery({
    ...options,
    placeholderData: (before, last) =>
      isSameTime(last?.queryKey[1] as CalendarAsk | undefined, ask) ? before : undefined,
  });
  const what = JSON.stringify(options.queryKey);
  const calm = useCalm(query.isPlaceholderData ? undefined : query.data, what, isPointed);
  const calendar = calm.calendar ?? query.data;
  const rows = useMemo(
    () => (calendar === undefined ? [] : rowsOf(view, date, range, calendar, zone)),
    [calendar, view, date, range, zone],
  );
  const cells = useMemo(() => inTime(rows), [rows]);
  const posts = useMemo(() => cells.flatMap((cell) => cell.posts), [cells]);
  const from = calendar?.stretches[0]?.from ?? '';
  const to = calendar?.stretches.at(-1)?.to ?? '';
  const wantsSlots = state === undefined && to > now.toISOString();
  const plans = useQuery({
    ...slotPlansQuery(from, to, account),
    enabled: wantsSlots,
    placeholderData: keepPreviousData,
  }).data;
  const approved = useQuery({ ...postsQuery({ ...words, state: ['approved'] }, MOST_READY), ...ownListOnly }).data;
  const isReady = (post: Post): boolean => post.state === 'approved';
  const ready = useStillPosts((approved?.items ?? []).filter(isReady), NEAR_TRAY, JSON.stringify(words));
  return {
    zone,
    now,
    today,
    search,
    view,
    date,
    range,
    filter,
    query,
    rows,
    cells,
    posts,
    from,
    to,
    ready,
    queryKey: options.queryKey,
    waiting: calm.waiting,
    load: calm.load,
    plans: wantsSlots ? (plans ?? NO_PLANS) : NO_PLANS,
    isEmpty: calendar !== undefined && cells.every(({ count }) => count === 0),
  };
}
export type CalendarPicture = ReturnType<typeof useCalendar>;

function isSameTime(before: CalendarAsk | undefined, { from, days, by }: CalendarAsk): boolean {
  return before !== undefined && before.from === from && before.days === days && before.by === by;
}
