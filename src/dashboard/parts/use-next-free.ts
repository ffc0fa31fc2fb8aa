import { useQuery } from '@tanstack/react-query';
import { slotsQuery } from '../api/slots.ts';
import { GRACE_MS } from '../shell/decide.ts';
import { clockOf, shortTime, useNow, useZone } from '../shell/time.tsx';
import { texts } from '../texts.ts';

const MINUTE_MS = 60_000;

/** When a post of this account would go out if it were approved for the next free slot, in words; null while that is not known. */
export function useNextFree(accountId: string): string | null {
  const zone = useZone();
  const now = useNow(15_000);
  // Asked for by whole minutes, so that the passing of time asks for nothing new.
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const from = new Date(minute).toISOString();
  const { data } = useQuery(slotsQuery(accountId, from, new Date(minute + MINUTE_MS).toISOString()));
  if (data === undefined) return null;
  if (data.nextFree === null) return texts.post.noneFree;
  const at = new Date(data.nextFree);
  if (at.getTime() < now.getTime() + GRACE_MS) return texts.post.inGrace(GRACE_MS / 1_000);
  return at.getTime() - now.getTime() < 12 * 60 * MINUTE_MS ? clockOf(at, zone) : shortTime(at, zone, now);
}
