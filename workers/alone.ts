import type { Context } from '../src/context.ts';
import { publish } from '../src/pipeline/publish.ts';
import type { Overdue } from '../src/store/sweep.ts';
import { reserveOf } from './lanes.ts';

/** Posts that one server is sent at a time, where the operator does not want fewer. */
const MOST_OF_A_LANE = 20;
/** Posts under way at the same time: 25 servers may stand still before the others wait for one of them. */
const MOST = 500;
/** Posts of one server that wait here, so that it is busy until the next round; the others wait in the database. */
const MOST_WAITING = 100;
/** Posts that are held in all. */
const MOST_HELD = 10_000;

interface Lane {
  readonly name: string;
  underWay: number;
  readonly waiting: Overdue[];
}

/**
 * Publishes from the database while the queue cannot be reached. A round of the sweep hands over what is due and goes on:
 * a server that does not answer holds up its own posts only, however many they are.
 */
export class Alone {
  readonly #context: Context;
  readonly #mostOfALane: number;
  readonly #lanes = new Map<string, Lane>();
  /** Those with a place and a post for it, the one that has waited longest first. */
  readonly #ready = new Set<Lane>();
  readonly #held = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(context: Context) {
    this.#context = context;
    this.#mostOfALane = Math.min(MOST_OF_A_LANE, context.settings.concurrency);
  }

  /** Ids of the posts that are here, and the lanes that take no more: a look for more leaves them out. */
  get busy(): { readonly postIds: string[]; readonly lanes: string[] } {
    const full = [...this.#lanes.values()].filter(isFull);
    return { postIds: [...this.#held], lanes: full.map(({ name }) => name) };
  }

  /** Takes those it has room for; the others are still due at the next round. */
  take(posts: readonly Overdue[]): void {
    for (const post of posts) {
      if (this.#held.size >= MOST_HELD || this.#stopping.signal.aborted) break;
      const lane = this.#lanes.get(post.lane) ?? { name: post.lane, underWay: 0, waiting: [] };
      const isBreaking = post.urgency === 'breaking';
      if (this.#held.has(post.postId) || (isFull(lane) && !isBreaking)) continue;
      this.#lanes.set(lane.name, lane);
      this.#held.add(post.postId);
      if (isBreaking) lane.waiting.unshift(post);
      else lane.waiting.push(post);
      this.#look(lane);
    }
    this.#go();
  }

  /** Begins with nothing more and waits for the requests that are under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#ready.clear();
    await Promise.all(this.#underWay);
  }

  #go(): void {
    for (const lane of this.#ready) {
      if (this.#underWay.size >= MOST) return;
      this.#ready.delete(lane);
      const post = lane.waiting.shift();
      if (post === undefined) continue;
      this.#begin(lane, post);
      // At the end of the set, so that this loop comes back to it after the others.
      this.#look(lane);
    }
  }

  #look(lane: Lane): void {
    const [next] = lane.waiting;
    const most = this.#mostOfALane + (next?.urgency === 'breaking' ? reserveOf(this.#mostOfALane) : 0);
    const isReady = next !== undefined && lane.underWay < most;
    if (isReady && !this.#stopping.signal.aborted) this.#ready.add(lane);
  }

  #begin(lane: Lane, post: Overdue): void {
    lane.underWay++;
    const sent = publish(this.#context, post, this.#stopping.signal)
      .catch((error: unknown) => {
        const { postId } = post;
        this.#context.log.warn({ err: error, postId }, 'a post could not be published without the queue');
      })
      .finally(() => {
        this.#underWay.delete(sent);
        this.#held.delete(post.postId);
        if (--lane.underWay === 0 && lane.waiting.length === 0) this.#lanes.delete(lane.name);
        this.#look(lane);
        this.#go();
      });
    this.#underWay.add(sent);
  }
}

function isFull({ waiting }: Lane): boolean {
  return waiting.length >= MOST_WAITING;
}
