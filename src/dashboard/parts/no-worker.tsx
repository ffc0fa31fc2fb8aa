import { Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { workersQuery } from '../api/queries.ts';
import { spanOf } from '../shell/time.tsx';
import { rundownTexts } from '../texts/rundown.ts';
import css from './cards.module.css';

/** Says that nobody publishes, since when, and with which command somebody does. @param now in milliseconds. */
export function NoWorker({ now }: { now: number }): ReactNode {
  const workers = useQuery(workersQuery).data;
  if (workers === undefined || workers.some((worker) => worker.isAlive)) return null;
  const seen = Math.max(0, ...workers.map((worker) => new Date(worker.seenAt).getTime()));
  return (
    <p className={css.warning} role="alert">
      {rundownTexts.noWorker(seen === 0 ? null : spanOf(now - seen))} <Code>npm start -- --role worker</Code>
    </p>
  );
}
