import { QueueEvents } from 'bullmq';
import type pg from 'pg';
import { openRedisBackend } from '../../src/jobs/backend.ts';
import { BREAKING, publishQueue } from '../../src/jobs/jobs.ts';

/** Queues whose posts the matrix counts. */
const QUEUES = [publishQueue('x'), BREAKING];

/** What the queue says that it did: how often a job of a post was started. */
export interface QueueLog extends AsyncDisposable {
  /** By post id. A Redis that was emptied or killed has forgotten what was not read before. */
  starts(): Promise<ReadonlyMap<string, number>>;
}

/** Reads the stream of events of a Redis for as long as it is open. */
export function followRedis(url: string): QueueLog {
  const backend = openRedisBackend({ url, cluster: false, sentinel: null }, () => {});
  const starts = new Map<string, number>();
  const followed = QUEUES.map((queue) => {
    const events = new QueueEvents(queue, backend.options('worker', queue), backend.factory);
    events.on('error', () => {});
    events.on('active', ({ jobId }) => count(starts, jobId));
    return events;
  });
  return {
    starts: () => Promise.resolve(starts),
    async [Symbol.asyncDispose]() {
      for (const events of followed) void events.close().catch(() => {});
      await backend.close();
    },
  };
}

/** The same for a queue in PostgreSQL, where the events are rows. */
export function readPostgres(connect: () => Promise<pg.Client & AsyncDisposable>): QueueLog {
  return {
    async starts() {
      await using client = await connect();
      const { rows } = await client.query<{ id: string }>(
        `SELECT data->>'jobId' AS id FROM bullmq.event WHERE event = 'active' AND queue = ANY ($1)`,
        [QUEUES],
      );
      const starts = new Map<string, number>();
      for (const { id } of rows) count(starts, id);
      return starts;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A job's id is `publish-<post>-<wake>`, with `-late` where the sweep rang a second time. */
function count(starts: Map<string, number>, jobId: string): void {
  const postId = /^publish-(.+?)-\d+(-late)?$/.exec(jobId)?.[1];
  if (postId !== undefined) starts.set(postId, (starts.get(postId) ?? 0) + 1);
}
