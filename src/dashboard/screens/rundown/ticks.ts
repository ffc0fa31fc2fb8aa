import { dateOf } from '../../shell/time.tsx';

const MINUTE_MS = 60_000;
const STEPS_MIN = [5, 15, 30, 60, 120, 180, 360] as const;
const APART_PX = 70;

/** Round times between two instants, far enough apart to be read. */
export function ticksBetween(from: number, to: number, width: number): number[] {
  if (width === 0) return [];
  const most = width / APART_PX;
  const step = (STEPS_MIN.find((minutes) => (to - from) / (minutes * MINUTE_MS) <= most) ?? 360) * MINUTE_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) ticks.push(at);
  return ticks;
}

export function isMidnight(at: number, zone: string): boolean {
  return dateOf(new Date(at), zone) !== dateOf(new Date(at - 1), zone);
}
