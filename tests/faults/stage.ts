import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Mode } from '../fakes/modes.ts';
import { xKeys } from '../fakes/x.ts';
import type { BackendName } from '../servers/backends.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { RedisServer } from '../servers/redis.ts';
import { startRedis } from '../servers/redis.ts';
import { readLog } from './check.ts';
import type { Seen } from './check.ts';
import { callerOf, startFakeProcess, startServer } from './processes.ts';
import type { Call, Running, Server } from './processes.ts';
import type { Proxy } from './proxy.ts';
import { startProxy } from './proxy.ts';

/** Posts that one process sends at a time here: small enough that a storm is still under way when the fault comes. */
export const CONCURRENCY = 20;

/** A fake network in a process of its own. */
export interface FakeNetwork extends Running {
  readonly url: string;
  readonly logFile: string;
  setMode(mode: Mode): Promise<void>;
}

/**
 * A whole installation as it is run: servers of its own, an API process, workers, a network; every part can be broken.
 * Workers reach Redis and PostgreSQL through a proxy each, the API directly. Embedded, one process is all of it.
 */
export interface Stage extends AsyncDisposable {
  readonly backend: BackendName;
  readonly redis: RedisServer | null;
  readonly postgres: PostgresServer | null;
  readonly redisLink: Proxy | null;
  readonly postgresLink: Proxy | null;
  readonly network: FakeNetwork;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Processes that publish, in the order they were started; a killed one stays until it is replaced. */
  readonly workers: Server[];
  call: Call;
  /** Makes the number of running workers `count`, and the network well. Embedded there is only one. */
  prepare(count: number, nodeArguments?: readonly string[]): Promise<void>;
  startWorker(nodeArguments?: readonly string[]): Promise<Server>;
  startNetwork(): Promise<FakeNetwork>;
  /** A connection to PostgreSQL that no fault of ours touches. Not embedded. */
  connect(): Promise<pg.Client & AsyncDisposable>;
}

export async function openStage(backend: BackendName): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-faults-'));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const redis = backend === 'redis+postgres' ? stack.use(await startRedis()) : null;
  const postgres = backend === 'embedded' ? null : stack.use(await startPostgres());
  const redisLink = redis === null ? null : stack.use(await startProxy(redis.port));
  const postgresLink = postgres === null ? null : stack.use(await startProxy(postgres.port));
  const databaseUrl = await postgres?.createDatabase();
  const common = {
    STANDFIRST_DATA: join(dataDir, 'installation'),
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    STANDFIRST_CONCURRENCY: String(CONCURRENCY),
    PORT: '0',
  };
  const env = {
    ...common,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: onPort(databaseUrl, postgresLink?.port) }),
    ...(redis === null ? {} : { REDIS_URL: onPort(redis.url, redisLink?.port) }),
  };
  const running: Running[] = [];
  stack.defer(async () => {
    for (const one of running) await one.kill();
  });
  let networks = 0;
  const startNetwork = async (): Promise<FakeNetwork> => {
    const logFile = join(dataDir, `accepted-${++networks}.jsonl`);
    writeFileSync(logFile, '');
    const file = new URL('twin-x.ts', import.meta.url).pathname;
    const fake = await startFakeProcess(file, ['--log', logFile]);
    running.push(fake);
    return Object.assign(fake, {
      logFile,
      async setMode(mode: Mode) {
        await fetch(`${fake.controlUrl}/__control`, { method: 'POST', body: JSON.stringify(mode) });
      },
    });
  };
  const workers: Server[] = [];
  const start = async (role: 'all' | 'api' | 'worker', nodeArguments: readonly string[] = []): Promise<Server> => {
    const settings =
      role === 'api' && redis !== null ? { ...env, DATABASE_URL: databaseUrl ?? '', REDIS_URL: redis.url } : env;
    const server = await startServer(settings, role, 90_000, nodeArguments);
    running.push(server);
    if (role !== 'worker') stage.call = callerOf(server.address, common.STANDFIRST_DATA);
    return server;
  };

  const stage: Stage = {
    backend,
    redis,
    postgres,
    redisLink,
    postgresLink,
    network: await startNetwork(),
    dataDir: common.STANDFIRST_DATA,
    env,
    workers,
    call: () => Promise.reject(new Error('The API has not been started.')),
    startNetwork,
    async startWorker(nodeArguments) {
      const server = await start(backend === 'embedded' ? 'all' : 'worker', nodeArguments);
      workers.push(server);
      return server;
    },
    async prepare(count, nodeArguments = []) {
      await stage.network.setMode({ name: 'ok' });
      const wanted = backend === 'embedded' ? 1 : count;
      if (nodeArguments.length > 0) for (const one of workers.splice(0)) await one.kill();
      const alive = workers.filter((one) => one.isAlive());
      for (const extra of alive.splice(wanted)) await extra.stop();
      workers.splice(0, Infinity, ...alive);
      while (workers.length < wanted) await stage.startWorker(nodeArguments);
    },
    async connect() {
      const client = new pg.Client({ connectionString: databaseUrl });
      client.on('error', () => {});
      await client.connect();
      return Object.assign(client, { [Symbol.asyncDispose]: () => client.end().catch(() => {}) });
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  try {
    if (backend !== 'embedded') await start('api');
    return stage;
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

function onPort(address: string, port: number | undefined): string {
  const url = new URL(address);
  url.port = String(port ?? url.port);
  return url.toString().replace(/\/$/, '');
}

/** Connects an account on a fake X; `who` is its number there. @returns its id. */
export async function connectAccount(stage: Stage, who: number, network = stage.network): Promise<string> {
  const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${who}-token`, server: network.url };
  const account = await stage.call<{ id: string }>('POST', '/v1/accounts', { network: 'x', credentials });
  return account.id;
}

/** Queues posts through the API; every one is a 2xx before this returns. Their texts are `<label> <n>`. */
export async function queuePosts(
  stage: Stage,
  accountId: string,
  label: string,
  count: number,
  dueAt: (n: number) => Date,
): Promise<string[]> {
  const ids: string[] = [];
  const one = async (n: number): Promise<void> => {
    const schedule = { at: dueAt(n).toISOString() };
    const body = { accountIds: [accountId], text: `${label} ${n}`, schedule };
    const { data } = await stage.call<{ data: { id: string }[] }>('POST', '/v1/posts', body);
    ids[n] = data[0]?.id ?? '';
  };
  for (let from = 0; from < count; from += 20) {
    await Promise.all(Array.from({ length: Math.min(20, count - from) }, (_, n) => one(from + n)));
  }
  return ids;
}

export async function listPosts(stage: Stage, query: string): Promise<Seen[]> {
  const posts: Seen[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { data: Seen[]; nextCursor: string | null } = await stage.call(
      'GET',
      `/v1/posts?limit=100&${query}${from}`,
    );
    posts.push(...page.data);
    cursor = page.nextCursor;
  }
  return posts;
}

/** Waits until no post of the account is open, and no post in doubt is one that the network has. */
export async function settled(
  stage: Stage,
  accountId: string,
  withinMs: number,
  logFile = stage.network.logFile,
): Promise<void> {
  await until(withinMs, async () => {
    if ((await listPosts(stage, `account=${accountId}&state=scheduled,publishing`)).length > 0) return false;
    const doubtful = await listPosts(stage, `account=${accountId}&state=unknown`);
    if (doubtful.length === 0) return true;
    const seen = new Set(readLog(logFile).map((entry) => entry.text));
    return !doubtful.some((post) => seen.has(post.parts[0]?.text ?? ''));
  });
}

/** Asks until the answer is yes or the time is over, and says nothing of either: the checker judges what came of it. */
export async function until(withinMs: number, isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  const end = performance.now() + withinMs;
  for (;;) {
    if (await Promise.resolve(isSo()).catch(() => false)) return true;
    if (performance.now() > end) return false;
    await sleep(100);
  }
}

/** How many posts of a label the network has taken. */
export function acceptedOf(label: string, logFile: string): number {
  return readLog(logFile).filter((entry) => entry.text.startsWith(`${label} `)).length;
}

/** Waits until an instant in epoch milliseconds; not at all where it has passed. */
export async function sleepUntil(at: number): Promise<void> {
  await sleep(Math.max(0, at - Date.now()));
}
