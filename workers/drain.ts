import type { Logger } from '../src/logger.ts';

/** Counts the jobs that are under way, so that a stop waits for them and for nothing else. */
export class UnderWay {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#count++;
    try {
      return await work();
    } finally {
      this.#count--;
    }
  }
}

/** Longest a stop waits for requests under way; no request of ours lives longer than 30 s. */
const DRAIN_MS = 28_000;
/** How long a queue that has no work of ours may take to say goodbye: one that is away never does. */
const FAREWELL_MS = 2_000;
const LOOK_MS = 50;

/** Waits until `closing` has ended, or no job has been under way for a while, or the time is up. */
export async function drain(closing: Promise<unknown>, underWay: UnderWay, log: Logger): Promise<void> {
  let isClosed = false;
  void closing.then(() => (isClosed = true));
  let idleMs = 0;
  for (let waitedMs = 0; !isClosed && idleMs < FAREWELL_MS; waitedMs += LOOK_MS) {
    if (waitedMs >= DRAIN_MS) {
      log.warn({ jobs: underWay.count }, 'stopping although work is under way: the sweep of another worker settles it');
      return;
    }
    idleMs = underWay.count === 0 ? idleMs + LOOK_MS : 0;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
