import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type Guarded, spawnGuarded } from '../../src/store/embedded/guarded.ts';
import { findServer, whyMissing } from './binaries.ts';
import { onFreePort } from './on-free-port.ts';

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it the hard way, as a power cut would, and leaves its folder. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder, after `kill`. */
  restart(args?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** As a production server is set up: no eviction, append-only file, a timer of 10 ms. */
const GOOD = ['--maxmemory-policy', 'noeviction', '--appendonly', 'yes', '--appendfsync', 'everysec', '--hz', '100'];

/**
 * A Redis of the test's own on a free port, its files in a temporary folder.
 * @param options.args further arguments, which win over the good ones: `['--hz', '10']`.
 * @param options.within where that folder is made: on a disk of its own, for one.
 */
export async function startRedis({
  args = [],
  within = tmpdir(),
}: { args?: readonly string[]; within?: string } = {}): Promise<RedisServer> {
  const bin = findServer('redis');
  if (!bin) throw new Error(`Redis cannot be started: ${whyMissing('redis')}.`);
  const folder = mkdtempSync(join(within, 'standfirst-redis-'));
  const first = await onFreePort((free) => launch(bin, folder, free, args));
  const { port } = first;
  let { server } = first;
  const stop = async () => {
    await server.end([
      ['SIGTERM', 5_000],
      ['SIGKILL', 2_000],
    ]);
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid;
    },
    kill: () => server.end([['SIGKILL', 5_000]]),
    async restart(others = args) {
      server = await launch(bin, folder, port, others);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function launch(bin: string, folder: string, port: number, args: readonly string[]): Promise<Guarded> {
  const logFile = join(folder, 'redis.log');
  const log = openSync(logFile, 'a');
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = spawnGuarded(join(bin, 'redis-server'), [...own, ...GOOD, ...args], { log });
  closeSync(log);
  let end: string | undefined;
  void server.ended.then((how) => (end = how));
  for (const until = performance.now() + 60_000; performance.now() < until;) {
    if (end !== undefined) throw new Error(`Redis did not start: ${end}. ${readFileSync(logFile, 'utf8').slice(-500)}`);
    if (await answers(port, folder)) return server;
    await sleep(20);
  }
  await server.end([['SIGKILL', 2_000]]);
  throw new Error('Redis did not answer within 60 s.');
}

/** Whether the Redis of this folder answers there, and not that of another test which took the port. */
async function answers(port: number, folder: string): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const [, dir] = (await client.config('GET', 'dir')) as string[];
    return dir === realpathSync(folder) && (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
