import { setTimeout as sleep } from 'node:timers/promises';
import { holdBefore } from './hold-point.ts';
import { everywhere, withServers } from './row.ts';
import type { Row } from './row.ts';
import type { Server } from './processes.ts';
import type { Stage } from './stage.ts';
import { CONCURRENCY, until, sleepUntil } from './stage.ts';
import { brew } from './storm.ts';

/** A request of these takes this long, so that a fault falls into the middle of many. */
const SLOW = { name: 'slow', ms: 300 } as const;

/** The processes that publish, killed, suspended, stopped and blocked. */
export const workerRows: readonly Row[] = [
  {
    n: 1,
    name: 'worker killed before its requests leave',
    on: withServers,
    async run(stage, { label, who }) {
      await stage.prepare(1);
      await using client = await stage.connect();
      const storm = await brew(stage, label, who);
      const point = await holdBefore(client, 'sent');
      await until(90_000, async () => (await point.held()) > 0);
      // The others wait behind it in the worker, for the next statement.
      await sleep(500);
      await first(stage).kill();
      await point.lift();
      await stage.startWorker();
      return storm.finding(Date.now(), 90_000);
    },
  },
  {
    n: 2,
    name: 'worker killed while its requests are under way',
    on: withServers,
    async run(stage, { label, who }) {
      await stage.prepare(1);
      const storm = await brew(stage, label, who);
      // The network takes a post two seconds after it was asked, whoever is still there to hear it.
      await stage.network.setMode({ name: 'slow', ms: 2_000 });
      await storm.reaches(20);
      await sleep(1_000);
      await first(stage).kill();
      await sleep(2_500);
      await stage.network.setMode({ name: 'ok' });
      await stage.startWorker();
      return storm.finding(Date.now(), 90_000);
    },
  },
  {
    n: 3,
    name: 'worker killed after the answers, before they are written',
    on: withServers,
    async run(stage, { label, who }) {
      await stage.prepare(1);
      await using client = await stage.connect();
      const storm = await brew(stage, label, who);
      const point = await holdBefore(client, 'published');
      await until(90_000, async () => (await point.held()) > 0 && storm.accepted() >= CONCURRENCY);
      await first(stage).kill();
      await point.lift();
      await stage.startWorker();
      return storm.finding(Date.now(), 90_000);
    },
  },
  {
    n: 4,
    name: 'everything killed, 15 s down, all due meanwhile',
    on: everywhere,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who);
      for (const one of stage.workers.splice(0)) await one.kill();
      await sleepUntil(storm.dueAt.getTime() + 15_000);
      await stage.prepare(2);
      return storm.finding(Date.now(), 90_000);
    },
  },
  {
    n: 5,
    name: 'SIGTERM with requests under way',
    on: everywhere,
    async run(stage, { label, who }) {
      await stage.prepare(1);
      const storm = await brew(stage, label, who);
      await stage.network.setMode({ name: 'slow', ms: 1_500 });
      await storm.reaches(20);
      const { code, ms } = await first(stage).stop();
      const stoppedAt = Date.now();
      await stage.network.setMode({ name: 'ok' });
      stage.workers.splice(0);
      await stage.prepare(1);
      const startedAt = Date.now();
      return storm.finding(startedAt, 90_000, [
        {
          sentence: `stopped with ${code} in ${ms} ms, started again in ${startedAt - stoppedAt} ms`,
          isMet: code === 0 && ms <= 30_000,
        },
      ]);
    },
  },
  {
    n: 6,
    name: 'worker suspended for 20 s, past its lock, then woken',
    on: withServers,
    // Its requests that had not arrived: X cannot prove that, so a person is asked.
    unknown: 20,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who);
      await stage.network.setMode(SLOW);
      await storm.reaches(40);
      first(stage).signal('SIGSTOP');
      const stoppedAt = Date.now();
      await sleep(20_000);
      first(stage).signal('SIGCONT');
      await sleep(5_000);
      return storm.finding(stoppedAt);
    },
  },
  {
    n: 7,
    name: 'event loop of a worker blocked for 10 s',
    on: withServers,
    unknown: 20,
    async run(stage, { label, who }) {
      await stage.prepare(2, ['--import', new URL('block-on-signal.ts', import.meta.url).href]);
      const storm = await brew(stage, label, who);
      await stage.network.setMode(SLOW);
      await storm.reaches(40);
      first(stage).signal('SIGUSR2');
      const blockedAt = Date.now();
      await sleep(12_000);
      return storm.finding(blockedAt);
    },
  },
];

export function first(stage: Stage): Server {
  const [worker] = stage.workers;
  if (worker === undefined) throw new Error('No worker runs.');
  return worker;
}
