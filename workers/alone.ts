import type { Context } from '../src/context.ts';
import { publish } from '../src/pipeline/publish.ts';
import type { Ring } from '../src/store/sweep.ts';
import { Lanes } from './lanes.ts';

/** Posts one server is sent at a time. */
const MOST_OF_A_LANE = 20;
/** Posts that are begun with at the same time, those included that wait for a place in their lane. */
const MOST = 500;

/**
 * Publishes from the database while the queue cannot be reached. A round of the sweep hands over what is due and goes on:
 * a server that does not answer holds up its own posts only.
 */
export class Alone {
  readonly #context: Context;
  readonly #laneOf: (postId: string) => Promise<string | null>;
  readonly #lanes: Lanes;
  readonly #stopping = new AbortController();
  /** By post, so that the next round does not begin with it again. */
  readonly #begun = new Map<string, Promise<void>>();

  constructor(context: Context, laneOf: (postId: string) => Promise<string | null>) {
    this.#context = context;
    this.#laneOf = laneOf;
    this.#lanes = new Lanes(MOST_OF_A_LANE, context.io.monotonic);
  }

  /** Begins with those it has room for; the others are still due at the next round. */
  take(posts: readonly Ring[]): void {
    for (const post of posts) {
      if (this.#begun.size >= MOST || this.#stopping.signal.aborted) return;
      if (this.#begun.has(post.postId)) continue;
      const sent = this.#send(post)
        .catch((error: unknown) => {
          this.#context.log.warn(
            { err: error, postId: post.postId },
            'a post could not be published without the queue',
          );
        })
        .finally(() => this.#begun.delete(post.postId));
      this.#begun.set(post.postId, sent);
    }
  }

  /** Begins with nothing more and waits for the requests that are under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#lanes.close();
    await Promise.all(this.#begun.values());
  }

  async #send(post: Ring): Promise<void> {
    const lane = await this.#laneOf(post.postId);
    if (lane === null || !(await this.#lanes.enter(lane, false))) return;
    try {
      await publish(this.#context, post, this.#stopping.signal);
    } finally {
      this.#lanes.leave(lane);
    }
  }
}
