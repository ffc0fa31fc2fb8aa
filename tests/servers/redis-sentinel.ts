import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type Guarded, spawnGuarded } from '../../src/store/embedded/guarded.ts';
import { findServer } from './binaries.ts';
import { onFreePort } from './on-free-port.ts';
import { startRedis } from './redis.ts';
import type { RedisServer } from './redis.ts';

export const GROUP = 'desk';

/** A master, its replica, and a Sentinel that makes the one master five seconds after the other is gone. */
export async function startRedisSentinel(): Promise<
  { url: string; nodes: readonly RedisServer[]; masterPort(): Promise<number> } & AsyncDisposable
> {
  await using stack = new AsyncDisposableStack();
  const master = stack.use(await startRedis());
  const replica = stack.use(await startRedis({ args: ['--replicaof', '127.0.0.1', String(master.port)] }));
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-sentinel-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { server, port } = await onFreePort((free) => launch(folder, free, master.port));
  stack.defer(() => server.end([['SIGKILL', 2_000]]));
  const client = stack.adopt(new Redis(port, '127.0.0.1'), (one) => one.disconnect());
  client.on('error', () => {});
  const masterPort = async (): Promise<number> => {
    const [, found] = (await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', GROUP)) as string[];
    return Number(found);
  };
  for (const until = performance.now() + 60_000; ;) {
    const replicas = (await client.call('SENTINEL', 'REPLICAS', GROUP)) as unknown[];
    const isWell = JSON.stringify(replicas).includes(`"${replica.port}"`) && JSON.stringify(replicas).includes('"ok"');
    if (isWell) break;
    if (performance.now() > until) throw new Error('The Sentinel did not find the replica within 60 s.');
    await sleep(100);
  }
  const kept = stack.move();
  return {
    url: `redis://127.0.0.1:${port}`,
    nodes: [master, replica],
    masterPort,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** @returns once it has opened its port. */
async function launch(folder: string, port: number, masterPort: number): Promise<Guarded> {
  const config = join(folder, 'sentinel.conf');
  writeFileSync(
    config,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `sentinel monitor ${GROUP} 127.0.0.1 ${masterPort} 1`,
      `sentinel down-after-milliseconds ${GROUP} 5000`,
      `sentinel failover-timeout ${GROUP} 5000`,
    ].join('\n'),
  );
  const logFile = join(folder, 'sentinel.log');
  const log = openSync(logFile, 'a');
  const server = spawnGuarded(join(findServer('redis') ?? '', 'redis-server'), [config, '--sentinel'], { log });
  closeSync(log);
  let end: string | undefined;
  void server.ended.then((how) => (end = how));
  const said = (): string => readFileSync(logFile, 'utf8');
  while (end === undefined && !said().includes('Sentinel ID is')) await sleep(20);
  if (end !== undefined) throw new Error(`The Sentinel did not start: ${end}. ${said().slice(-500)}`);
  return server;
}
