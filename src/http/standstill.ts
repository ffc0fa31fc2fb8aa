/** How often it is looked whether the process runs. */
const BEAT_MS = 250;
/** A turn of the event loop that took longer than this, over the beat, is a standstill. */
const STANDSTILL_MS = 500;

/** Counts how often the process stood still: blocked, suspended, or asleep with its machine. */
export interface Standstills extends Disposable {
  /** Up to this moment, since it is watched. */
  readonly count: () => number;
}

/**
 * Watches for standstills from now on. What a process knows of its connections is as old as its standstill: the other side
 * may have ended them, and the timers that would have ended them here come after what is sent first.
 * @param clocks each in milliseconds. A monotonic one stands still while a machine sleeps, the one of the wall goes on.
 */
export function watchStandstills(clocks: readonly (() => number)[]): Standstills {
  const read = (): number[] => clocks.map((clock) => clock());
  let seen = read();
  let count = 0;
  const look = (): void => {
    const now = read();
    if (now.some((ms, n) => ms - (seen[n] ?? ms) > BEAT_MS + STANDSTILL_MS)) count += 1;
    seen = now;
  };
  const timer = setInterval(look, BEAT_MS).unref();
  return {
    count() {
      look();
      return count;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
