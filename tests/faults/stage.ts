import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Mode } from '../fakes/modes.ts';
import { xKeys } from '../fakes/x.ts';
import type { BackendName } from '../servers/backends.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { RedisServer } from '../servers/redis.ts';
import { startRedis } from '../servers/redis.ts';
import type { Queued } from './check.ts';
import { ClockHistory, injectClock, turnClock } from './clock.ts';
import type { Orders } from './on-order.ts';
import { callerOf, startFakeProcess, startServer } from './processes.ts';
import type { Call, Running, Server } from './processes.ts';
import type { Proxy } from './proxy.ts';
import { startProxy } from './proxy.ts';
import { followRedis, readPostgres } from './queue-log.ts';
import type { QueueLog } from './queue-log.ts';

/** Posts that one process sends at a time here: small enough that a storm is still under way when the fault comes. */
export const CONCURRENCY = 20;

/** A fake network in a process of its own. */
export interface FakeNetwork extends Running {
  readonly url: string;
  readonly logFile: string;
  setMode(mode: Mode): Promise<void>;
}

/** A process of the product that does what a fault tells it. */
export interface Subject extends Server {
  order(orders: Orders): void;
}

export interface Account {
  readonly id: string;
  /** Its number on the network. */
  readonly who: number;
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
  readonly queueLog: QueueLog;
  readonly clock: ClockHistory;
  /** What every network took, a file each. */
  readonly logFiles: string[];
  /** Every post that was ever queued here. */
  readonly history: Queued[];
  /** Processes that publish, in the order they were started; a killed one stays until it is replaced. */
  readonly workers: Subject[];
  call: Call;
  /** As before any fault: `count` workers run (embedded one), the network is well, the clock is right. */
  prepare(count: number): Promise<void>;
  /** The process that answers requests, where that is one of its own. */
  readonly api: Subject | null;
  /** Starts it again after it was killed; nothing where a worker answers requests too. */
  startApi(): Promise<void>;
  /** Starts one more process that publishes: of another tree of the product, or sending more at a time, where that is said. */
  startWorker(how?: { readonly root?: string; readonly concurrency?: number }): Promise<Subject>;
  /** What the processes of the product said last that is more than news, to explain what they did. */
  complaints(): string[];
  /** Sets the clock of the database and of every process so much later than it is; earlier, where negative. */
  turnClock(ms: number): Promise<void>;
  startNetwork(): Promise<FakeNetwork>;
  /** The first so many accounts on a network, connected where they are not yet. */
  accountsOn(network: FakeNetwork, count: number): Promise<Account[]>;
  /** A connection to the database that no fault of ours touches. */
  connect(): Promise<pg.Client & AsyncDisposable>;
}

export async function openStage(
  backend: BackendName,
  { folder = tmpdir(), redisFolder = tmpdir() }: { readonly folder?: string; readonly redisFolder?: string } = {},
): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), 'standfirst-faults-'));
  stack.defer(() => rmSync(home, { recursive: true, force: true }));
  const installation = mkdtempSync(join(folder, 'standfirst-installation-'));
  stack.defer(() => rmSync(installation, { recursive: true, force: true }));
  const redis = backend === 'redis+postgres' ? stack.use(await startRedis({ within: redisFolder })) : null;
  const postgres = backend === 'embedded' ? null : stack.use(await startPostgres());
  const redisLink = redis === null ? null : stack.use(await startProxy(redis.port));
  const postgresLink = postgres === null ? null : stack.use(await startProxy(postgres.port));
  const databaseUrl = await postgres?.createDatabase();
  const common = {
    STANDFIRST_DATA: installation,
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    PORT: '0',
  };
  const env = {
    ...common,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: onPort(databaseUrl, postgresLink?.port) }),
    ...(redis === null ? {} : { REDIS_URL: onPort(redis.url, redisLink?.port) }),
  };
  const processes = new Set<Subject>();
  const networks: FakeNetwork[] = [];
  const logFiles: string[] = [];
  stack.defer(async () => {
    for (const one of [...processes, ...networks]) await one.kill();
  });

  const startNetwork = async (): Promise<FakeNetwork> => {
    const logFile = join(home, `accepted-${networks.length}.jsonl`);
    writeFileSync(logFile, '');
    logFiles.push(logFile);
    const fake = await startFakeProcess(new URL('twin-x.ts', import.meta.url).pathname, ['--log', logFile]);
    const network = Object.assign(fake, {
      logFile,
      async setMode(mode: Mode) {
        await fetch(`${fake.controlUrl}/__control`, { method: 'POST', body: JSON.stringify(mode) });
      },
    });
    networks.push(network);
    return network;
  };

  let serial = 0;
  const start = async (
    role: 'all' | 'api' | 'worker',
    { root, concurrency = CONCURRENCY }: { root?: string; concurrency?: number } = {},
  ): Promise<Subject> => {
    const settings = {
      ...env,
      ...(role === 'api' && redis !== null ? { DATABASE_URL: databaseUrl ?? '', REDIS_URL: redis.url } : {}),
      STANDFIRST_CONCURRENCY: String(concurrency),
    };
    const file = join(home, `orders-${++serial}.json`);
    const write = (orders: Orders): void => writeFileSync(file, JSON.stringify(orders));
    write({ clockMs: stage.clock.ms });
    const hand = ['--import', new URL('on-order.ts', import.meta.url).href];
    const server = await startServer({ ...settings, FAULTS_ORDERS: file }, role, 90_000, hand, root);
    const subject: Subject = Object.assign(server, {
      order(orders: Orders) {
        write(orders);
        server.signal('SIGUSR2');
      },
    });
    processes.add(subject);
    if (role !== 'worker') stage.call = callerOf(server.address, installation);
    return subject;
  };

  const connect = async (): Promise<pg.Client & AsyncDisposable> => {
    const client = new pg.Client({ connectionString: databaseUrl ?? embeddedUrl(installation) });
    client.on('error', () => {});
    await client.connect();
    return Object.assign(client, { [Symbol.asyncDispose]: () => client.end().catch(() => {}) });
  };

  const accounts = new Map<FakeNetwork, Account[]>();
  let who = 1_000;
  const network = await startNetwork();
  const workers: Subject[] = [];
  let api: Subject | null = null;
  const stage: Stage = {
    backend,
    redis,
    postgres,
    redisLink,
    postgresLink,
    network,
    dataDir: installation,
    env,
    queueLog: stack.use(redis === null ? readPostgres(connect) : followRedis(redis.url)),
    clock: new ClockHistory(),
    logFiles,
    history: [],
    workers,
    call: () => Promise.reject(new Error('The API has not been started.')),
    startNetwork,
    connect,
    get api() {
      return api;
    },
    async startApi() {
      if (backend !== 'embedded' && api?.isAlive() !== true) api = await start('api');
    },
    complaints() {
      const lines = [...processes].flatMap((one) => one.lines.filter((line) => /"level":(40|50|60)/.test(line)));
      return lines.slice(-20);
    },
    async startWorker(how) {
      const subject = await start(backend === 'embedded' ? 'all' : 'worker', how);
      workers.push(subject);
      return subject;
    },
    async prepare(count) {
      await network.setMode({ name: 'ok' });
      await stage.startApi();
      if (stage.clock.ms !== 0) await stage.turnClock(0);
      const alive = workers.filter((one) => one.isAlive());
      for (const extra of alive.splice(backend === 'embedded' ? 1 : count)) await extra.stop();
      workers.splice(0, Infinity, ...alive);
      while (workers.length < (backend === 'embedded' ? 1 : count)) await stage.startWorker();
    },
    async turnClock(ms) {
      for (const one of processes) if (one.isAlive()) one.order({ clockMs: ms });
      await using client = await connect();
      await turnClock(client, ms);
      stage.clock.turned(ms);
    },
    async accountsOn(on, count) {
      const known = accounts.get(on) ?? [];
      accounts.set(on, known);
      while (known.length < count) {
        const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${++who}-token`, server: on.url };
        const { id } = await stage.call<{ id: string }>('POST', '/v1/accounts', { network: 'x', credentials });
        known.push({ id, who });
      }
      return known.slice(0, count);
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  try {
    if (backend === 'embedded') {
      // The database is there once it has been started; its clock counts for connections made after that.
      await stage.prepare(1);
      await inject(connect);
      await workers[0]?.stop();
      await stage.prepare(1);
    } else {
      await inject(connect);
      await stage.startApi();
    }
    return stage;
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function inject(connect: Stage['connect']): Promise<void> {
  await using client = await connect();
  await injectClock(client);
}

/** Of the PostgreSQL that serves a data folder: it is on another port after every start. */
export function embeddedUrl(dataDir: string): string {
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
    .split('\n')[3]
    ?.trim();
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  return `postgres://standfirst:${password}@127.0.0.1:${port}/standfirst`;
}

function onPort(address: string, port: number | undefined): string {
  const url = new URL(address);
  url.port = String(port ?? url.port);
  return url.toString().replace(/\/$/, '');
}

/** The process that publishes and was started first. */
export function first(stage: Stage): Subject {
  const [worker] = stage.workers;
  if (worker === undefined) throw new Error('No worker runs.');
  return worker;
}

/** How the database knows a process that publishes. */
export async function workerIdOf(stage: Stage, { pid }: Running): Promise<string> {
  await using client = await stage.connect();
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM standfirst.worker WHERE pid = $1 ORDER BY started_at DESC LIMIT 1',
    [pid],
  );
  return rows[0]?.id ?? '';
}
