import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountsQuery } from '../../api/queries.ts';
import { present } from '../../api/server-clock.ts';
import type { Figures, Outlook } from '../../api/types.ts';
import { Chart } from '../../parts/chart.tsx';
import { ON_TIME_MS } from '../../parts/on-time.ts';
import { dayInMonthOf } from '../../shell/clock.ts';
import { clockOf, latenessOf, shortTime, useZone } from '../../shell/time.tsx';
import { healthTexts } from '../../texts/health.ts';
import { bucketsOf } from './buckets.ts';
import { loadOf } from './load.ts';

const words = healthTexts;
const HOUR_MS = 3_600_000;

/** How late posts were and what became of them, of one network or (null) all. */
export function PastCharts({ figures, network }: { figures: Figures; network: string | null }): ReactNode {
  const zone = useZone();
  const buckets = bucketsOf(figures, network);
  const isLong = figures.stretchMs * buckets.length > 24 * HOUR_MS;
  const labels = buckets.map(({ at }) => {
    const when = new Date(at);
    return isLong ? `${dayInMonthOf(when, zone)} ${clockOf(when, zone)}` : clockOf(when, zone);
  });
  const isEmpty = figures.networks[0]?.whole.measured === 0;
  const { collectingSince } = figures;
  const since =
    collectingSince === null ? null : words.collectingSince(shortTime(new Date(collectingSince), zone, present()));
  return (
    <>
      <Chart
        title={words.lateness}
        hint={isEmpty ? (since ?? words.collecting) : words.latenessWhy}
        labels={labels}
        labelName={words.interval}
        kind="lines"
        show={latenessOf}
        mark={{ at: ON_TIME_MS, name: '30 s' }}
        series={[
          { name: words.median, tone: 'green', values: buckets.map((one) => one.medianMs) },
          { name: words.p95, tone: 'blue', dash: '5 3', values: buckets.map((one) => one.p95Ms) },
          { name: words.worst, tone: 'red', dash: '1.500 3', values: buckets.map((one) => one.worstMs) },
        ]}
      />
      <Chart
        title={words.throughput}
        hint={words.throughputWhy}
        labels={labels}
        labelName={words.interval}
        kind="bars"
        show={String}
        series={[
          { name: words.published, tone: 'green', values: buckets.map((one) => one.published) },
          { name: words.retried, tone: 'blue', values: buckets.map((one) => one.retried) },
          { name: words.held, tone: 'amber', values: buckets.map((one) => one.held) },
          { name: words.failed, tone: 'red', values: buckets.map((one) => one.failed) },
        ]}
      />
    </>
  );
}

/** Posts of the next 24 hours, by hour and account, against what an hour takes. */
export function LoadChart({ outlook }: { outlook: Outlook }): ReactNode {
  const zone = useZone();
  const accounts = useQuery(accountsQuery).data ?? [];
  const start = new Date(outlook.at).getTime();
  return (
    <Chart
      title={words.load}
      hint={words.loadWhy}
      labels={Array.from({ length: 24 }, (_, hour) => clockOf(new Date(start + hour * HOUR_MS), zone))}
      labelName={words.interval}
      kind="bars"
      show={String}
      {...loadOf(outlook.accounts, (id) => accounts.find((one) => one.id === id)?.name ?? '…')}
    />
  );
}
