import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql } from './database.ts';

/** Where a change comes from. Every transaction says it to the database, which writes it down with what is audited. */
export interface Origin {
  readonly ip: string;
  readonly requestId: string;
}

const origins = new AsyncLocalStorage<Origin>();

/** Runs `work`, and everything that it waits for, as a part of one request. */
export function withOrigin<T>(origin: Origin, work: () => T): T {
  return origins.run(origin, work);
}

export function currentOrigin(): Origin | undefined {
  return origins.getStore();
}

/** The same from within a transaction, for what is written down after the request it comes from. */
export async function sayOrigin(sql: Sql, origin: Partial<Origin>): Promise<void> {
  await sql.run(`SELECT set_config('standfirst.origin', $1, true)`, [JSON.stringify(origin)]);
}
