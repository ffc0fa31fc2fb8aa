import { useQuery } from '@tanstack/react-query';
import { slotsQuery } from '../api/slots.ts';
import type { Post } from '../api/types.ts';
import { GRACE_MS } from '../shell/decide.ts';
import { clockOf, shortTime, useNow, useZone } from '../shell/time.tsx';
import { texts } from '../texts.ts';

const MINUTE_MS = 60_000;

export interface NextFree {
  /** In words; null where it is not known. */
  readonly when: string | null;
  /** The slot; null where it is not known, or is no clock time. */
  readonly at: string | null;
  /** It is being asked for the first time: words will come. */
  readonly isPending: boolean;
}

/** When a post would go out if it were approved in its turn: at the next free slot of its account, as breaking news now. */
export function useNextFree({ accountId, urgency }: Pick<Post, 'accountId' | 'urgency'>): NextFree {
  const zone = useZone();
  const now = useNow(15_000);
  // Asked for by whole minutes, so that the passing of time asks for nothing new.
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const from = new Date(minute).toISOString();
  const isBreaking = urgency === 'breaking';
  const { data, isPending } = useQuery({
    ...slotsQuery(accountId, from, new Date(minute + MINUTE_MS).toISOString()),
    enabled: !isBreaking,
  });
  if (isBreaking) return { when: graceWords(), at: null, isPending: false };
  if (data === undefined) return { when: null, at: null, isPending };
  return { when: wordsOf(data.nextFree, now, zone), at: isSoon(data.nextFree, now) ? null : data.nextFree, isPending };
}

function wordsOf(nextFree: string | null, now: Date, zone: string): string {
  if (nextFree === null) return texts.post.noneFree;
  if (isSoon(nextFree, now)) return graceWords();
  const at = new Date(nextFree);
  return at.getTime() - now.getTime() < 12 * 60 * MINUTE_MS ? clockOf(at, zone) : shortTime(at, zone, now);
}

/** Sooner than the decision can no longer be taken back. */
function isSoon(nextFree: string | null, now: Date): boolean {
  return nextFree !== null && Date.parse(nextFree) < now.getTime() + GRACE_MS;
}

function graceWords(): string {
  return texts.post.inGrace(GRACE_MS / 1_000);
}
