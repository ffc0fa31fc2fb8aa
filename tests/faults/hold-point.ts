import type { Stage } from './stage.ts';

const LOCK = 4_242;
const WAITING = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`;

/** Where workers stand still, until it is lifted. */
export interface HoldPoint extends AsyncDisposable {
  /** Waits until somebody stands there. */
  reached(withinMs?: number): Promise<void>;
}

/**
 * Holds a worker, or whoever has a certain post, at a point of the line from outside, by a trigger in the database: before
 * an attempt is marked `sent`, or before its receipt is written. The product has no hook for it. Lifting it ends the
 * connections that wait there, as the death of their process would have, had they not been waiting.
 */
export async function holdBefore(
  stage: Stage,
  phase: 'sent' | 'published',
  whom: { readonly workerId: string } | { readonly postId: string },
): Promise<HoldPoint> {
  const client = await stage.connect();
  const [column, value] = 'workerId' in whom ? ['worker_id', whom.workerId] : ['post_id', whom.postId];
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  await client.query(`
    CREATE OR REPLACE FUNCTION public.hold_point() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_lock_shared(${LOCK}); PERFORM pg_advisory_unlock_shared(${LOCK}); RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER hold_point BEFORE UPDATE ON standfirst.attempt FOR EACH ROW
      WHEN (NEW.phase = '${phase}' AND OLD.phase <> NEW.phase AND NEW.${column} = '${value}')
      EXECUTE FUNCTION public.hold_point();`);
  return {
    async reached(withinMs = 60_000) {
      const end = performance.now() + withinMs;
      while ((await client.query(WAITING)).rowCount === 0) {
        if (performance.now() > end) throw new Error(`Nobody came to the point before "${phase}" in ${withinMs} ms.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // So that the others of the same moment stand there too.
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    async [Symbol.asyncDispose]() {
      await using other = await stage.connect();
      await other.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) AS held`);
      await client[Symbol.asyncDispose]();
      await other.query('DROP TRIGGER hold_point ON standfirst.attempt');
    },
  };
}
