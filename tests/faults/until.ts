import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is yes or the time is over. A question that fails is a no; one that takes long is asked seldom, so
 * that asking does not take what is asked about. @returns the last answer.
 */
export async function until(withinMs: number, isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  const end = performance.now() + withinMs;
  for (;;) {
    const from = performance.now();
    if (
      await Promise.resolve()
        .then(isSo)
        .catch(() => false)
    )
      return true;
    if (performance.now() > end) return false;
    await sleep(Math.max(100, 5 * (performance.now() - from)));
  }
}

/** Waits until an instant in epoch milliseconds; not at all where it has passed. */
export async function sleepUntil(at: number): Promise<void> {
  await sleep(Math.max(0, at - Date.now()));
}
