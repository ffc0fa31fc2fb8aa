import { mkdtempSync, rmSync, writeFileSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../src/store/embedded/free-port.ts';
import { spawnGuarded } from '../../src/store/embedded/guarded.ts';
import { findServer } from './binaries.ts';
import { startRedis } from './redis.ts';
import type { RedisServer } from './redis.ts';

export const GROUP = 'desk';

/** A master, its replica, and a Sentinel that makes the replica master a second after the master is gone. */
export async function startRedisSentinel(): Promise<
  { url: string; master: RedisServer; masterPort(): Promise<number> } & AsyncDisposable
> {
  await using stack = new AsyncDisposableStack();
  const master = stack.use(await startRedis());
  const replica = stack.use(await startRedis({ args: ['--replicaof', '127.0.0.1', String(master.port)] }));
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-sentinel-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const config = join(folder, 'sentinel.conf');
  writeFileSync(
    config,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `sentinel monitor ${GROUP} 127.0.0.1 ${master.port} 1`,
      `sentinel down-after-milliseconds ${GROUP} 1000`,
      `sentinel failover-timeout ${GROUP} 5000`,
    ].join('\n'),
  );
  const log = openSync(join(folder, 'sentinel.log'), 'a');
  const server = spawnGuarded(join(findServer('redis') ?? '', 'redis-server'), [config, '--sentinel'], { log });
  closeSync(log);
  stack.defer(() => server.end([['SIGKILL', 2_000]]));
  const client = stack.adopt(new Redis(port, '127.0.0.1'), (one) => one.disconnect());
  client.on('error', () => {});
  const masterPort = async (): Promise<number> => {
    const [, found] = (await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', GROUP)) as string[];
    return Number(found);
  };
  for (let tries = 0; ; tries++) {
    const replicas = (await client.call('SENTINEL', 'REPLICAS', GROUP)) as unknown[];
    const isWell = JSON.stringify(replicas).includes(`"${replica.port}"`) && JSON.stringify(replicas).includes('"ok"');
    if (isWell) break;
    if (tries > 300) throw new Error('The Sentinel did not find the replica within 30 s.');
    await sleep(100);
  }
  const kept = stack.move();
  return { url: `redis://127.0.0.1:${port}`, master, masterPort, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
