import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import { openLive } from '../api/live.ts';
import type { LiveState } from '../api/live.ts';
import type { LiveEvent } from '../api/types.ts';
import { texts } from '../texts.ts';
import { announce } from './announce.tsx';

const LiveContext = createContext<LiveState>({ kind: 'connecting' });

/** How often a list may be asked again while events rain. The first event of a calm time acts at once. */
const GATHER_MS = 300;
const POLL_MS = 15_000;

export function useLive(): LiveState {
  return useContext(LiveContext);
}

/** Keeps the one event stream, and makes old what an event speaks of. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ kind: 'connecting' });
  const refresh = useRef<((events: LiveEvent[]) => void) | null>(null);
  refresh.current ??= gather(client);

  useEffect(() => {
    const line = openLive(
      (events) => {
        refresh.current?.(events);
        for (const event of events) {
          if (event.type === 'post.published') announce(texts.live.published);
          if (event.type === 'post.failed') announce(texts.live.failed);
        }
      },
      (next) => setState((old) => (same(old, next) ? old : next)),
    );
    return () => line.stop();
  }, []);

  const isLive = state.kind === 'live';
  useEffect(() => {
    if (isLive) {
      void client.invalidateQueries();
      return;
    }
    const timer = setInterval(() => void client.invalidateQueries(), POLL_MS);
    return () => clearInterval(timer);
  }, [isLive, client]);

  return <LiveContext value={state}>{children}</LiveContext>;
}

function same(one: LiveState, other: LiveState): boolean {
  return one.kind === other.kind && JSON.stringify(one) === JSON.stringify(other);
}

/** First words of the query keys that each kind of event, or one of them by its whole name, makes old. */
const touched: Readonly<Record<string, readonly string[]>> = {
  // A worker has it in its hands: no count of what became of posts is another.
  'post.progress': ['posts', 'calendar'],
  post: ['posts', 'corrections', 'figures', 'outlook', 'calendar', 'timeline', 'slots', 'times'],
  article: ['articles', 'article', 'posts', 'calendar', 'sources', 'decisions'],
  correction: ['corrections', 'posts', 'calendar'],
  story: ['story', 'comments', 'shares', 'posts', 'calendar', 'times'],
  account: ['accounts', 'posts', 'figures', 'outlook', 'slots', 'times'],
  publishing: ['holds', 'posts', 'figures', 'outlook', 'calendar'],
  member: ['members', 'audit'],
  webhook: ['webhooks', 'deliveries'],
  source: ['sources', 'decisions'],
  newsroom: ['newsroom', 'session', 'installation', 'slots', 'times', 'calendar'],
  'house-rules': ['house-rules', 'slots', 'times'],
  'api-key': ['api-keys'],
};

function gather(client: QueryClient): (events: LiveEvent[]) => void {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    const keys = waiting;
    waiting = new Set();
    timer = null;
    if (keys.size === 0) return;
    for (const key of keys) void client.invalidateQueries({ queryKey: key.split('|') });
    timer = setTimeout(flush, GATHER_MS);
  };
  return (events) => {
    for (const event of events) {
      const kind = event.type.split('.')[0] ?? '';
      for (const key of touched[event.type] ?? touched[kind] ?? []) waiting.add(key);
      if (kind === 'post') waiting.add(`post|${event.subject}`);
    }
    if (timer === null) flush();
  };
}
