import type { Logger } from '../logger.ts';
import type { Sql } from '../store/database.ts';
import { newestCursor } from '../store/event.ts';

/**
 * How late an event may be. Looking beats being notified: NOTIFY takes a lock of the whole database at every commit that
 * writes an event, while this is one row of an index, asked for once per process and only while somebody listens.
 */
const LOOK_EVERY_MS = 250;

/** Tells the streams of this process that there may be new events. Nothing runs while nobody listens. */
export class EventHub {
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #seen = '';

  constructor(sql: Sql, log: Logger) {
    this.#sql = sql;
    this.#log = log;
  }

  /** Calls `wake` whenever there may be something new. @returns the function that stops it. */
  subscribe(wake: () => void): () => void {
    this.#listeners.add(wake);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
    return () => {
      this.#listeners.delete(wake);
      if (this.#listeners.size === 0) this[Symbol.dispose]();
    };
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#listeners.clear();
  }

  async #look(): Promise<void> {
    // A slow database is asked again when it has answered, not four times a second.
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const newest = await newestCursor(this.#sql);
      if (newest === this.#seen) return;
      this.#seen = newest;
      for (const wake of this.#listeners) wake();
    } catch (error) {
      this.#log.debug({ err: error }, 'events could not be looked up');
    } finally {
      this.#isLooking = false;
    }
  }
}
