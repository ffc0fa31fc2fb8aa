import { readClock } from '../../../domain/wall-time.ts';
import type { Cell } from './cells.ts';

const STEP_MS = 5 * 60_000;
const MORNING = '09:00';

/** When something new in a field goes out: at the start of the hour, on the morning of the day, or in some minutes where that has passed. */
export function startIn({ date, hour, from, to }: Cell, now: Date, zone: string): Date {
  const start = hour === null ? (readClock(`${date}T${MORNING}`, zone).instants[0] as Date).getTime() : from;
  const soon = Math.ceil((now.getTime() + STEP_MS) / STEP_MS) * STEP_MS;
  // A field that has passed whole keeps its start, and the server says that it has.
  return new Date(soon > start && soon < to ? soon : start);
}
