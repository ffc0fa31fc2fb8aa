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

export async function beat(
  sql: Sql,
  worker: { id: string; version: string; host: string; pid: number },
): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.worker (id, version, host, pid, started_at, seen_at) VALUES ($1, $2, $3, $4, now(), now())
     ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
    [worker.id, worker.version, worker.host, worker.pid],
  );
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

export const workerRow = z.object({
  id: z.string(),
  version: z.string(),
  host: z.string(),
  pid: z.number(),
  startedAt: z.date(),
  seenAt: z.date(),
  isAlive: z.boolean(),
});

export function listWorkers(sql: Sql): Promise<z.infer<typeof workerRow>[]> {
  return sql.many(
    workerRow,
    `SELECT id, version, host, pid, started_at AS "startedAt", seen_at AS "seenAt",
            ${ALIVE} AS "isAlive"
       FROM standfirst.worker ORDER BY started_at DESC LIMIT 100`,
  );
}
