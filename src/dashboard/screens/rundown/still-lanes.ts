import { useEffect, useRef } from 'react';
import { isOwn } from '../../api/own-changes.ts';
import type { Lane } from './layout.ts';
import { settleLanes } from './settle-lanes.ts';
import type { Settled } from './settle-lanes.ts';

/** @param what the lanes are of: another stretch of time, or another width, is drawn at once. */
export function useStillLanes(next: readonly Lane[], what: string, isPointed: boolean): Settled {
  const last = useRef<{ readonly what: string; readonly lanes: readonly Lane[] } | null>(null);
  const before = last.current;
  const isStill = isPointed && before !== null && before.what === what && before.lanes.length > 0;
  const shown = isStill ? settleLanes(before.lanes, next, isOwn) : { lanes: next, waiting: 0 };
  useEffect(() => {
    last.current = { what, lanes: shown.lanes };
  });
  return shown;
}
