import { Button, Select, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { postStates } from '../../../domain/post.ts';
import type { PostState } from '../../../domain/post.ts';
import { accountsQuery, postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PostMenu } from '../../parts/post-menu.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { useKeys } from '../../shell/keys.tsx';
import { useLeaving } from '../../shell/leaving.ts';
import { move, nudge } from '../../shell/timing.ts';
import { may } from '../../shell/verbs.ts';
import { Screen } from '../../shell/screen.tsx';
import { clockOf, dateOf, dayOf, placeOf, useNow, useZone } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { download, toCsv } from '../../parts/export.ts';
import { Agenda } from './agenda.tsx';
import css from './calendar.module.css';
import { Chip } from './chip.tsx';
import type { View } from './days.ts';
import { byDay, daysOf, stepped, views } from './days.ts';
import { HourGrid } from './hour-grid.tsx';
import { MonthGrid } from './month-grid.tsx';

const MOST = 10_000;
const NO_POSTS: readonly Post[] = [];

/** What is planned, over days and weeks. View, day and filters stand in the address. */
export function CalendarScreen(): ReactNode {
  const zone = useZone();
  const now = useNow(30_000);
  const navigate = useNavigate();
  const search = useSearch({ from: '/calendar' });
  const today = dateOf(now, zone);
  const view: View = search.view ?? 'week';
  const date = search.date ?? today;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const accounts = useQuery(accountsQuery).data ?? [];
  const where = useWhere();
  const leaving = useLeaving();
  const days = useMemo(() => daysOf(view, date, zone), [view, date, zone]);
  const from = new Date(days[0]?.start ?? 0);
  const to = new Date(days.at(-1)?.end ?? 0);
  const query = useQuery(
    postsQuery(
      {
        dueAfter: from.toISOString(),
        dueBefore: to.toISOString(),
        sort: 'dueAt',
        ...(search.account === undefined ? {} : { account: search.account }),
        ...(search.state === undefined ? {} : { state: [search.state] }),
      },
      MOST,
    ),
  );
  const items = query.data?.items ?? NO_POSTS;
  const posts = useMemo(
    () =>
      search.state === undefined
        ? items.filter((post) => post.state !== 'cancelled' && post.state !== 'superseded')
        : items,
    [items, search.state],
  );
  const lists = useMemo(() => byDay(posts, days), [posts, days]);
  const ready = useQuery(postsQuery({ state: ['approved'] }, 50)).data?.items.length ?? 0;
  const chosen = posts.find((post) => post.id === chosenId);

  const go = (change: Partial<typeof search>): void =>
    void navigate({ to: '/calendar', search: { ...search, ...change } });
  const open = (post: Post): void => {
    if (post.articleId !== null) void navigate({ to: '/stories/$id', params: { id: post.articleId } });
    else void navigate({ to: post.state === 'published' ? '/outbox' : '/desk' });
  };
  const step = (by: number): void => {
    const next =
      posts[Math.max(0, Math.min(posts.length - 1, (chosen === undefined ? -by : posts.indexOf(chosen)) + by))];
    if (next === undefined) return;
    setChosenId(next.id);
    document.querySelector<HTMLElement>(`[data-chip="${next.id}"]`)?.focus();
  };
  /** Puts a post on another day, and at another hour where one is given; its minutes stay. */
  const drop = (id: string, day: string, hour: number | null): void => {
    const post = posts.find((one) => one.id === id);
    if (post === undefined) return;
    if (post.state !== 'scheduled' || !may(post, 'schedule')) return done(texts.calendar.cannotMove);
    const clock = clockOf(new Date(post.dueAt ?? 0), zone);
    const wallTime = `${day}T${hour === null ? clock : `${String(hour).padStart(2, '0')}${clock.slice(2)}`}`;
    if (wallTime < `${today}T${clockOf(now, zone)}`) return done(texts.calendar.past);
    void move([post], { wallTime, timeZone: zone });
  };
  const movable = (work: (post: Post) => unknown) => (): void => {
    if (chosen !== undefined && may(chosen, 'schedule')) void work(chosen);
    else if (chosen !== undefined) done(texts.calendar.cannotMove);
  };

  useKeys(texts.nav.calendar, [
    { keys: 'd', label: texts.calendar.day, run: () => go({ view: 'day' }) },
    { keys: 'w', label: texts.calendar.week, run: () => go({ view: 'week' }) },
    {
      keys: 'm',
      label: `${texts.calendar.month} / ${texts.verbs.move}`,
      run: () => (chosen === undefined ? go({ view: 'month' }) : movable((post) => move([post]))()),
    },
    { keys: 'l', label: texts.calendar.agenda, run: () => go({ view: 'agenda' }) },
    { keys: 't', label: texts.calendar.today, run: () => go({ date: undefined }) },
    { keys: 'ArrowLeft', label: texts.calendar.before, run: () => go({ date: stepped(view, date, -1) }) },
    { keys: 'ArrowRight', label: texts.calendar.after, run: () => go({ date: stepped(view, date, 1) }) },
    { keys: 'j', label: texts.keys.next, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, run: () => step(-1) },
    { keys: '[', label: texts.verbs.earlier, run: movable((post) => nudge([post], -5)) },
    { keys: ']', label: texts.verbs.later, run: movable((post) => nudge([post], 5)) },
    {
      keys: 'o',
      label: texts.keys.open,
      run: () => {
        if (chosen !== undefined) open(chosen);
      },
    },
    { keys: 'Escape', label: texts.desk.none, run: () => setChosenId(null) },
  ]);

  const chip = (post: Post): ReactNode => (
    <Chip
      key={post.id}
      post={post}
      zone={zone}
      accountName={where(post.accountId, post.network).accountName}
      isChosen={post.id === chosenId}
      isLeaving={leaving.has(post.id)}
      onChoose={setChosenId}
      onOpen={open}
    />
  );
  const openDay = (day: string): void => go({ view: 'day', date: day });

  return (
    <Screen
      isWide
      title={rangeOf(view, from, to, date, zone)}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={texts.calendar.view}
            data={views.map((value) => ({ value, label: texts.calendar[value] }))}
            value={view}
            onChange={(value) => go({ view: value as View })}
          />
          <Button.Group>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={texts.calendar.before}
              onClick={() => go({ date: stepped(view, date, -1) })}
            >
              ←
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => go({ date: undefined })}>
              {texts.calendar.today}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={texts.calendar.after}
              onClick={() => go({ date: stepped(view, date, 1) })}
            >
              →
            </Button>
          </Button.Group>
        </>
      }
    >
      <div className={css.filters}>
        <Select
          size="xs"
          aria-label={texts.calendar.account}
          placeholder={texts.calendar.allAccounts}
          clearable
          clearButtonProps={{ 'aria-label': texts.calendar.allAccounts }}
          data={accounts.map((one) => ({ value: one.id, label: one.name }))}
          value={search.account ?? null}
          onChange={(value) => go({ account: value ?? undefined })}
        />
        <Select
          size="xs"
          aria-label={texts.calendar.state}
          placeholder={texts.calendar.allStates}
          clearable
          clearButtonProps={{ 'aria-label': texts.calendar.allStates }}
          data={postStates.map((value) => ({ value, label: texts.states[value] }))}
          value={search.state ?? null}
          onChange={(value) => go({ state: (value ?? undefined) as PostState | undefined })}
        />
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => download('calendar.csv', 'text/csv', toCsv(posts, where))}
        >
          {texts.calendar.csv}
        </Button>
        {chosen !== undefined && (
          <PostMenu post={chosen}>
            <Button size="compact-sm" variant="light">
              {texts.post.more(where(chosen.accountId, chosen.network).accountName)}
            </Button>
          </PostMenu>
        )}
        <small className={css.muted}>{texts.calendar.zoneNote(placeOf(zone))}</small>
      </div>
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Bones rows={4} height={110} />}
      {query.data !== undefined && view === 'month' && (
        <MonthGrid
          days={days}
          lists={lists}
          today={today}
          chip={chip}
          onDrop={(id, day) => drop(id, day, null)}
          onOpenDay={openDay}
        />
      )}
      {query.data !== undefined && (view === 'week' || view === 'day') && (
        <HourGrid
          days={days}
          lists={lists}
          today={today}
          zone={zone}
          now={now}
          chip={chip}
          onDrop={drop}
          onOpenDay={openDay}
        />
      )}
      {query.data !== undefined && view === 'agenda' && <Agenda days={days} lists={lists} onOpen={open} />}
      {query.data !== undefined && posts.length === 0 && (
        <Empty
          title={texts.calendar.empty}
          why={ready > 0 ? texts.calendar.fill(texts.posts(ready)) : texts.calendar.noneReady}
        >
          <Button component={Link} to={ready > 0 ? '/' : '/intake'}>
            {ready > 0 ? texts.nav.rundown : texts.calendar.newHere}
          </Button>
        </Empty>
      )}
    </Screen>
  );
}

function rangeOf(view: View, from: Date, to: Date, date: string, zone: string): string {
  if (view === 'month') {
    return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${date}T12:00Z`),
    );
  }
  const first = dayOf(from, zone);
  return view === 'day' ? first : `${first} – ${dayOf(new Date(to.getTime() - 1), zone)}`;
}
