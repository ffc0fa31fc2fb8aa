import type { Logger } from '../logger.ts';
import type { Sql } from '../store/database.ts';
import { lookForNews } from '../store/event.ts';

/**
 * How late an event may be. Looking beats being notified: NOTIFY takes a lock of the whole database at every commit that
 * writes an event, while this is one row of an index, asked for once per process and only while somebody listens.
 */
const LOOK_EVERY_MS = 250;

/** A worker has taken a post into its hands, or let go of it. No row is written for it: publishing is not to wait for that. */
export interface Progress {
  readonly postId: string;
  readonly isPublishing: boolean;
}

type Wake = (progress: readonly Progress[]) => void;

/** Tells the streams of this process that there may be new events, and which posts are on their way. Nothing runs while nobody listens. */
export class EventHub {
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #listeners = new Set<Wake>();
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #seen = '';
  /**
   * As last told. Empty before the first look, which therefore tells of all: a post may be taken after the page has read
   * what is so and before that look.
   */
  #publishing: ReadonlySet<string> = new Set();

  constructor(sql: Sql, log: Logger) {
    this.#sql = sql;
    this.#log = log;
  }

  /** Calls `wake` whenever there may be something new. @returns the function that stops it. */
  subscribe(wake: Wake): () => void {
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
    this.#publishing = new Set();
    this.#seen = '';
    this.#listeners.clear();
  }

  async #look(): Promise<void> {
    // A slow database is asked again when it has answered, not four times a second.
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { cursor, publishing } = await lookForNews(this.#sql);
      const progress = changed(this.#publishing, new Set(publishing));
      if (cursor === this.#seen && progress.length === 0) return;
      this.#seen = cursor;
      this.#publishing = new Set(publishing);
      for (const wake of this.#listeners) wake(progress);
    } catch (error) {
      this.#log.debug({ err: error }, 'events could not be looked up');
    } finally {
      this.#isLooking = false;
    }
  }
}

function changed(before: ReadonlySet<string>, now: ReadonlySet<string>): Progress[] {
  const taken = [...now].filter((postId) => !before.has(postId));
  const left = [...before].filter((postId) => !now.has(postId));
  return [
    ...taken.map((postId) => ({ postId, isPublishing: true })),
    ...left.map((postId) => ({ postId, isPublishing: false })),
  ];
}
