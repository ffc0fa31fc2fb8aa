import { setTimeout as sleep } from 'node:timers/promises';
import { withServers } from './row.ts';
import type { Row } from './row.ts';
import { brew } from './storm.ts';

/** PostgreSQL cut off, killed, deaf. */
export const postgresRows: readonly Row[] = [
  {
    n: 16,
    name: 'PostgreSQL backends terminated, then the server killed',
    on: withServers,
    // A request whose attempt could not be written down any more is in doubt, where the network never had it.
    unknown: 40,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 10_000 });
      await storm.reaches(40);
      {
        await using client = await stage.connect();
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      }
      await storm.reaches(100);
      await stage.postgres?.kill();
      await sleep(2_000);
      await stage.postgres?.restart();
      return storm.finding(Math.max(Date.now(), storm.dueAt.getTime() + 10_000), 90_000);
    },
  },
  {
    n: 17,
    name: 'answers of PostgreSQL lost after the commit, link cut',
    on: withServers,
    unknown: 80,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 10_000 });
      await storm.reaches(20);
      for (let n = 0; n < 4; n++) {
        stage.postgresLink?.deafen(true);
        await sleep(150);
        stage.postgresLink?.cut();
        stage.postgresLink?.deafen(false);
        await sleep(2_000);
      }
      return storm.finding(Math.max(Date.now(), storm.dueAt.getTime() + 10_000), 90_000);
    },
  },
];
