import { Queue } from 'bullmq';
import type { ConnectionOptions, IQueueBackend, JobsOptions } from 'bullmq';
import type { JobBackend } from './backend.ts';
import { jobs, queueOf } from './jobs.ts';
import type { JobName, Payload } from './jobs.ts';

/** Rings for work. It never throws: what could not be rung now is rung by the sweep, because the row is the truth. */
export interface Bell {
  /** @returns false where the queue could not be reached in time. */
  ring<Name extends JobName>(name: Name, payload: Payload<Name>, how?: RingOptions): Promise<boolean>;
  /** Many of one kind, in bulk. */
  ringMany<Name extends JobName>(
    name: Name,
    rings: readonly { payload: Payload<Name>; how?: RingOptions }[],
  ): Promise<boolean>;
  /** Whether the last ring got through. */
  isReachable(): boolean;
  close(): Promise<void>;
}

export interface RingOptions {
  /** When to wake; now where absent. */
  readonly at?: Date;
  /** Breaking news: of posts, they have a queue of their own. */
  readonly first?: boolean;
  /**
   * It is due, and was rung for this moment before: by an id of its own, so that a job which waits by a clock that was set
   * back does not swallow it. Twice the work finds nothing to do the second time.
   */
  readonly isAgain?: boolean;
}

export interface BellOptions {
  readonly backend: JobBackend;
  readonly now: () => Date;
  /** For waits of our own: they end as planned when the clock is set meanwhile. */
  readonly monotonic: () => number;
  readonly onError: (error: Error) => void;
  /** W3C `traceparent` of what rings, where it is traced: it goes along with the job. */
  readonly traceparent?: () => string | null;
}

type AnyQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, ConnectionOptions>;

/** Longest an answer of the API waits for the queue. */
const PATIENCE_MS = 800;
/** After a failure the next ring is not tried for this long, so that a dead queue does not slow every request. */
const REST_MS = 1_000;

export function openBell({ backend, now, monotonic, onError, traceparent = () => null }: BellOptions): Bell {
  const queues = new Map<string, AnyQueue>();
  /** Those that have answered once. */
  const working = new Set<string>();
  let restUntil = -Infinity;
  let reachable = true;

  const queue = (name: string): AnyQueue => {
    let found = queues.get(name);
    if (found === undefined) {
      const options = {
        ...backend.options('queue', name),
        defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
      };
      found = new Queue(name, options, backend.factory);
      found.on('error', onError);
      queues.set(name, found);
    }
    return found;
  };

  const attempt = async (name: string, work: (on: AnyQueue) => Promise<unknown>): Promise<boolean> => {
    if (monotonic() < restUntil) return false;
    try {
      await inTime(work(queue(name)), PATIENCE_MS);
      reachable = true;
      working.add(name);
      return true;
    } catch (error) {
      reachable = false;
      restUntil = monotonic() + REST_MS;
      // BullMQ remembers for good that its first look at the server failed: one that was opened in vain is opened anew.
      if (!working.has(name)) {
        void queues.get(name)?.close().catch(onError);
        queues.delete(name);
      }
      onError(error as Error);
      return false;
    }
  };

  const entry = <Name extends JobName>(
    name: Name,
    given: Payload<Name>,
    how: RingOptions = {},
  ): { name: string; data: unknown; opts: JobsOptions } => {
    const payload = jobs[name].payload.parse(given) as Payload<Name>;
    const timestamp = now().getTime();
    const delay = how.at === undefined ? 0 : Math.max(0, how.at.getTime() - timestamp);
    const jobId = (jobs[name].id as (job: Payload<Name>) => string)(payload) + (how.isAgain === true ? '-again' : '');
    const from = traceparent();
    return {
      name,
      data: from === null ? payload : { ...(payload as object), traceparent: from },
      opts: { jobId, timestamp, ...(delay > 0 ? { delay } : {}) },
    };
  };

  return {
    async ring(name, payload, how) {
      const { data, opts } = entry(name, payload, how);
      return attempt(queueOf(name, payload, how?.first === true), (on) => on.add(name, data, opts));
    },
    async ringMany(name, rings) {
      const byQueue = Map.groupBy(rings, ({ payload, how }) => queueOf(name, payload, how?.first === true));
      let all = true;
      for (const [queueName, group] of byQueue) {
        for (let from = 0; from < group.length; from += 500) {
          const entries = group.slice(from, from + 500).map((ring) => entry(name, ring.payload, ring.how));
          all = (await attempt(queueName, (on) => on.addBulk(entries))) && all;
        }
      }
      return all;
    },
    isReachable: () => reachable,
    async close() {
      await Promise.allSettled([...queues.values()].map((open) => open.close()));
    },
  };
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The queue did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
