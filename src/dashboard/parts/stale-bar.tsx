import type { ReactNode } from 'react';
import { onServerClock } from '../api/server-clock.ts';
import { useLive } from '../shell/live.tsx';
import { clockOf, useZone } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import css from './cards.module.css';

/** Says of when a picture is, where it is no longer of now. @param of when it was asked for, in milliseconds. */
export function StaleBar({ of }: { of: number }): ReactNode {
  const live = useLive();
  const zone = useZone();
  if (live.kind !== 'stale') return null;
  return (
    <p className={css.stale} role="status">
      {texts.live.lastKnown(clockOf(new Date(onServerClock(of)), zone))}
    </p>
  );
}
