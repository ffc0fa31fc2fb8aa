import { AsyncLocalStorage } from 'node:async_hooks';

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
