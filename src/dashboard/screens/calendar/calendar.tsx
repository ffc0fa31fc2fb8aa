import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { exportAddress } from '../../api/calendar.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { FreshBar } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { ReadyTray } from '../../parts/ready-tray.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { waitsOf } from '../../parts/next-out.ts';
import { useMay } from '../../parts/use-may.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { useSelection } from '../../parts/use-selection.ts';
import { useLeaving } from '../../shell/leaving.ts';
import { Screen } from '../../shell/screen.tsx';
import { clockOf, placeOf } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { CalendarSearch, View } from './address.ts';
import { Agenda } from './agenda.tsx';
import css from './calendar.module.css';
import type { Cell } from './cells.ts';
import { keyOf } from './cells.ts';
import { Chip } from './chip.tsx';
import { stepped } from './days.ts';
import { Filters } from './filters.tsx';
import { freeSlots } from './hints.ts';
import { HourView } from './hour-view.tsx';
import { MonthView } from './month-view.tsx';
import { movePicked } from './move-picked.ts';
import { NewHere } from './new-here.tsx';
import type { NewPlace } from './new-here.tsx';
import { NothingHere } from './nothing-here.tsx';
import { PickedBar } from './picked-bar.tsx';
import { placeNext } from './place-next.ts';
import { shift } from './shift.ts';
import { startIn } from './start-in.ts';
import { titleOf } from './title.ts';
import { Toolbar } from './toolbar.tsx';
import { useBoard } from './use-board.ts';
import { useCalendarKeys } from './use-calendar-keys.ts';
import { useCalendar } from './use-calendar.ts';
import { useDrops } from './use-drops.tsx';
import { useFocus } from './use-focus.ts';
import { ViewsMenu } from './views-menu.tsx';

/** What is planned, over days and weeks. View, day and filters stand in the address. */
export function CalendarScreen(): ReactNode {
  const navigate = useNavigate();
  const isPointed = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  const picture = useCalendar(() => isPointed.current);
  const { zone, now, today, search, view, date, range, filter, query, rows, cells, posts, from, to, ready } = picture;
  const [stood, setStood] = useState<string | null>(null);
  const [newAt, setNewAt] = useState<NewPlace | null>(null);
  const mayPlace = useMay('posts:publish');
  const mayExport = useMay('export:read');
  const picked = useSelection(posts);
  const focus = useFocus(box);
  const where = useWhere();
  const leaving = useLeaving();
  const free = useMemo(() => freeSlots(picture.plans, cells, now), [picture.plans, cells, now]);
  const accountOf = (post: Post): string => where(post.accountId, post.network).accountName;
  const drops = useDrops(picture, picked.ids, accountOf, box);

  const hour = range.by === 'day' ? null : date === today ? Number(clockOf(now, zone).slice(0, 2)) : 9;
  const current = cells.find(({ key }) => key === stood) ?? cells.find(({ key }) => key === keyOf(date, hour));
  const go = useCallback(
    (change: Partial<CalendarSearch>): void =>
      void navigate({ to: '/calendar', search: (before: CalendarSearch) => ({ ...before, ...change }) }),
    [navigate],
  );
  /** Another view is of the day that the reader stands on. */
  const show = (next: View): void =>
    go({ view: next, ...(stood === null || current === undefined ? {} : { date: current.date }) });
  const step = (by: 1 | -1): void => go({ date: stepped(view, date, by) });
  const openDay = (day: string): void => go({ view: 'day', date: day });
  const open = (post: Post): void => {
    if (post.articleId !== null) void navigate({ to: '/stories/$id', params: { id: post.articleId } });
    else void navigate({ to: post.state === 'published' ? '/outbox' : '/desk' });
  };
  const moveAll = (list: readonly Post[]): void => void movePicked(list, picture.queryKey, zone);
  const newIn = (cell: Cell): void => {
    if (!mayPlace) return done(texts.notYours['posts:publish']);
    setNewAt({ at: startIn(cell, now, zone).toISOString(), accountId: search.account ?? null });
  };
  const beyond = (day: string, key: string): void => {
    go({ date: day });
    setStood(key);
    focus.toCell(key);
  };
  const board = useBoard({
    rows,
    posts,
    picked,
    isPointed,
    beyond,
    note: focus.note,
    toCell: focus.toCell,
    onCurrent: setStood,
    onOpen: open,
    onNew: newIn,
    page: (cell, by) => {
      const day = stepped(view, cell.date, by);
      beyond(day, keyOf(day, cell.hour));
    },
  });
  useCalendarKeys({
    posts,
    picked,
    toChip: focus.toChip,
    onView: show,
    onToday: () => go({ date: undefined }),
    onStep: step,
    onOpen: open,
    onMove: moveAll,
    onShift: (id, by) => void shift(id, by, { queryKey: picture.queryKey, zone, nameOf: accountOf }),
    onNew: () => {
      if (current !== undefined) newIn(current);
    },
    onPlace: () => {
      if (current !== undefined) void placeNext(ready, current, picture, accountOf);
    },
    onLoad: picture.load,
  });

  const chip = (post: Post): ReactNode => (
    <Chip
      key={post.id}
      post={post}
      zone={zone}
      accountName={accountOf(post)}
      waits={waitsOf(post, where(post.accountId, post.network).account)}
      isPicked={picked.ids.has(post.id)}
      isLeaving={leaving.has(post.id)}
      isTall={range.by === 'hour'}
    />
  );
  const shared = { rows, current: current?.key ?? '', today, zone, free, chip, onOpenDay: openDay };
  return (
    <Screen
      isWide
      title={titleOf(view, date, range)}
      actions={
        <>
          <div className={css.fresh}>
            <FreshBar count={picture.waiting} onLoad={picture.load} />
          </div>
          <Toolbar view={view} onView={show} onStep={step} onToday={() => go({ date: undefined })} />
        </>
      }
    >
      <div className={css.filters}>
        <Filters
          account={search.account}
          section={search.section}
          state={search.state}
          author={search.author}
          onChange={go}
        />
        <ViewsMenu search={{ ...search, view }} onOpen={(saved) => void navigate({ to: '/calendar', search: saved })} />
        {mayExport && rows.length > 0 && (
          <Button size="compact-sm" variant="default" component="a" href={exportAddress(filter, from, to)} download>
            {calendarTexts.csv}
          </Button>
        )}
        <small className={css.muted}>{calendarTexts.zoneNote(placeOf(zone))}</small>
      </div>
      {query.data !== undefined && <StaleBar of={query.dataUpdatedAt} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Bones rows={4} height={110} />}
      {picture.isEmpty && (
        <NothingHere picture={picture} onClear={() => void navigate({ to: '/calendar', search: { view, date } })} />
      )}
      {rows.length > 0 && view !== 'agenda' && (
        <ReadyTray posts={ready} {...drops.handlers} isStrip>
          {mayPlace && <small className={`${css.muted} ${css.hint}`}>{calendarTexts.placeHint}</small>}
        </ReadyTray>
      )}
      {rows.length > 0 && view !== 'agenda' && ready.length === 0 && (
        <p className={css.noneReady}>{calendarTexts.noneReadyHint}</p>
      )}
      {rows.length > 0 && (
        <div className={view === 'agenda' ? '' : css.scroll} ref={box} {...board} {...drops.handlers}>
          {view === 'month' && <MonthView {...shared} box={box} />}
          {range.by === 'hour' && (
            <HourView
              {...shared}
              now={now}
              box={box}
              nameOf={(id) => where(id, '').accountName}
              onNew={mayPlace ? (at, accountId) => setNewAt({ at, accountId }) : null}
            />
          )}
          {view === 'agenda' && (
            <Agenda days={rows[0] ?? []} zone={zone} picked={picked.ids} onOpen={open} onOpenDay={openDay} />
          )}
        </div>
      )}
      {drops.label}
      <PickedBar
        posts={posts.filter(({ id }) => picked.ids.has(id))}
        onOpen={open}
        onMove={moveAll}
        onNone={picked.none}
      />
      {newAt !== null && <NewHere place={newAt} zone={zone} onClose={() => setNewAt(null)} />}
    </Screen>
  );
}
