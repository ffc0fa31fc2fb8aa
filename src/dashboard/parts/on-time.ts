import { useQuery } from '@tanstack/react-query';
import { figuresQuery } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';

/** A post is on time when it went out at most this much after it was due. */
export const ON_TIME_MS = 30_000;
const HOUR_MS = 3_600_000;
/** The stretches of the day's figures, one address for all who ask for them. */
export const DAY = { hours: 24, stretches: 48 } as const;

/** An instant some hours from now, on the full hour, so that the address stays the same for a while. */
export function hoursFromNow(hours: number): string {
  return new Date(Math.floor(serverNow() / HOUR_MS) * HOUR_MS + hours * HOUR_MS).toISOString();
}

/** `99.4`; 100 only where all were on time. */
export function onTimePercent({ measured, onTime }: { measured: number; onTime: number }): string {
  return measured === onTime ? '100' : Math.min(99.9, (100 * onTime) / measured).toFixed(1);
}

/** Share of the posts of the last 24 h that went out on time, in percent; null where none went out. */
export function useOnTime(): string | null {
  const whole = useQuery(figuresQuery(DAY.hours, DAY.stretches)).data?.networks[0]?.whole;
  return whole === undefined || whole.measured === 0 ? null : onTimePercent(whole);
}
