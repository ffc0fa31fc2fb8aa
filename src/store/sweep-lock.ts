import type { Database } from './database.ts';

const LOCK = 7_305_002;

/** Runs `work` if no other process of the installation is sweeping. The lock lives and dies with its connection. */
export async function withSweepLock(database: Database, work: () => Promise<void>): Promise<boolean> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
    if (rows[0]?.taken !== true) return false;
    try {
      await work();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    }
    return true;
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}
