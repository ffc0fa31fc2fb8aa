import type pg from 'pg';

/**
 * The injected clock of a database: everything that asks it for the time, heartbeats too, asks a function of ours, because
 * the schema it is in comes before PostgreSQL's own. Counts for connections that are made afterwards.
 */
export async function injectClock(client: pg.Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS faults');
  await turnClock(client, 0);
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  await client.query(`ALTER DATABASE "${rows[0]?.name}" SET search_path = faults, pg_catalog, public`);
}

/** Lets the database believe that it is so much later than it is; earlier, where `ms` is negative. */
export async function turnClock(client: pg.Client, ms: number): Promise<void> {
  await client.query(`CREATE OR REPLACE FUNCTION faults.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT pg_catalog.now() + interval '${Math.round(ms)} ms' $$`);
}

/** By how much the clock of an installation was off, and when. */
export class ClockHistory {
  readonly #turns = [{ from: 0, ms: 0 }];

  get ms(): number {
    return this.#turns.at(-1)?.ms ?? 0;
  }

  turned(ms: number): void {
    this.#turns.push({ from: Date.now(), ms });
  }

  /** What the installation's clock showed at an instant of ours; both in epoch milliseconds. */
  at(real: number): number {
    return real + (this.#turns.findLast(({ from }) => from <= real)?.ms ?? 0);
  }
}
