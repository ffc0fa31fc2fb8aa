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
  if (isBreaking) return { when: graceWords(), isPending: false };
  return { when: data === undefined ? null : wordsOf(data.nextFree, now, zone), isPending };
}

function wordsOf(nextFree: string | null, now: Date, zone: string): string {
  if (nextFree === null) return texts.post.noneFree;
  const at = new Date(nextFree);
  if (at.getTime() < now.getTime() + GRACE_MS) return graceWords();
  return at.getTime() - now.getTime() < 12 * 60 * MINUTE_MS ? clockOf(at, zone) : shortTime(at, zone, now);
}

function graceWords(): string {
  return texts.post.inGrace(GRACE_MS / 1_000);
}
