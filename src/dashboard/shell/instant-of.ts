import { resolveTime } from '../../domain/wall-time.ts';
import type { GivenSchedule } from '../api/types.ts';

/** The instant that a time means, as the API writes it. Knows zones, so it is loaded when it is first needed. */
export function instantOf(time: GivenSchedule, now: Date): string {
  const at = resolveTime(time, now);
  return (at === 'now' ? now : at).toISOString();
}
