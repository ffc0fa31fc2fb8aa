import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { clockEvents, present } from '../api/server-clock.ts';
import { texts } from '../texts.ts';
import { clockOf, dayOf, offsetOf, placeOf, shortTime } from './clock.ts';

export { clockOf, dateOf, dayOf, latenessOf, offsetOf, placeOf, shortTime, spanOf } from './clock.ts';

/** Every time is shown on the newsroom's clock; other clocks stand in the tip. */

export const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useZone(): string {
  return useQuery(sessionQuery).data?.timeZone ?? viewerZone;
}

/** The present by the newsroom's server, told anew every `everyMs`, and when this machine's clock is found to be another. */
export function useNow(everyMs = 1_000): Date {
  const [now, setNow] = useState(present);
  useEffect(() => {
    const tell = (): void => setNow(present());
    const timer = setInterval(tell, everyMs);
    clockEvents.addEventListener('moved', tell);
    return () => {
      clearInterval(timer);
      clockEvents.removeEventListener('moved', tell);
    };
  }, [everyMs]);
  return now;
}

/** A clock besides the newsroom's: whose it is, and its IANA zone. */
export interface OwnClock {
  readonly name: string;
  readonly zone: string;
}

/** An instant on the newsroom's clock, then on its accounts' and the reader's where those are others, and by UTC. */
export function zonesOf(date: Date, zone: string, accounts: readonly OwnClock[] = []): string[] {
  const told = (of: string): string => `${dayOf(date, of)} ${clockOf(date, of)}`;
  const full = (of: string): string => `${placeOf(of)} ${told(of)} (${offsetOf(date, of)})`;
  const lines = [full(zone)];
  const others = accounts.filter((account) => account.zone !== zone && account.zone !== viewerZone);
  for (const [own, of] of Map.groupBy(others, (account) => account.zone))
    lines.push(`${of.map(({ name }) => name).join(', ')}: ${full(own)}`);
  if (viewerZone !== zone) lines.push(`${texts.time.yours} ${told(viewerZone)}`);
  lines.push(`UTC ${told('UTC')}`);
  return lines;
}

/**
 * Spread on whatever shows a time, so that its other clocks are told when it is pointed at or has the focus (`Tip`).
 * @param accountId whose clock is told as well; where it is a time of several, theirs. @param says what is told first.
 */
export function clockAt(
  at: string | Date,
  accountId?: string | readonly string[] | undefined,
  says?: string,
): Record<string, string> {
  return {
    'data-clock': typeof at === 'string' ? at : at.toISOString(),
    ...(accountId === undefined ? {} : { 'data-clock-of': [accountId].flat().join(' ') }),
    ...(says === undefined ? {} : { 'data-tip': says }),
  };
}

interface TimeProps {
  readonly at: string | Date;
  /** The account that it is a time of. */
  readonly of?: string | undefined;
  /** False inside of what takes the focus itself. */
  readonly isFocusable?: boolean;
}

/** A time as people read it; the other clocks on hover and on focus. */
export function Time({ at, of, isFocusable = true }: TimeProps): ReactNode {
  const zone = useZone();
  const date = typeof at === 'string' ? new Date(at) : at;
  return (
    <time dateTime={date.toISOString()} {...clockAt(date, of)} {...(isFocusable ? { tabIndex: 0 } : {})}>
      {shortTime(date, zone, present())}
    </time>
  );
}
