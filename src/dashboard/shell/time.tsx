import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';
import { clockOf, dayOf, offsetOf, placeOf, shortTime } from './clock.ts';

export { clockOf, dateOf, dayOf, latenessOf, offsetOf, placeOf, shortTime, spanOf } from './clock.ts';

/** Every time is shown on the newsroom's clock; other clocks stand in the tip. */

export const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useZone(): string {
  return useQuery(sessionQuery).data?.timeZone ?? viewerZone;
}

/** The present, told anew every `everyMs`. */
export function useNow(everyMs = 1_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** An instant on the newsroom's clock, the reader's where that is another, and by UTC. */
export function zonesOf(date: Date, zone: string): string {
  const lines = [`${placeOf(zone)} ${dayOf(date, zone)} ${clockOf(date, zone)} (${offsetOf(date, zone)})`];
  if (viewerZone !== zone) lines.push(`${texts.time.yours} ${dayOf(date, viewerZone)} ${clockOf(date, viewerZone)}`);
  lines.push(`UTC ${dayOf(date, 'UTC')} ${clockOf(date, 'UTC')}`);
  return lines.join(' · ');
}

/** A time as people read it; other zones on hover, and on focus where it can be focused. */
export function Time({ at, isFocusable = false }: { at: string | Date; isFocusable?: boolean }): ReactNode {
  const zone = useZone();
  const date = typeof at === 'string' ? new Date(at) : at;
  return (
    <Tooltip label={zonesOf(date, zone)} multiline maw={320}>
      <time dateTime={date.toISOString()} {...(isFocusable ? { tabIndex: 0 } : {})}>
        {shortTime(date, zone, new Date())}
      </time>
    </Tooltip>
  );
}
