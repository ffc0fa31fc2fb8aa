import type { Io } from './tools.ts';

/** How old something is that is known, in milliseconds, at every call. */
export interface Age {
  /** By the clock that has gone on further: what has to be known is asked once too often rather than not. */
  readonly ms: () => number;
  /** While this machine was awake: no step of the wall's clock is in it, and no sleep. */
  readonly awakeMs: () => number;
}

/**
 * Begins to count, to be called before the question: what is placed while it is answered is not known. A monotonic clock
 * stands still while a machine sleeps, and the one of the wall may be set back: neither alone says how old an answer is.
 */
export function countAge({ monotonic, now }: Pick<Io, 'monotonic' | 'now'>): Age {
  const [awake, wall] = [monotonic(), now().getTime()];
  const awakeMs = (): number => monotonic() - awake;
  return { awakeMs, ms: () => Math.max(awakeMs(), now().getTime() - wall) };
}
