import { useSyncExternalStore } from 'react';

/** Posts that are on their way out: cancelled or rejected a moment ago, and can still be taken back. */
let leaving: ReadonlyMap<string, () => void> = new Map();
const listeners = new Set<() => void>();
const UNDO_MS = 10_000;

function set(next: ReadonlyMap<string, () => void>): void {
  leaving = next;
  for (const listener of listeners) listener();
}

/**
 * Carries something out in ten seconds, or at once where the page is left before.
 * @returns the function that takes it back.
 */
export function leave(id: string, run: () => Promise<unknown>): () => void {
  const finish = (): void => {
    clearTimeout(timer);
    if (!leaving.has(id)) return;
    void run().finally(() => forget(id));
  };
  const timer = setTimeout(finish, UNDO_MS);
  set(new Map([...leaving, [id, finish]]));
  return () => {
    clearTimeout(timer);
    forget(id);
  };
}

function forget(id: string): void {
  set(new Map([...leaving].filter(([other]) => other !== id)));
}

window.addEventListener('pagehide', () => {
  for (const finish of leaving.values()) finish();
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
