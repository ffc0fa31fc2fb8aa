import { z } from 'zod';
import type { Sql } from './database.ts';

/** A worker counts as dead when the database has not heard of it for this long. The fence makes a wrong guess harmless. */
const DEAD_AFTER_MS = 8_000;
export const HEARTBEAT_MS = 2_000;

/**
 * A worker that has been heard of lately. A heartbeat of the future is one from before the clock was set back: who lives
 * has another within two seconds, and who does not would be taken for alive as long as the clock was ahead.
 */
export const ALIVE = `worker.stopped_at IS NULL
    AND abs(extract(epoch FROM now() - worker.seen_at)) < ${DEAD_AFTER_MS / 1000}`;

/** Who a worker is, and what it says of itself with each heartbeat. */
export interface Heartbeat {
  readonly id: string;
  readonly version: string;
  readonly host: string;
  readonly pid: number;
  /** Posts that it sends at a time to one server of a network. */
  readonly concurrency: number;
  readonly memoryBytes: number;
}

/** @returns whether another worker counts as dead since about the heartbeat before. */
export async function beat(sql: Sql, worker: Heartbeat): Promise<boolean> {
  const row = await sql.one(
    z.object({ hasOneDied: z.boolean() }),
    `INSERT INTO standfirst.worker AS self (id, version, host, pid, concurrency, memory_bytes, started_at, seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), now())
     ON CONFLICT (id) DO UPDATE SET seen_at = now(), memory_bytes = $6
     RETURNING EXISTS (SELECT 1 FROM standfirst.worker AS other WHERE other.id <> self.id AND other.stopped_at IS NULL
                          AND extract(epoch FROM now() - other.seen_at)
                              BETWEEN ${DEAD_AFTER_MS / 1000} AND ${(DEAD_AFTER_MS + 2 * HEARTBEAT_MS) / 1000}) AS "hasOneDied"`,
    [worker.id, worker.version, worker.host, worker.pid, worker.concurrency, worker.memoryBytes],
  );
  return row?.hasOneDied ?? false;
}

/** Says goodbye, so that what is left open is picked up at once. */
export async function stopWorker(sql: Sql, id: string): Promise<void> {
  await sql.run(`UPDATE standfirst.worker SET stopped_at = now() WHERE id = $1`, [id]);
}

/** The embedded database belongs to one process: whoever worked on it before is dead. */
export async function buryWorkers(sql: Sql): Promise<void> {
  await sql.run(`UPDATE standfirst.worker SET stopped_at = now() WHERE stopped_at IS NULL`);
}

/** Forgets workers not seen for a day. */
export async function forgetWorkers(sql: Sql): Promise<void> {
  await sql.run(`DELETE FROM standfirst.worker WHERE seen_at < now() - interval '1 day'`);
}

const MOST_PUBLISHING = 5;

const workerRow = z.object({
  id: z.string(),
  version: z.string(),
  host: z.string(),
  pid: z.number(),
  concurrency: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  startedAt: z.date(),
  seenAt: z.date(),
  isAlive: z.boolean(),
  /** How many posts it has under its hands, and the first few of them. */
  publishingCount: z.number(),
  publishing: z.array(z.object({ postId: z.string(), accountId: z.string() })),
});

export function listWorkers(sql: Sql): Promise<z.infer<typeof workerRow>[]> {
  return sql.many(
    workerRow,
    `SELECT id, version, host, pid, concurrency, memory_bytes AS "memoryBytes", started_at AS "startedAt",
            seen_at AS "seenAt", ${ALIVE} AS "isAlive", coalesce(busy.n, 0) AS "publishingCount",
            coalesce(busy.posts[1:${MOST_PUBLISHING}], '{}') AS publishing
       FROM standfirst.worker LEFT JOIN (
              SELECT worker_id, count(*)::int AS n,
                     array_agg(jsonb_build_object('postId', id, 'accountId', account_id) ORDER BY updated_at, id) AS posts
                FROM standfirst.post WHERE state = 'publishing' GROUP BY worker_id
            ) AS busy ON busy.worker_id = worker.id
      ORDER BY started_at DESC LIMIT 100`,
  );
}
