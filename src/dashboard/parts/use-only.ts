import { useState } from 'react';
import type { Post } from '../api/types.ts';

interface Only {
  /** Which place is drawn alone; null where all are. */
  readonly only: number | null;
  /** What is drawn, and so what keys and buttons that decide may reach. */
  readonly drawn: readonly Post[];
  /** From all to the first alone, from one to the next, from the last to all. */
  readonly cycle: () => void;
}

/** One preview after the other. It is of one story: the next one that opens is drawn whole. */
export function useOnly(story: string | undefined, posts: readonly Post[]): Only {
  const [alone, setAlone] = useState<{ readonly of: string | undefined; readonly at: number } | null>(null);
  // Where posts have gone, the last that is left stands for those after it.
  const only = alone === null || alone.of !== story || posts.length === 0 ? null : Math.min(alone.at, posts.length - 1);
  const next = only === null ? 0 : only + 1;
  return {
    only,
    drawn: only === null ? posts : posts.slice(only, only + 1),
    cycle: () => setAlone(next < posts.length ? { of: story, at: next } : null),
  };
}
