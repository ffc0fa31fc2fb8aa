import { useEffect, useState } from 'react';
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

/** Keeps posts where they are while somebody points at them: what others move waits, what the reader does is seen at once. */
export function useCalm(next: Calendar | undefined, what: string, isPointed: () => boolean): Calm {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (next === undefined) return;
    setShown((before) =>
      before?.what === what && isPointed()
        ? { what, ...settle(before.calendar, next, isOwn) }
        : { what, calendar: next, waiting: 0 },
    );
    // Where one points is asked when something new is there.
  }, [next, what]);
  const isShown = shown?.what === what;
  return {
    calendar: isShown ? shown.calendar : next,
    waiting: isShown ? shown.waiting : 0,
    load() {
      if (next !== undefined) setShown({ what, calendar: next, waiting: 0 });
    },
  };
}
