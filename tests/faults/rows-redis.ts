import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { withRedis } from './row.ts';
import type { Row } from './row.ts';
import type { Stage } from './stage.ts';
import { queuePosts, sleepUntil } from './stage.ts';
import { brew } from './storm.ts';

/** Redis killed, emptied, hanging, full, far away. */
export const redisRows: readonly Row[] = [
  {
    n: 8,
    name: 'Redis killed, 10 s down, posts due meanwhile',
    on: withRedis,
    worstMs: 12_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 15_000 });
      await sleepUntil(storm.dueAt.getTime() + 2_000);
      await stage.redis?.kill();
      await sleep(10_000);
      await stage.redis?.restart();
      const backAt = Math.max(Date.now(), storm.dueAt.getTime() + 15_000);
      return storm.finding(backAt);
    },
  },
  {
    n: 9,
    name: 'Redis restarted without its data',
    on: withRedis,
    worstMs: 15_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 10_000 });
      await using redis = await command(stage);
      await redis.flushall();
      await stage.redis?.kill();
      await stage.redis?.restart(['--appendonly', 'no']);
      const backAt = Math.max(Date.now(), storm.dueAt.getTime() + 10_000);
      return storm.finding(backAt);
    },
  },
  {
    n: 10,
    name: 'FLUSHALL and SCRIPT FLUSH',
    on: withRedis,
    worstMs: 15_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 10_000 });
      await sleepUntil(storm.dueAt.getTime() + 2_000);
      await using redis = await command(stage);
      await redis.flushall();
      await redis.script('FLUSH');
      return storm.finding(storm.dueAt.getTime() + 10_000);
    },
  },
  {
    n: 11,
    name: 'Redis hangs for 10 s',
    on: withRedis,
    worstMs: 15_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 15_000 });
      await sleepUntil(storm.dueAt.getTime() + 1_000);
      await using redis = await command(stage);
      await redis.call('CLIENT', 'PAUSE', '10000', 'ALL');
      const answers: number[] = [];
      for (let n = 0; n < 20; n++) {
        const from = performance.now();
        await queuePosts(stage, storm.accountId, `${label}b${n}`, 1, () => new Date(Date.now() + 1_000));
        answers.push(performance.now() - from);
      }
      const slowest = Math.round(Math.max(...answers));
      return storm.finding(Math.max(Date.now(), storm.dueAt.getTime() + 15_000), 60_000, [
        { sentence: `API answered in at most ${slowest} ms`, isMet: slowest <= 2_000 },
      ]);
    },
  },
  {
    n: 12,
    name: 'Redis out of memory',
    on: withRedis,
    worstMs: 15_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      await using redis = await command(stage);
      await redis.config('SET', 'maxmemory', '1mb');
      const storm = await brew(stage, label, who, { spreadMs: 5_000 });
      await sleepUntil(storm.dueAt.getTime() + 8_000);
      await redis.config('SET', 'maxmemory', '0');
      return storm.finding(Date.now());
    },
  },
  {
    n: 14,
    name: 'Redis 200 ± 100 ms away, cut every 5 s, then half-open',
    on: withRedis,
    worstMs: 20_000,
    recoveryMs: 20_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 30_000 });
      stage.redisLink?.slow(200, 100);
      for (let n = 0; n < 4; n++) {
        await sleep(5_000);
        stage.redisLink?.cut();
      }
      stage.redisLink?.halfOpen(true);
      await sleep(15_000);
      stage.redisLink?.slow(0);
      stage.redisLink?.halfOpen(false);
      return storm.finding(Math.max(Date.now(), storm.dueAt.getTime() + 30_000));
    },
  },
];

/** A connection to Redis that no fault of ours touches. */
async function command(stage: Stage): Promise<Redis & AsyncDisposable> {
  const client = new Redis(stage.redis?.url ?? '', { maxRetriesPerRequest: 3 });
  client.on('error', () => {});
  await client.ping();
  return Object.assign(client, { [Symbol.asyncDispose]: () => Promise.resolve(client.disconnect()) });
}
