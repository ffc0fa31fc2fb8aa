import { setTimeout as sleep } from 'node:timers/promises';
import { withServers } from './row.ts';
import type { FaultRow } from './row.ts';

/** PostgreSQL cut off, killed, deaf. */
export const postgresRows: readonly FaultRow[] = [
  {
    n: 16,
    name: 'PostgreSQL backends terminated, then the server killed for 2 s',
    on: withServers,
    recoveryMs: 5_000,
    storm: { spreadMs: 12_000 },
    async fault({ stage, storm }) {
      await storm.reaches(30);
      {
        await using client = await stage.connect();
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      }
      await storm.reaches(80);
      await stage.postgres?.kill();
      await sleep(2_000);
      await stage.postgres?.restart();
    },
  },
  {
    n: 17,
    name: 'answers of PostgreSQL lost after the commit, link cut, four times',
    on: withServers,
    storm: { spreadMs: 8_000 },
    async fault({ stage, storm, chance }) {
      await storm.reaches(20);
      for (let n = 0; n < 4; n++) {
        stage.postgresLink?.deafen(true);
        await sleep(50 + 200 * chance());
        stage.postgresLink?.cut();
        stage.postgresLink?.deafen(false);
        await sleep(1_500);
      }
    },
  },
];
