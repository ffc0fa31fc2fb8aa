import type { Database } from './database.ts';

const LOCK = 7_305_002;

/**
 * Runs `work` if no other process of the installation is sweeping. The lock lives and dies with its transaction, and a
 * process that stands still in the middle loses it after half a minute: two that sweep at once do no harm, none would.
 */
export async function withSweepLock(database: Database, work: () => Promise<void>): Promise<boolean> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN; SET LOCAL idle_in_transaction_session_timeout = '30s'`);
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS taken', [LOCK]);
    if (rows[0]?.taken === true) await work();
    return rows[0]?.taken === true;
  } finally {
    await client.query('ROLLBACK').catch((error: Error) => (broken = error));
    client.release(broken);
  }
}
