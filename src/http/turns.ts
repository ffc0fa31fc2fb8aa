import { setTimeout as sleep } from 'node:timers/promises';

export interface Turns {
  /**
   * Waits until it is this host's turn, then answers how to give the turn back. Rejects with the signal's reason where
   * the caller gives up first; the turn then passes to the next in line.
   */
  take(host: string, signal: AbortSignal, kind?: TurnKind): Promise<() => void>;
}

/** `patient`: nobody waits for it, and it may take long. */
export type TurnKind = 'prompt' | 'patient';

export interface TurnRules {
  /** Requests under way at once over all hosts, of each kind. */
  readonly most: Readonly<Record<TurnKind, number>>;
  /** Milliseconds between the end of a request to a host and the start of the next. */
  readonly floorMs: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** One request at a time to a host, with a pause in between, and a ceiling over all hosts: first come, first served. */
export function createTurns({ most, floorMs, now }: TurnRules): Turns {
  const lines = new Map<string, Promise<number>>();
  const free = { ...most };
  const lobby: Record<TurnKind, (() => void)[]> = { prompt: [], patient: [] };

  const enter = async (signal: AbortSignal, kind: TurnKind): Promise<void> => {
    signal.throwIfAborted();
    if (free[kind] > 0) {
      free[kind]--;
      return;
    }
    const waiting = lobby[kind];
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason as Error);
      };
      waiting.push(go);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  };

  const leave = (kind: TurnKind): void => {
    const next = lobby[kind].shift();
    if (next === undefined) free[kind]++;
    else next();
  };

  return {
    async take(host, signal, kind = 'prompt') {
      signal.throwIfAborted();
      const before = lines.get(host) ?? Promise.resolve(Number.NEGATIVE_INFINITY);
      const { promise: done, resolve: finish } = Promise.withResolvers<number>();
      lines.set(host, done);
      // A host is forgotten when its pause is over and nobody came after.
      const forget = (): void => void (lines.get(host) === done && lines.delete(host));
      const pass = (endedAt: number): void => {
        finish(endedAt);
        setTimeout(forget, Math.max(0, endedAt + floorMs - now())).unref();
      };

      let endedAt = Number.NEGATIVE_INFINITY;
      try {
        endedAt = await orAbort(before, signal);
        const pauseMs = endedAt + floorMs - now();
        if (pauseMs > 0) await sleep(pauseMs, undefined, { signal });
        await enter(signal, kind);
      } catch {
        void before.then(pass);
        throw signal.reason;
      }
      return () => {
        leave(kind);
        pass(now());
      };
    },
  };
}

async function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: gaveUp, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, gaveUp]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
