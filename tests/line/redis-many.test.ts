import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { getPost } from '../../src/store/post.ts';
import { pageTimeline } from '../../src/store/timeline-list.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedisCluster } from '../servers/redis-cluster.ts';
import { GROUP, startRedisSentinel } from '../servers/redis-sentinel.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

async function publishes(at: Installation, text: string, withinMs = 60_000): Promise<number> {
  const parts = [{ text, media: [], card: null }];
  const schedule = { at: new Date(Date.now() + 1_000) };
  const [made] = await createPosts(at.context, { parts, accountIds: [at.sandbox.id], schedule }, 'test');
  const done = await until(
    `publishing "${text}"`,
    async () => {
      const post = await getPost(at.context.database, made?.id ?? '');
      return post?.state === 'published' ? post : null;
    },
    withinMs,
  );
  return done.latenessMs ?? Infinity;
}

/** Texts of the sandbox's timeline that stand there more than once. */
async function twice(at: Installation): Promise<string[]> {
  const texts = (await pageTimeline(at.context.database, { limit: 100, after: null }, null)).map((entry) => entry.text);
  return texts.filter((text, n) => texts.indexOf(text) !== n);
}

describeWith(['redis', 'postgres'], 'a Redis Cluster of three masters', () => {
  let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
  let at: Installation;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    const [first, second] = cluster.nodes;
    const env = { REDIS_CLUSTER: '1', REDIS_NODES: `127.0.0.1:${second?.port}` };
    at = await install({ databaseUrl: await freshDatabase(), redisUrl: first?.url ?? '' }, { env });
  }, 90_000);
  afterAll(async () => {
    await at[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  it('carries the line, each queue in one slot, and every post goes out once', async () => {
    for (const n of [1, 2, 3]) await publishes(at, `Across three masters ${n}`);
    expect(at.context.bell.isReachable()).toBe(true);
    expect(await twice(at)).toEqual([]);
    const keys: string[] = [];
    for (const { port } of cluster.nodes) {
      const node = new Redis(port, '127.0.0.1');
      keys.push(...(await node.keys('*')));
      node.disconnect();
    }
    expect(keys.filter((key) => !/^\{standfirst-[\w-]+\}:/.test(key))).toEqual([]);
    expect(new Set(keys.map((key) => key.split(':')[0])).size).toBeGreaterThan(1);
  }, 60_000);
});

describeWith(['redis', 'postgres'], 'a Redis behind Sentinel', () => {
  let servers: Awaited<ReturnType<typeof startRedisSentinel>>;
  let at: Installation;
  beforeAll(async () => {
    servers = await startRedisSentinel();
    const env = { REDIS_SENTINEL: GROUP };
    at = await install({ databaseUrl: await freshDatabase(), redisUrl: servers.url }, { env });
  }, 90_000);
  afterAll(async () => {
    await at[Symbol.asyncDispose]();
    await servers[Symbol.asyncDispose]();
  });

  it('carries the line on when its master dies and the replica takes over', async () => {
    await publishes(at, 'Before the master died');
    const before = await servers.masterPort();
    // The one that is master now: on a busy machine the Sentinel may have changed its mind before.
    await servers.nodes.find(({ port }) => port === before)?.kill();
    await publishes(at, 'While nobody was master');
    await until('another master', async () => (await servers.masterPort()) !== before, 60_000);
    await expect
      .poll(async () => (await publishes(at, `After ${performance.now()}`)) < 1_000 && at.context.bell.isReachable(), {
        timeout: 60_000,
      })
      .toBe(true);
    expect(await twice(at)).toEqual([]);
  }, 240_000);
});
