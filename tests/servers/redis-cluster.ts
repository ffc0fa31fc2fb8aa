import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedis } from './redis.ts';
import type { RedisServer } from './redis.ts';

const SLOTS = 16_384;

/** A Redis Cluster of three masters, without replicas. @returns its nodes. */
export async function startRedisCluster(): Promise<{ nodes: RedisServer[] } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const args = ['--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf'];
  const nodes = [];
  for (let n = 0; n < 3; n++) nodes.push(stack.use(await startRedis({ args })));
  const clients = nodes.map(({ port }) => stack.adopt(new Redis(port, '127.0.0.1'), (client) => client.disconnect()));
  for (const [n, client] of clients.entries()) {
    const first = Math.floor((n * SLOTS) / 3);
    const end = Math.floor(((n + 1) * SLOTS) / 3);
    await client.call('CLUSTER', 'ADDSLOTS', ...Array.from({ length: end - first }, (_, slot) => String(first + slot)));
    if (n > 0) await client.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[0]?.port));
  }
  await untilAll(clients, async (client) => {
    const info = String(await client.call('CLUSTER', 'INFO'));
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3');
  });
  for (const client of clients) client.disconnect();
  const kept = stack.move();
  return { nodes, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function untilAll(clients: readonly Redis[], is: (client: Redis) => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await Promise.all(clients.map(is))).every(Boolean)) return;
    await sleep(100);
  }
  throw new Error('The Redis Cluster did not come together within 30 s.');
}
