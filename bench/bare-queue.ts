import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { onPostgres, onRedis } from './bare-place.ts';
import { textOf } from './posts.ts';

export interface BarePlace {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly url: string;
}

/** A running worker of bare BullMQ and the queue it works on. */
export interface Bare {
  readonly pid: number;
  /** Adds jobs in bulk, job `n` due at `dueAt(n)` with the text `<label> <n>`. */
  schedule(label: string, count: number, dueAt: (n: number) => Date): Promise<void>;
  /** Waits until `count` jobs have been completed since the start. @returns when the last was, in epoch milliseconds. */
  whenDone(count: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startBare(
  place: BarePlace,
  what: 'request' | 'nothing',
  on: 'redis' | 'postgres' = 'redis',
): Promise<Bare> {
  const name = `bare-${what}`;
  const child = fork(fileURLToPath(new URL('bare.ts', import.meta.url)), [
    '--redis',
    place.redisUrl,
    '--database',
    place.databaseUrl,
    '--url',
    place.url,
    '--queue',
    name,
    '--do',
    what,
    '--on',
    on,
  ]);
  let last = { done: -1, at: 0 };
  let wake = (): void => {};
  child.on('message', (message) => {
    last = message as { done: number; at: number };
    wake();
  });
  const reached = async (count: number): Promise<number> => {
    while (last.done < count) {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        child.once('exit', (code) => reject(new Error(`The bare worker ended with ${code}.`)));
      });
      child.removeAllListeners('exit');
    }
    return last.at;
  };
  await reached(0);
  const its = on === 'redis' ? onRedis(place.redisUrl) : onPostgres(place.databaseUrl);
  const queue = new Queue(name, { connection: its.connection }, its.factory);
  return {
    pid: child.pid ?? 0,
    async schedule(label, count, dueAt) {
      const timestamp = Date.now();
      const jobs = Array.from({ length: count }, (_, n) => ({
        name: 'publish',
        data: { text: textOf(label, n) },
        opts: { jobId: `${label}-${n}`, timestamp, delay: Math.max(0, dueAt(n).getTime() - timestamp) },
      }));
      for (let from = 0; from < count; from += 500) await queue.addBulk(jobs.slice(from, from + 500));
    },
    whenDone: reached,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      await queue.close();
      await its.close();
    },
  };
}
