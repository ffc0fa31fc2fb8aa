import { useEffect, useMemo, useRef, useState } from 'react';
import { isOwn } from '../../api/own-changes.ts';
import type { Calendar } from '../../api/types.ts';
import { settle } from './settle.ts';

interface Shown {
  /** Which stretch of time with which filters. */
  readonly what: string;
  readonly calendar: Calendar;
  readonly waiting: number;
}

interface Calm {
  readonly calendar: Calendar | undefined;
  /** How many posts others moved, that wait to be shown. */
  readonly waiting: number;
  readonly load: () => void;
}

/**
 * Keeps posts where they are while somebody points at them: what others move waits, what the reader does is seen at once.
 * Where one points is asked when something new is there, in the same drawing.
 */
export function useCalm(next: Calendar | undefined, what: string, isPointed: () => boolean): Calm {
  const last = useRef<Shown | null>(null);
  const [loaded, setLoaded] = useState<Calendar | null>(null);
  const shown = useMemo((): Shown | null => {
    if (next === undefined) return null;
    const before = last.current;
    const isCalm = before !== null && before.what === what && next !== loaded && isPointed();
    return isCalm ? { what, ...settle(before.calendar, next, isOwn) } : { what, calendar: next, waiting: 0 };
  }, [next, what, loaded]);
  useEffect(() => {
    if (shown !== null) last.current = shown;
  }, [shown]);
  return {
    calendar: shown?.calendar,
    waiting: shown?.waiting ?? 0,
    load() {
      if (next !== undefined) setLoaded(next);
    },
  };
}
