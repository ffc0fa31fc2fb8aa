/** Without any of its posts coming back for this long, a full lane counts as one that stands still. */
const STILL_MS = 1_000;

interface Lane {
  underWay: number;
  /** When the last of its posts came back; monotonic milliseconds. */
  movedAt: number;
  readonly waiting: ((isIn: boolean) => void)[];
}

/**
 * Fairness between the servers of one network: each is sent `most` posts at a time, and where one stands still its further
 * posts give their places up to others, for the sweep to bring them back. Without it a server that never answers holds
 * every place of its network for half a minute, and the posts for all the others with them.
 */
export class Lanes {
  readonly #most: number;
  readonly #monotonic: () => number;
  readonly #lanes = new Map<string, Lane>();
  #isClosed = false;

  constructor(most: number, monotonic: () => number) {
    this.#most = most;
    this.#monotonic = monotonic;
  }

  /**
   * Waits for a place in the lane. @returns whether there was one: `leave` has to be called after.
   * @param isFirst before everything else that waits there.
   */
  async enter(name: string, isFirst: boolean): Promise<boolean> {
    const lane = this.#lanes.get(name) ?? { underWay: 0, movedAt: this.#monotonic(), waiting: [] };
    this.#lanes.set(name, lane);
    if (lane.underWay < this.#most) {
      if (lane.underWay++ === 0) lane.movedAt = this.#monotonic();
      return true;
    }
    if (this.#isClosed || (this.#standsStill(lane) && lane.waiting.length >= this.#patient)) return false;
    return this.#wait(lane, isFirst);
  }

  leave(name: string): void {
    const lane = this.#lanes.get(name);
    if (lane === undefined) return;
    lane.movedAt = this.#monotonic();
    const next = lane.waiting.shift();
    if (next !== undefined) return next(true);
    if (--lane.underWay === 0) this.#lanes.delete(name);
  }

  /** Nobody waits any more: what has no place yet is somebody else's. */
  close(): void {
    this.#isClosed = true;
    for (const lane of this.#lanes.values()) for (const turnAway of lane.waiting.splice(0)) turnAway(false);
  }

  /** So many may wait for a lane that stands still, so that it is full again as soon as it moves. */
  get #patient(): number {
    return Math.floor(this.#most / 2);
  }

  #standsStill(lane: Lane): boolean {
    return this.#monotonic() - lane.movedAt > STILL_MS;
  }

  async #wait(lane: Lane, isFirst: boolean): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    if (isFirst) lane.waiting.unshift(resolve);
    else lane.waiting.push(resolve);
    const look = setInterval(() => {
      const place = lane.waiting.indexOf(resolve);
      if (place < this.#patient || !this.#standsStill(lane)) return;
      lane.waiting.splice(place, 1);
      resolve(false);
    }, STILL_MS / 2);
    try {
      return await promise;
    } finally {
      clearInterval(look);
    }
  }
}
