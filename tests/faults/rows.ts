import type { Row } from './row.ts';
import { embeddedRows } from './rows-embedded.ts';
import { loadRows } from './rows-load.ts';
import { networkRows } from './rows-network.ts';
import { postgresRows } from './rows-postgres.ts';
import { redisRows } from './rows-redis.ts';
import { workerRows } from './rows-worker.ts';

/** The fault matrix: every row that one machine can run. */
export const rows: readonly Row[] = [
  ...workerRows,
  ...redisRows,
  ...postgresRows,
  ...embeddedRows,
  ...networkRows,
  ...loadRows,
].toSorted((a, b) => a.n - b.n);
