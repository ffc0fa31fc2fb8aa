import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedis } from '../servers/redis.ts';
import { readLog } from './check.ts';
import { withRedis } from './row.ts';
import type { Note, Row, Scene } from './row.ts';
import type { Stage } from './stage.ts';
import { saysAtReadyz } from './readyz.ts';
import { sleepUntil, until } from './until.ts';

/** Redis killed, emptied, hanging, full, wrongly set, far away, and a replica that has fallen behind. */
export const redisRows: readonly Row[] = [
  {
    n: 8,
    name: 'Redis killed, 10 s down, posts due meanwhile',
    on: withRedis,
    worstMs: 6_000,
    storm: { spreadMs: 12_000 },
    async fault({ stage, storm }) {
      await sleepUntil(storm.dueAt + 1_000);
      await stage.redis?.kill();
      await sleep(10_000);
      await stage.redis?.restart();
    },
  },
  {
    n: 9,
    name: 'Redis restarted without its data',
    on: withRedis,
    worstMs: 15_000,
    storm: { spreadMs: 6_000 },
    async fault({ stage }) {
      await using redis = await commandOf(stage);
      await redis.flushall();
      await stage.redis?.kill();
      await stage.redis?.restart(['--appendonly', 'no']);
      await using again = await commandOf(stage);
      await again.config('SET', 'appendonly', 'yes');
    },
  },
  {
    n: 10,
    name: 'FLUSHALL and SCRIPT FLUSH',
    on: withRedis,
    worstMs: 15_000,
    storm: { spreadMs: 6_000 },
    async fault({ stage, storm }) {
      await sleepUntil(storm.dueAt + 1_000);
      await using redis = await commandOf(stage);
      await redis.flushall();
      await redis.script('FLUSH');
    },
  },
  hanging('Redis hangs for 10 s (CLIENT PAUSE)', async ({ stage }) => {
    await using redis = await commandOf(stage);
    await redis.call('CLIENT', 'PAUSE', '10000', 'ALL');
    await sleep(10_000);
  }),
  hanging('Redis stands still for 10 s (DEBUG SLEEP)', async ({ stage }) => {
    await using redis = await commandOf(stage);
    await redis.call('DEBUG', 'SLEEP', '10');
  }),
  hanging('Redis suspended for 10 s (SIGSTOP)', async ({ stage }) => {
    const pid = stage.redis?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await sleep(10_000);
    process.kill(pid, 'SIGCONT');
  }),
  {
    n: 12,
    name: 'Redis out of memory',
    on: withRedis,
    worstMs: 15_000,
    storm: { spreadMs: 5_000 },
    async before(stage) {
      await using redis = await commandOf(stage);
      await redis.config('SET', 'maxmemory', '1mb');
    },
    async fault({ stage, storm }) {
      await sleepUntil(storm.dueAt + 6_000);
      const isTold = await saysAtReadyz(stage, /Redis uses .* of its maxmemory: full, it takes no jobs/);
      await using redis = await commandOf(stage);
      await redis.config('SET', 'maxmemory', '0');
      return { notes: [{ sentence: `/readyz ${isTold ? 'says so' : 'does not say so'}`, isMet: isTold }] };
    },
  },
  {
    n: 13,
    name: 'Redis with a wrong eviction policy, no append-only file, hz 10',
    on: withRedis,
    async check(stage) {
      await using redis = await commandOf(stage);
      const wrong = { 'maxmemory-policy': 'allkeys-lru', appendonly: 'no', hz: '10' };
      const right = { 'maxmemory-policy': 'noeviction', appendonly: 'yes', hz: '100' };
      for (const [name, value] of Object.entries(wrong)) await redis.config('SET', name, value);
      try {
        const worker = await stage.startWorker();
        const told = Object.entries(wrong).filter(([name, value]) =>
          worker.lines.some((line) => line.includes(`Redis ${name} is ${value}`)),
        );
        return [{ sentence: `${told.length} of 3 told at the start`, isMet: told.length === 3 }];
      } finally {
        for (const [name, value] of Object.entries(right)) await redis.config('SET', name, value);
      }
    },
  },
  {
    n: 14,
    name: 'Redis 200 ± 100 ms away, cut every 5 s, then half-open for 60 s',
    on: withRedis,
    waits: true,
    storm: { spreadMs: 70_000 },
    async fault({ stage }) {
      stage.redisLink?.slow(200, 100);
      for (let n = 0; n < 3; n++) {
        await sleep(5_000);
        stage.redisLink?.cut();
      }
      stage.redisLink?.halfOpen(true);
      await sleep(60_000);
      stage.redisLink?.slow(0);
      stage.redisLink?.halfOpen(false);
    },
  },
  {
    n: 15,
    name: 'Redis fails over to a replica that has fallen behind',
    on: withRedis,
    worstMs: 15_000,
    storm: { spreadMs: 8_000 },
    fault: failOver,
  },
];

/** Posts are due and the API is asked for more while Redis answers nothing. */
function hanging(name: string, hang: (scene: Scene) => Promise<void>): Row {
  return {
    n: 11,
    name,
    on: withRedis,
    // A round of the sweep comes every 5 s, looks at what is a second late, and waits 0.8 s for an answer of Redis.
    worstMs: 8_000,
    storm: { spreadMs: 12_000 },
    async before(stage) {
      // A Redis from 7 on hands out DEBUG only where it was started so.
      await stage.redis?.kill();
      await stage.redis?.restart(['--enable-debug-command', 'local']);
    },
    async fault(scene) {
      const { storm, brew, label } = scene;
      await sleepUntil(storm.dueAt + 1_000);
      const over = hang(scene);
      const answers: number[] = [];
      for (let n = 0; n < 20; n++) {
        const from = performance.now();
        await brew(`${label} meanwhile ${n}`, { posts: 1 });
        answers.push(Math.round(performance.now() - from));
        await sleep(200);
      }
      await over;
      const slowest = Math.max(...answers);
      return { notes: [{ sentence: `the API answered within ${slowest} ms`, isMet: slowest <= 1_000 }] };
    },
  };
}

/** The replica hears nothing more from its master while jobs run, then takes its place: it starts them again. */
async function failOver({ stage, storm, brew, label }: Scene): Promise<{ notes: Note[] }> {
  await using replica = await startRedis();
  await using old = await commandOf(stage);
  await using promoted = await commandTo(replica.url);
  await promoted.replicaof('127.0.0.1', stage.redis?.port ?? 0);
  await until(10_000, async () => (await promoted.info('replication')).includes('master_link_status:up'));
  await storm.reaches(20);
  await promoted.replicaof('NO', 'ONE');
  const waiting = await jobsIn(promoted);
  await storm.reaches(80);
  await brew(`${label} after`, { posts: 20 });
  old.disconnect();
  await stage.redis?.kill();
  const out = new Set(readLog(storm.network.logFile).map(({ key }) => key));
  const again = storm.posts.filter(({ id, key }) => out.has(key) && waiting.some((job) => job.includes(id))).length;
  stage.redisLink?.lead(replica.port);
  stage.redisLink?.cut();
  await storm.reaches(200);
  await until(20_000, async () => (await jobsIn(promoted)).length === 0);
  await stage.redis?.restart();
  stage.redisLink?.lead(stage.redis?.port ?? 0);
  stage.redisLink?.cut();
  return {
    notes: [{ sentence: `${again} jobs of posts that were out lived on in the replica`, isMet: again > 0 }],
  };
}

/** Jobs of posts that wait in a Redis. */
function jobsIn(redis: Redis): Promise<string[]> {
  return redis.keys('*:publish-post_*');
}

/** A connection to the stage's Redis that no fault of ours touches. */
async function commandOf(stage: Stage): Promise<Redis & AsyncDisposable> {
  return commandTo(stage.redis?.url ?? '');
}

async function commandTo(url: string): Promise<Redis & AsyncDisposable> {
  const client = new Redis(url, { maxRetriesPerRequest: 3 });
  client.on('error', () => {});
  await client.ping();
  return Object.assign(client, { [Symbol.asyncDispose]: () => Promise.resolve(client.disconnect()) });
}
