import { useQuery } from '@tanstack/react-query';
import { postsQuery } from '../api/queries.ts';

/** A post is on time when it went out at most this much after it was due. */
export const ON_TIME_MS = 30_000;
const HOUR_MS = 3_600_000;
const MOST = 500;

/** An instant some hours from now, on the full hour, so that the address stays the same for a while. */
export function hoursFromNow(hours: number): string {
  return new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + hours * HOUR_MS).toISOString();
}

/** Share of the posts of the last 24 h that went out on time, in percent; null where none went out. */
export function useOnTime(): string | null {
  const query = postsQuery({ state: ['published'], dueAfter: hoursFromNow(-24), sort: '-dueAt' }, MOST);
  const items = useQuery(query).data?.items ?? [];
  const measured = items.filter((post) => post.latenessMs !== null);
  if (measured.length === 0) return null;
  const onTime = measured.filter((post) => (post.latenessMs ?? 0) <= ON_TIME_MS).length;
  const percent = (100 * onTime) / measured.length;
  return percent === 100 ? '100' : Math.min(99.9, percent).toFixed(1);
}
