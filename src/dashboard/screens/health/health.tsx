import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import {
  accountsQuery,
  figuresQuery,
  holdsQuery,
  houseRulesQuery,
  networksQuery,
  postsQuery,
  workersQuery,
} from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Series } from '../../parts/chart.tsx';
import { ON_TIME_MS, hoursFromNow } from '../../parts/on-time.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { holdAll, resume } from '../../shell/holds.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { Screen } from '../../shell/screen.tsx';
import { clockOf, dayOf, latenessOf, spanOf, useNow, useZone } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { download } from '../../parts/export.ts';
import { bucketsOf } from './buckets.ts';
import { Foundations } from './foundations.tsx';
import css from './health.module.css';
import { Room } from './room.tsx';
import { SelfTestResult } from './self-test-result.tsx';
import { useSelfTest } from './self-test.ts';

const ranges = { '1 h': 1, '24 h': 24, '7 d': 168, '30 d': 720 } as const;
type Range = keyof typeof ranges;
const names = Object.keys(ranges) as Range[];
const COUNTS: Record<Range, number> = { '1 h': 30, '24 h': 48, '7 d': 56, '30 d': 60 };
const HOUR_MS = 3_600_000;
/** An hour of one newsroom. */
const MOST = 1_000;
const NO_POSTS: readonly Post[] = [];

/** Will posts go out on time in the next hours? What went out, how late, what is coming, what it all stands on. */
export function HealthScreen(): ReactNode {
  const zone = useZone();
  const now = useNow(15_000).getTime();
  const [range, setRange] = useState<Range>('24 h');
  const hours = ranges[range];
  const [network, setNetwork] = useState<string | null>(null);
  const figures = useQuery(figuresQuery(hours, COUNTS[range]));
  const networks = useQuery(networksQuery).data ?? [];
  const sent = useQuery(postsQuery({ state: ['published'], dueAfter: hoursFromNow(-2), sort: '-dueAt' }, MOST));
  const ahead = useQuery(postsQuery({ state: ['scheduled', 'publishing'], sort: 'dueAt' }, 2_000));
  const accounts = useQuery(accountsQuery).data ?? [];
  const workers = useQuery(workersQuery).data;
  const house = useQuery(houseRulesQuery).data?.rules;
  const held = useQuery(holdsQuery).data?.find((hold) => hold.scope === 'all');
  const holdOrResume = (): void => {
    if (held === undefined) holdAll();
    else void resume(held.id);
  };
  const selfTest = useSelfTest();

  useKeys(texts.nav.health, [
    ...names.map((name, index) => ({ keys: String(index + 1), label: name, run: () => setRange(name) })),
    { keys: 'p', label: held === undefined ? texts.health.hold : texts.strip.resume, run: holdOrResume },
    { keys: 's', label: texts.health.selfTest, run: () => void selfTest.run() },
    {
      keys: 'v',
      label: texts.health.asTable,
      run: () => {
        for (const button of document.querySelectorAll<HTMLElement>('main section header button[aria-pressed]'))
          button.click();
      },
    },
  ]);

  const whole = figures.data?.networks[0]?.whole;
  const measured = whole?.measured ?? 0;
  const onTime = whole?.onTime ?? 0;
  const published = (whole?.published ?? 0) + (whole?.retried ?? 0);
  const failed = whole?.failed ?? 0;
  const due = (ahead.data?.items ?? NO_POSTS).filter((post) => new Date(post.dueAt ?? 0).getTime() <= now);
  const oldest = Math.min(now, ...due.map((post) => new Date(post.dueAt ?? 0).getTime()));
  const buckets = figures.data === undefined ? [] : bucketsOf(figures.data, network);
  const labels = buckets.map(({ at }) =>
    hours > 24 ? `${dayOf(new Date(at), zone).slice(4)} ${clockOf(new Date(at), zone)}` : clockOf(new Date(at), zone),
  );

  return (
    <Screen
      isWide
      title={texts.nav.health}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={texts.health.range}
            data={names}
            value={range}
            onChange={(value) => setRange(value as Range)}
          />
          <Select
            size="xs"
            aria-label={texts.health.network}
            allowDeselect={false}
            data={[
              { value: '', label: texts.health.allNetworks },
              ...(figures.data?.networks ?? []).flatMap(({ network: id }) =>
                id === null ? [] : [{ value: id, label: networks.find((one) => one.id === id)?.name ?? id }],
              ),
            ]}
            value={network ?? ''}
            onChange={(value) => setNetwork(value || null)}
          />
          <Button size="compact-sm" variant="default" loading={selfTest.isBusy} onClick={() => void selfTest.run()}>
            {texts.health.selfTest}
          </Button>
          <Button size="compact-sm" variant="default" onClick={holdOrResume}>
            {held === undefined ? texts.health.hold : texts.strip.resume}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              download(
                'diagnostics.json',
                'application/json',
                JSON.stringify({ at: new Date(now), buckets, workers }, null, 2),
              )
            }
          >
            {texts.health.diagnostics}
          </Button>
        </>
      }
    >
      <StaleBar of={figures.dataUpdatedAt} />
      {selfTest.hops !== null && <SelfTestResult hops={selfTest.hops} />}
      {figures.error !== null && figures.data === undefined && (
        <ProblemCard error={figures.error} onRetry={() => void figures.refetch()} />
      )}
      {figures.isPending && <Bones rows={3} height={120} />}
      <dl className={css.figures}>
        <Figure
          name={texts.health.onTime}
          value={measured === 0 ? '–' : `${((100 * onTime) / measured).toFixed(1)} %`}
          hint={texts.health.onTimeWhy}
          isBad={measured > 0 && onTime / measured < 0.99}
        />
        <Figure name={texts.health.published} value={String(published)} hint={range} />
        <Figure name={texts.health.failed} value={String(failed)} hint={range} isBad={failed > 0} />
        <Figure
          name={texts.health.backlog}
          value={String(due.length)}
          hint={due.length === 0 ? '' : texts.health.oldest(spanOf(now - oldest))}
          isBad={now - oldest > ON_TIME_MS}
        />
        <Figure name={texts.health.scheduled} value={String((ahead.data?.items.length ?? 0) - due.length)} hint="" />
      </dl>
      {figures.data !== undefined && (
        <div className={css.charts}>
          <Chart
            title={texts.health.lateness}
            hint={published === 0 ? texts.health.collecting : texts.health.latenessWhy}
            labels={labels}
            labelName={texts.health.interval}
            kind="lines"
            show={latenessOf}
            mark={{ at: ON_TIME_MS, name: '30 s' }}
            series={[
              { name: texts.health.median, tone: 'green', values: buckets.map((one) => one.medianMs) },
              { name: texts.health.p95, tone: 'blue', dash: '5 3', values: buckets.map((one) => one.p95Ms) },
              { name: texts.health.worst, tone: 'red', dash: '1.500 3', values: buckets.map((one) => one.worstMs) },
            ]}
          />
          <Chart
            title={texts.health.throughput}
            hint={texts.health.throughputWhy}
            labels={labels}
            labelName={texts.health.interval}
            kind="bars"
            show={(value) => String(Math.round(value * 10) / 10)}
            series={[
              { name: texts.health.published, tone: 'green', values: buckets.map((one) => one.published) },
              { name: texts.health.retried, tone: 'blue', values: buckets.map((one) => one.retried) },
              { name: texts.health.held, tone: 'amber', values: buckets.map((one) => one.held) },
              { name: texts.health.failed, tone: 'red', values: buckets.map((one) => one.failed) },
            ]}
          />
          <Chart
            title={texts.health.load}
            hint={texts.health.loadWhy}
            labels={Array.from({ length: 24 }, (_, hour) => clockOf(new Date(now + hour * HOUR_MS), zone))}
            labelName={texts.health.interval}
            kind="bars"
            show={(value) => String(Math.round(value * 10) / 10)}
            series={loadOf(ahead.data?.items ?? NO_POSTS, accounts, now)}
          />
          <Room
            accounts={accounts}
            sent={sent.data?.items ?? NO_POSTS}
            ahead={ahead.data?.items ?? NO_POSTS}
            house={house}
            now={now}
          />
          <Foundations workers={workers ?? []} accounts={accounts} now={now} />
        </div>
      )}
    </Screen>
  );
}

const tones = ['blue', 'violet', 'amber', 'green', 'red'] as const;
const MOST_ACCOUNTS = 5;

/** Posts of the next 24 hours, by hour and account. */
function loadOf(posts: readonly Post[], accounts: readonly { id: string; name: string }[], now: number): Series[] {
  const counts = new Map<string, number[]>();
  for (const post of posts) {
    const hour = Math.floor((new Date(post.dueAt ?? 0).getTime() - now) / HOUR_MS);
    if (hour < 0 || hour >= 24) continue;
    const hours = counts.get(post.accountId) ?? Array.from({ length: 24 }, () => 0);
    hours[hour] = (hours[hour] ?? 0) + 1;
    counts.set(post.accountId, hours);
  }
  const list = [...counts].slice(0, MOST_ACCOUNTS);
  if (list.length === 0)
    return [{ name: texts.health.scheduled, tone: 'blue', values: Array.from({ length: 24 }, () => 0) }];
  return list.map(([id, values], index) => ({
    name: accounts.find((one) => one.id === id)?.name ?? id,
    tone: tones[index] ?? 'blue',
    values,
  }));
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly hint: string;
  readonly isBad?: boolean;
}

function Figure({ name, value, hint, isBad = false }: FigureProps): ReactNode {
  return (
    <div className={isBad ? css.bad : ''}>
      <dt>{name}</dt>
      <dd>
        <strong className="tabular">
          {isBad && <span aria-hidden="true">⚠ </span>}
          {value}
        </strong>
        <small>{hint}</small>
      </dd>
    </div>
  );
}
