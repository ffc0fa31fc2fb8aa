import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { nextQuery, postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { NEAR_TRAY, ReadyTray } from '../../parts/ready-tray.tsx';
import { NoWorker } from '../../parts/no-worker.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { useHold } from '../../parts/use-hold.ts';
import { useMay } from '../../parts/use-may.ts';
import { useIsPointed } from '../../parts/use-pointed.ts';
import { useStill, useStillPosts } from '../../parts/use-still.ts';
import { holdAll } from '../../shell/holds.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { useLive } from '../../shell/live.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useNow } from '../../shell/time.tsx';
import { move, nudge, sendNow } from '../../shell/timing.ts';
import { may } from '../../shell/verbs.ts';
import { cancel } from '../../shell/withdraw.ts';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import { Calm } from './calm.tsx';
import { BOARD, Lanes } from './lanes.tsx';
import { timeOf } from './layout.ts';
import { NextList } from './next-list.tsx';
import css from './rundown.module.css';
import { useBoard } from './use-board.ts';
import { useTray } from './use-tray.tsx';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How much of the past and the future each zoom shows. */
const zooms = {
  '1 h': { back: 15 * MINUTE_MS, ahead: HOUR_MS },
  '6 h': { back: HOUR_MS, ahead: 6 * HOUR_MS },
  '24 h': { back: 2 * HOUR_MS, ahead: 24 * HOUR_MS },
} as const;
type Zoom = keyof typeof zooms;
const zoomNames = Object.keys(zooms) as Zoom[];

/** What leaves the building next, and is anything wrong? */
export function RundownScreen(): ReactNode {
  const navigate = useNavigate();
  const live = useLive();
  const hold = useHold();
  const mayHold = useMay('posts:publish');
  const now = useNow(5_000).getTime();
  const [zoom, setZoom] = useState<Zoom>('6 h');
  const [shift, setShift] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const isPointed = useIsPointed(BOARD);
  // Time passes on the line of the present; the board itself does not run away from under the mouse.
  const middle = useStill(now, isPointed, asked) + shift;
  const from = middle - zooms[zoom].back;
  const to = middle + zooms[zoom].ahead;

  const { query, accounts, holds, plans, posts } = useBoard(from, to, now);
  const approved = useQuery(postsQuery({ state: ['approved'] }, 50)).data?.items ?? [];
  // One that was just given a time is in the list until that is read again.
  const isReady = (one: Post): boolean => one.state === 'approved';
  const ready = useStillPosts(approved.filter(isReady), NEAR_TRAY, asked);
  // Also where the board shows another stretch of time.
  const next = useQuery(nextQuery).data?.items;
  const isCalmNow = next !== undefined && !next.some((one) => timeOf(one) <= now + zooms[zoom].ahead);
  const isCalm = useStill(isCalmNow, isPointed, `${asked} ${zoom} ${next === undefined}`);
  const tray = useTray(ready, from, to);
  const visible = posts.filter((post) => timeOf(post) >= from && timeOf(post) <= to);
  const post = posts.find((one) => one.id === chosen);

  const open = (one: Post): void => {
    if (one.articleId !== null) void navigate({ to: '/stories/$id', params: { id: one.articleId } });
    else void navigate({ to: one.state === 'published' ? '/outbox' : '/desk' });
  };
  const step = (by: 1 | -1): void => {
    // What waits to be drawn is not reached: keys would act on what nobody sees.
    const drawn = visible.filter(({ id }) => document.querySelector(`[data-card="${id}"]`) !== null);
    const index = drawn.findIndex((one) => one.id === chosen);
    const next = drawn[index < 0 ? drawn.findIndex((one) => timeOf(one) >= now) : index + by] ?? drawn[0];
    if (next === undefined) return;
    setChosen(next.id);
    document.querySelector<HTMLElement>(`[data-card="${next.id}"]`)?.focus();
  };
  const load = (): void => setAsked(asked + 1);
  const toNow = (): void => {
    setShift(0);
    load();
  };
  const zoomBy = (by: 1 | -1): void => setZoom(zoomNames[zoomNames.indexOf(zoom) + by] ?? zoom);
  const withPost = (work: (one: Post) => unknown) => (): void => {
    if (post !== undefined) void work(post);
  };

  useKeys(texts.nav.rundown, [
    { keys: 'j', label: texts.keys.next, moves: true, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, moves: true, run: () => step(-1) },
    { keys: 'ArrowRight', label: rundownTexts.later, moves: true, run: () => setShift(shift + 15 * MINUTE_MS) },
    { keys: 'ArrowLeft', label: rundownTexts.earlier, moves: true, run: () => setShift(shift - 15 * MINUTE_MS) },
    { keys: '+', label: rundownTexts.zoomIn, run: () => zoomBy(-1) },
    { keys: '-', label: rundownTexts.zoomOut, run: () => zoomBy(1) },
    { keys: 't', label: rundownTexts.now, run: toNow },
    { keys: '.', label: texts.keys.load, run: load },
    { keys: '[', label: texts.verbs.earlier, needs: 'posts:publish', run: withPost((one) => nudge([one], -5)) },
    { keys: ']', label: texts.verbs.later, needs: 'posts:publish', run: withPost((one) => nudge([one], 5)) },
    { keys: '{', label: rundownTexts.hourEarlier, needs: 'posts:publish', run: withPost((one) => nudge([one], -60)) },
    { keys: '}', label: rundownTexts.hourLater, needs: 'posts:publish', run: withPost((one) => nudge([one], 60)) },
    { keys: 'm', label: texts.verbs.move, needs: 'posts:publish', run: withPost((one) => move([one])) },
    { keys: 'h', label: texts.holds.postKey, needs: 'posts:publish', run: withPost((one) => hold([one])) },
    {
      keys: 'p',
      label: texts.verbs.now,
      needs: 'posts:publish',
      run: withPost((one) => (may(one, 'publish') ? sendNow(one) : undefined)),
    },
    { keys: 'c', label: texts.verbs.cancel, needs: 'posts:write', run: withPost((one) => cancel([one])) },
    { keys: 'o', label: texts.keys.open, run: withPost(open) },
    { keys: 'Enter', label: rundownTexts.openChosen, isOfFocus: true, run: withPost(open) },
  ]);

  return (
    <Screen
      isWide
      title={texts.nav.rundown}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={rundownTexts.zoom}
            data={zoomNames}
            value={zoom}
            onChange={(value) => setZoom(value as Zoom)}
          />
          <Button.Group>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={rundownTexts.earlier}
              onClick={() => setShift(shift - 15 * MINUTE_MS)}
            >
              ←
            </Button>
            <Button size="compact-sm" variant="default" onClick={toNow}>
              {rundownTexts.now}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={rundownTexts.later}
              onClick={() => setShift(shift + 15 * MINUTE_MS)}
            >
              →
            </Button>
          </Button.Group>
          {mayHold && (
            <Button size="compact-sm" variant="outline" color="red.9" className={css.hold} onClick={holdAll}>
              {texts.holds.all}
            </Button>
          )}
        </>
      }
    >
      <NoWorker now={now} />
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Bones rows={3} height={80} />}
      {query.data !== undefined && <StaleBar of={query.dataUpdatedAt} />}
      <div className={live.kind === 'stale' ? css.dimmed : undefined}>
        <div className={css.layout} data-rundown>
          <div>
            {query.data !== undefined && accounts.length > 0 && (
              <div className={css.lanesOnly}>
                <Lanes
                  posts={posts}
                  accounts={accounts}
                  plans={plans}
                  holds={holds}
                  from={from}
                  to={to}
                  now={now}
                  asked={asked}
                  onAsk={load}
                  chosen={chosen}
                  onChoose={setChosen}
                  onOpen={open}
                />
              </div>
            )}
            {query.data !== undefined && isCalm && <Calm span={zoom} />}
            <ReadyTray posts={ready} {...tray.handlers} />
            {tray.label}
          </div>
          <NextList posts={(next ?? []).slice(0, 10)} onOpen={open} />
        </div>
      </div>
    </Screen>
  );
}
