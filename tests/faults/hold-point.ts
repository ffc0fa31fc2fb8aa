import type pg from 'pg';

const LOCK = 4_242;

/**
 * Holds workers at a point of the line from outside, by a trigger in the database: before an attempt is marked `sent`, or
 * before its receipt is written. The product has no hook for it.
 */
export async function holdBefore(
  client: pg.Client,
  phase: 'sent' | 'published',
): Promise<{
  /** How many statements wait there: one may carry several attempts. */
  held(): Promise<number>;
  lift(): Promise<void>;
}> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  await client.query(`
    CREATE OR REPLACE FUNCTION public.hold_point() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_lock_shared(${LOCK}); PERFORM pg_advisory_unlock_shared(${LOCK}); RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER hold_point BEFORE UPDATE ON standfirst.attempt FOR EACH ROW
      WHEN (NEW.phase = '${phase}' AND OLD.phase <> NEW.phase) EXECUTE FUNCTION public.hold_point();`);
  const waiting = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`;
  return {
    async held() {
      return (await client.query(waiting)).rowCount ?? 0;
    },
    /** Ends what waits, as if the process had died before it asked, and takes the trigger away. */
    async lift() {
      await client.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS held`);
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await client.query('DROP TRIGGER hold_point ON standfirst.attempt');
    },
  };
}
