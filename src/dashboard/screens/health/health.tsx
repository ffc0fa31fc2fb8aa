import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import {
  figuresQuery,
  foundationsQuery,
  holdsQuery,
  networksQuery,
  outlookQuery,
  workersQuery,
} from '../../api/queries.ts';
import { present } from '../../api/server-clock.ts';
import { Bones } from '../../parts/bones.tsx';
import { download } from '../../parts/export.ts';
import { NoWorker } from '../../parts/no-worker.tsx';
import { DAY } from '../../parts/on-time.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useIsWhereKnown } from '../../parts/use-networks.ts';
import { holdAll, resume } from '../../shell/holds.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useNow } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { healthTexts } from '../../texts/health.ts';
import { ByNetwork } from './by-network.tsx';
import { LoadChart, PastCharts } from './charts.tsx';
import { Foundations } from './foundations.tsx';
import css from './health.module.css';
import { Room } from './room.tsx';
import { SelfTestResult } from './self-test-result.tsx';
import { useSelfTest } from './self-test.ts';
import { Summary } from './summary.tsx';
import { Tokens } from './tokens.tsx';
import { Workers } from './workers.tsx';

const ranges = {
  '1 h': { hours: 1, stretches: 30 },
  '24 h': DAY,
  '7 d': { hours: 168, stretches: 56 },
  '30 d': { hours: 720, stretches: 60 },
} as const;
type Range = keyof typeof ranges;
const names = Object.keys(ranges) as Range[];

/** Will posts go out on time in the next hours? What went out, how late, what is coming, what it all stands on. */
export function HealthScreen(): ReactNode {
  const now = useNow(5_000).getTime();
  const [range, setRange] = useState<Range>('24 h');
  const [network, setNetwork] = useState<string | null>(null);
  const figures = useQuery(figuresQuery(ranges[range].hours, ranges[range].stretches));
  const outlook = useQuery(outlookQuery);
  const workers = useQuery(workersQuery).data;
  const foundations = useQuery(foundationsQuery).data;
  const networks = useQuery(networksQuery).data ?? [];
  // What stands above a button comes before it, so that it is not moved away from the pointer.
  const isWhereKnown = useIsWhereKnown();
  const isSet = figures.isFetched && outlook.isFetched && isWhereKnown;
  const held = useQuery(holdsQuery).data?.find((hold) => hold.scope === 'all');
  const mayPublish = useMay('posts:publish');
  const maySeeQueues = useMay('queues:read');
  const holdOrResume = (): void => {
    if (held === undefined) holdAll();
    else void resume(held.id);
  };
  const selfTest = useSelfTest();
  const test = (): void => void selfTest.run();

  useKeys(texts.nav.health, [
    ...names.map((name, index) => ({ keys: String(index + 1), label: name, run: () => setRange(name) })),
    {
      keys: 'p',
      label: held === undefined ? healthTexts.hold : texts.strip.resume,
      needs: 'posts:publish',
      run: holdOrResume,
    },
    { keys: 's', label: healthTexts.selfTest, needs: 'posts:publish', run: test },
    {
      keys: 'v',
      label: healthTexts.asTable,
      run: () => {
        for (const button of document.querySelectorAll<HTMLElement>('main section header button[aria-pressed]'))
          button.click();
      },
    },
  ]);

  const saveDiagnostics = (): void => {
    const all = { at: present(), figures: figures.data, outlook: outlook.data, workers, foundations };
    download('diagnostics.json', 'application/json', JSON.stringify(all, null, 2));
  };

  return (
    <Screen
      isWide
      title={texts.nav.health}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={healthTexts.range}
            data={names}
            value={range}
            onChange={(value) => setRange(value as Range)}
          />
          <Select
            size="xs"
            w={140}
            aria-label={healthTexts.network}
            allowDeselect={false}
            data={[
              { value: '', label: healthTexts.allNetworks },
              ...(figures.data?.networks ?? []).flatMap(({ network: id }) =>
                id === null ? [] : [{ value: id, label: networks.find((one) => one.id === id)?.name ?? id }],
              ),
            ]}
            value={network ?? ''}
            onChange={(value) => setNetwork(value || null)}
          />
          {mayPublish && (
            <Button size="compact-sm" variant="default" loading={selfTest.isBusy} onClick={test}>
              {healthTexts.selfTest}
            </Button>
          )}
          {mayPublish && (
            <Button size="compact-sm" variant="default" onClick={holdOrResume}>
              {held === undefined ? healthTexts.hold : texts.strip.resume}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={saveDiagnostics}>
            {healthTexts.diagnostics}
          </Button>
          {maySeeQueues && (
            <Button size="compact-sm" variant="default" component="a" href="/ops/queues" target="_blank">
              {healthTexts.queues}
            </Button>
          )}
        </>
      }
    >
      <StaleBar of={figures.dataUpdatedAt} />
      <NoWorker now={now} />
      {selfTest.hops !== null && <SelfTestResult hops={selfTest.hops} />}
      {figures.error !== null && figures.data === undefined && (
        <ProblemCard error={figures.error} onRetry={() => void figures.refetch()} />
      )}
      {!isSet && <Bones rows={3} height={120} />}
      <Summary figures={figures.data} outlook={outlook.data} range={range} now={now} />
      {isSet && (
        <div className={css.charts}>
          {figures.data !== undefined && <PastCharts figures={figures.data} network={network} />}
          {outlook.data !== undefined && <LoadChart outlook={outlook.data} />}
          {outlook.data !== undefined && <Room outlook={outlook.data} now={now} />}
          {figures.data !== undefined && <ByNetwork figures={figures.data} range={range} />}
          <Tokens now={now} />
          <Workers now={now} />
          <Foundations now={now} />
        </div>
      )}
    </Screen>
  );
}
