import type { FaultRow, Row } from './row.ts';
import { everywhere } from './row.ts';
import { clockRows } from './rows-clock.ts';
import { diskRows } from './rows-disk.ts';
import { embeddedRows } from './rows-embedded.ts';
import { loadRows } from './rows-load.ts';
import { networkRows } from './rows-network.ts';
import { paceRows } from './rows-pace.ts';
import { poisonRows } from './rows-poison.ts';
import { postgresRows } from './rows-postgres.ts';
import { redisRows } from './rows-redis.ts';
import { upgradeRows } from './rows-upgrade.ts';
import { webhookRows } from './rows-webhook.ts';
import { workerRows } from './rows-worker.ts';

/** What two hundred posts look like without a fault, to hold the others against. */
export const noFault: FaultRow = { n: 0, name: 'no fault', on: everywhere, fault: () => Promise.resolve() };

/** The fault matrix: every row that one machine can run. */
export const rows: readonly Row[] = [
  ...workerRows,
  ...redisRows,
  ...postgresRows,
  ...embeddedRows,
  ...clockRows,
  ...networkRows,
  ...paceRows,
  ...poisonRows,
  ...loadRows,
  ...diskRows,
  ...upgradeRows,
  ...webhookRows,
].toSorted((a, b) => a.n - b.n);
