import pg from 'pg';
import type { ZodType } from 'zod';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { currentOrigin } from './origin.ts';

/** Runs SQL: the pool, or one transaction of it. Verbs take this, so that each can be part of a larger transaction. */
export interface Sql {
  /**
   * Rows checked by `row`: a column that is missing or of another type is a defect and throws. `name`: the statement is
   * kept prepared on each connection, one text per name; for the few that every post runs, of which parsing and planning
   * are most of the cost.
   */
  many<Row>(row: ZodType<Row>, text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
  /** The first row, or null. */
  one<Row>(row: ZodType<Row>, text: string, values?: readonly unknown[], name?: string): Promise<Row | null>;
  /** Number of rows written. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

const clockRow = z.object({ at: z.date() });

/** What the database's clock shows, which decides what is due; in a transaction, when that began. */
export async function readClock(sql: Sql): Promise<Date> {
  return (await sql.one(clockRow, 'SELECT standfirst.clock() AS at'))?.at as Date;
}

export interface Database extends Sql {
  /** Runs `work` in one transaction; a throw rolls back. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** A connection of one's own, for LISTEN and session locks. The caller ends it. */
  connect(): Promise<pg.Client>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

// Dates as Date, int8 as number: our counters stay far below 2^53.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DatabaseOptions {
  readonly connectionString: string;
  /** Most connections of this process. */
  readonly max?: number;
  /** Shown in pg_stat_activity. */
  readonly name?: string;
  /** Longest a connection, or a statement on it, may go without an answer before it is given up. */
  readonly answerWithinMs?: number;
  readonly onError?: (error: Error) => void;
}

/**
 * A link that stands on our side only answers nothing and closes nothing: without this whoever asks waits for hours. No
 * statement of a running process takes a tenth of it; migrations have connections of their own.
 */
const ANSWER_WITHIN_MS = 10_000;
/**
 * The server gives a statement up a little before we do: one that it carried out later, when a lock or its disk is free again,
 * would leave a post in the hands of a worker that knows nothing of it.
 */
const GIVES_UP_AFTER = 0.9;
/**
 * A process that hangs, or whose link is dead, must not hold rows for ever. Some transactions last as long as a network
 * takes to change or remove the parts of a thread.
 */
const BEGIN = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = '5min'`;

/**
 * Our statements read few rows, whatever the planner expects of them: to compile one takes a hundred times as long as to run
 * it, anew on each connection.
 */
const WITHOUT_JIT = 'SET jit = off';

/** A day that is added to a time is 24 hours, also where the server's own zone sets its clocks forward. */
const IN_UTC = `SET timezone = 'UTC'`;

/**
 * An attempt is on the disk as sent before its request leaves, or a power cut makes a second post of it: also where the server
 * leaves the disk for later. What waits for more than that is left alone.
 */
const DURABLY = `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`;

/** Opens a pool. Connects on first use; `max` connections at most. */
export function openDatabase(options: DatabaseOptions): Database {
  const { answerWithinMs = ANSWER_WITHIN_MS } = options;
  const config = {
    connectionString: options.connectionString,
    application_name: options.name ?? 'standfirst',
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: ANSWER_WITHIN_MS,
    connectionTimeoutMillis: answerWithinMs,
  };
  const giveUp = `SET statement_timeout = ${Math.ceil(answerWithinMs * GIVES_UP_AFTER)}`;
  const onConnect = async (client: pg.ClientBase): Promise<void> =>
    void (await client.query(`${WITHOUT_JIT}; ${IN_UTC}; ${DURABLY}; ${giveUp}`));
  const pool = new pg.Pool({ ...config, query_timeout: answerWithinMs, max: options.max ?? 20, onConnect });
  let isClosing = false;
  const lost = (error: Error): void => void (isClosing || options.onError?.(error));
  pool.on('error', lost);
  // The pool listens to its idle connections only: one that is lost while it is lent out, between two statements of a
  // transaction or under the sweep's lock, would end the process.
  pool.on('connect', (client) => client.on('error', lost));
  return {
    ...sqlOn(pool),
    pool,
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query(begin(client));
        const result = await work(sqlOn(client));
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (error) {
        if (isUnanswered(error)) {
          client.release(error as Error);
          throw error;
        }
        // A connection whose rollback fails is broken: the pool must not hand it out again.
        await client.query('ROLLBACK').then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        );
        throw error;
      }
    },
    async connect() {
      const client = new pg.Client(config);
      client.on('error', lost);
      await client.connect();
      return client;
    },
    close() {
      // The pool does not wait for the server's goodbye: one that stops meanwhile cuts what we have let go.
      isClosing = true;
      return pool.end();
    },
  };
}

/** Says with the BEGIN, in one round trip, where the transaction comes from: what is audited in it is written down with that. */
function begin(client: pg.PoolClient): string {
  const origin = currentOrigin();
  return origin === undefined
    ? BEGIN
    : `${BEGIN}; SET LOCAL standfirst.origin = ${client.escapeLiteral(JSON.stringify(origin))}`;
}

function sqlOn(target: pg.Pool | pg.PoolClient): Sql {
  const query = (text: string, values?: readonly unknown[], name?: string) =>
    target.query({
      text,
      ...(values === undefined ? {} : { values: values as unknown[] }),
      ...(name === undefined ? {} : { name }),
    });
  return {
    async many(row, text, values, name) {
      return z.array(row).parse((await query(text, values, name)).rows);
    },
    async one(row, text, values, name) {
      const found = (await query(text, values, name)).rows[0];
      return found === undefined ? null : row.parse(found);
    },
    async run(text, values) {
      return (await query(text, values)).rowCount ?? 0;
    },
  };
}

/** Whether an error is PostgreSQL's refusal of a second row under a unique index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const fault = error as { code?: unknown; constraint?: unknown };
  return fault.code === '23505' && (constraint === undefined || fault.constraint === constraint);
}

/** No answer within the time: the connection is given up, and nobody knows whether the statement was run. */
function isUnanswered(error: unknown): boolean {
  return (error as Error).message === 'Query read timeout';
}

/** Whether the database could not be reached, was going away or gave a statement up: worth trying again. */
export function isDatabaseAway(error: unknown): boolean {
  if (isUnanswered(error)) return true;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string')
    return /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(
      String((error as Error).message),
    );
  return [
    '57014',
    '57P01',
    '57P02',
    '57P03',
    '08000',
    '08001',
    '08003',
    '08006',
    '53300',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EPIPE',
    'ETIMEDOUT',
  ].includes(code);
}

/** Whether it was there, and gave a statement up that took longer than it may: nothing of that was carried out. https://www.postgresql.org/docs/18/errcodes-appendix.html (query_canceled) */
export function isGivenUp(error: unknown): boolean {
  return (error as { code?: unknown }).code === '57014';
}

/** Whether the database's disk has no room left: it reads, and does not write. https://www.postgresql.org/docs/18/errcodes-appendix.html */
export function isDiskFull(error: unknown): boolean {
  return (error as { code?: unknown }).code === '53100';
}

/** Whether it only reads, as one does that was the primary a moment ago. https://www.postgresql.org/docs/18/errcodes-appendix.html (read_only_sql_transaction) */
export function isReadOnly(error: unknown): boolean {
  return (error as { code?: unknown }).code === '25006';
}

/** @returns the row, or throws the refusal that names what was not found. */
export function found<T>(row: T | null, what: string, id: string): T {
  if (row === null) throw new Refusal('not-found', `There is no ${what} ${id}.`);
  return row;
}
