import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import { useLive } from './live.tsx';
import css from './shell.module.css';
import { clockOf, spanOf, useZone } from './time.tsx';

/** Whether the picture is of now. The sign differs as well as the word and the colour. */
export function LiveChip({ now }: { now: Date }): ReactNode {
  const live = useLive();
  const zone = useZone();
  const [sign, words] =
    live.kind === 'live'
      ? ['●', texts.live.live]
      : live.kind === 'connecting'
        ? ['◌', texts.live.connecting]
        : live.kind === 'reconnecting'
          ? ['◐', texts.live.reconnecting(spanOf(now.getTime() - live.since))]
          : ['○', texts.live.stale(clockOf(new Date(live.since), zone))];
  return (
    <span className={css.live} data-live={live.kind}>
      <span aria-hidden="true">{sign}</span> {words}
    </span>
  );
}
