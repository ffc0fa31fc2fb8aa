/** Without any of its posts coming back for this long, a full lane counts as one that stands still. */
const STILL_MS = 1_000;

/** Gives a place back. Called again it does nothing. */
export type Leave = () => void;

interface Waiting {
  readonly isFirst: boolean;
  readonly resolve: (isIn: boolean) => void;
}

interface Lane {
  underWay: number;
  /** When the last of its posts came back; monotonic milliseconds. */
  movedAt: number;
  /** Breaking news before the others, each in the order of coming. */
  readonly waiting: Waiting[];
}

/** Of the places of a lane, so many more are for breaking news alone: a fifth, and one at least. */
export function reserveOf(most: number): number {
  return Math.ceil(most / 5);
}

/**
 * Fairness between the servers of one network: each is sent `most` posts at a time, and where one stands still its further
 * posts give their places up to others, for the sweep to bring them back. Without it a server that never answers holds
 * every place of its network for half a minute, and the posts for all the others with them. Breaking news has a few places
 * beyond those: it need not wait for one of many posts to come back.
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
   * Waits for a place in the lane. @returns how to give it back; null where there was none.
   * @param isFirst breaking news: before everything else that waits there.
   */
  async enter(name: string, isFirst: boolean): Promise<Leave | null> {
    if (!(await this.#isIn(name, isFirst))) return null;
    let hasLeft = false;
    return () => {
      if (!hasLeft) this.#leave(name);
      hasLeft = true;
    };
  }

  async #isIn(name: string, isFirst: boolean): Promise<boolean> {
    const lane = this.#lanes.get(name) ?? { underWay: 0, movedAt: this.#monotonic(), waiting: [] };
    this.#lanes.set(name, lane);
    if (this.#hasPlace(lane, isFirst)) {
      if (lane.underWay++ === 0) lane.movedAt = this.#monotonic();
      return true;
    }
    const place = isFirst ? firstsOf(lane) : lane.waiting.length;
    if (this.#isClosed || (this.#standsStill(lane) && place >= this.#patient)) return false;
    return this.#wait(lane, place, isFirst);
  }

  /** Nobody waits any more: what has no place yet is somebody else's. */
  close(): void {
    this.#isClosed = true;
    for (const lane of this.#lanes.values()) for (const { resolve } of lane.waiting.splice(0)) resolve(false);
  }

  #leave(name: string): void {
    const lane = this.#lanes.get(name);
    if (lane === undefined) return;
    lane.movedAt = this.#monotonic();
    lane.underWay--;
    const [next] = lane.waiting;
    if (next !== undefined && this.#hasPlace(lane, next.isFirst)) {
      lane.underWay++;
      lane.waiting.shift();
      return next.resolve(true);
    }
    if (lane.underWay === 0) this.#lanes.delete(name);
  }

  /** So many may wait for a lane that stands still, so that it is full again as soon as it moves. */
  get #patient(): number {
    return Math.floor(this.#most / 2);
  }

  #hasPlace({ underWay }: Lane, isFirst: boolean): boolean {
    return underWay < (isFirst ? this.#most + reserveOf(this.#most) : this.#most);
  }

  #standsStill(lane: Lane): boolean {
    return this.#monotonic() - lane.movedAt > STILL_MS;
  }

  async #wait(lane: Lane, at: number, isFirst: boolean): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiting = { isFirst, resolve };
    lane.waiting.splice(at, 0, waiting);
    const look = setInterval(() => {
      const place = lane.waiting.indexOf(waiting);
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

function firstsOf({ waiting }: Lane): number {
  const others = waiting.findIndex(({ isFirst }) => !isFirst);
  return others === -1 ? waiting.length : others;
}
