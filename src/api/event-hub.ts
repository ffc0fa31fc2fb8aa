import type { Logger } from '../logger.ts';
import type { Database } from '../store/database.ts';
import { newestCursor } from '../store/event.ts';

/** How late an event may be when its notification was lost. */
const POLL_MS = 1_000;
const RECONNECT_MS = 2_000;

/**
 * Tells the streams of this process that there may be new events: one LISTEN connection for all of them, and a look at
 * the table every second as a backstop. Nothing runs while nobody listens.
 */
export class EventHub {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #listeners = new Set<() => void>();
  #connection: Awaited<ReturnType<Database['connect']>> | null = null;
  #isConnecting = false;
  #timer: NodeJS.Timeout | null = null;
  #triedAt = 0;
  #seen = '';

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Calls `wake` whenever there may be something new. @returns the function that stops it. */
  subscribe(wake: () => void): () => void {
    this.#listeners.add(wake);
    this.#timer ??= setInterval(() => void this.#poll(), POLL_MS).unref();
    void this.#listen();
    return () => {
      this.#listeners.delete(wake);
      if (this.#listeners.size === 0) void this.#rest();
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    await this.#rest();
  }

  #wakeAll(): void {
    for (const wake of this.#listeners) wake();
  }

  async #listen(): Promise<void> {
    if (this.#connection !== null || this.#isConnecting) return;
    this.#isConnecting = true;
    this.#triedAt = performance.now();
    try {
      const connection = await this.#database.connect();
      connection.on('notification', () => this.#wakeAll());
      connection.on('end', () => {
        if (this.#connection === connection) this.#connection = null;
      });
      await connection.query('LISTEN standfirst_event');
      this.#connection = connection;
      if (this.#listeners.size === 0) await this.#rest();
    } catch (error) {
      this.#log.warn({ err: error }, 'no LISTEN connection for events; looking every second instead');
    } finally {
      this.#isConnecting = false;
    }
  }

  async #poll(): Promise<void> {
    if (this.#connection === null && performance.now() - this.#triedAt > RECONNECT_MS) void this.#listen();
    try {
      const newest = await newestCursor(this.#database);
      if (newest === this.#seen) return;
      this.#seen = newest;
      this.#wakeAll();
    } catch (error) {
      this.#log.debug({ err: error }, 'events could not be looked up');
    }
  }

  async #rest(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    const connection = this.#connection;
    this.#connection = null;
    await connection?.end().catch(() => undefined);
  }
}
