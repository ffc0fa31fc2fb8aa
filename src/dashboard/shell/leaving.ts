import { useSyncExternalStore } from 'react';

/** Posts that are on their way out: cancelled or rejected a moment ago, and can still be taken back. */
let leaving: ReadonlyMap<string, () => void> = new Map();
const listeners = new Set<() => void>();

function set(next: ReadonlyMap<string, () => void>): void {
  leaving = next;
  for (const listener of listeners) listener();
}

/** One of the two is said in the end; the first one counts. */
interface Leaving {
  readonly go: () => void;
  /** @returns false where it is gone. */
  readonly stay: () => boolean;
}

/** Marks a post as on its way out until it is said what becomes of it; where the page is left before, it goes. */
export function leave(id: string, run: () => Promise<unknown>): Leaving {
  let isOpen = true;
  const end = (): boolean => {
    const wasOpen = isOpen;
    isOpen = false;
    return wasOpen;
  };
  const go = (): void => {
    if (end()) void run().finally(() => forget(id));
  };
  const stay = (): boolean => {
    const isHere = end();
    if (isHere) forget(id);
    return isHere;
  };
  set(new Map([...leaving, [id, go]]));
  return { go, stay };
}

function forget(id: string): void {
  set(new Map([...leaving].filter(([other]) => other !== id)));
}

window.addEventListener('pagehide', () => {
  for (const go of leaving.values()) go();
});

export function useLeaving(): ReadonlyMap<string, unknown> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => leaving,
  );
}
