import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openFolder } from '../../src/store/embedded/cluster.ts';
import { type Guarded, spawnGuarded } from '../../src/store/embedded/guarded.ts';
import { type ServiceUser, serviceUser } from '../../src/store/embedded/service-user.ts';
import { findServer, whyMissing } from './binaries.ts';
import { onFreePort } from './on-free-port.ts';

export interface PostgresServer {
  /** Of the database `postgres`; tests take one of their own from `createDatabase`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** An empty database, dropped with the server. @returns its address. */
  createDatabase(): Promise<string>;
  /** Ends it the hard way, and leaves its folder. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder, after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A PostgreSQL server of the test's own on a free port, its files in a temporary folder; root runs it as `nobody`.
 * @param options.settings as in postgresql.conf; durable (`fsync=on`) unless said.
 */
export async function startPostgres({
  settings = {},
}: { settings?: Readonly<Record<string, string>> } = {}): Promise<PostgresServer> {
  const bin = findServer('postgres');
  if (!bin) throw new Error(`PostgreSQL cannot be started: ${whyMissing('postgres')}.`);
  const home = mkdtempSync(join(tmpdir(), 'standfirst-postgres-'));
  const folder = join(home, 'data');
  const user = serviceUser(folder);
  mkdirSync(folder, { mode: 0o700 });
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  initialise(bin, folder, user);
  const start = (on: number) => launch(bin, home, user, on, settings);
  const first = await onFreePort(start);
  const { port } = first;
  let { server } = first;
  let databases = 0;
  const stop = async () => {
    await server.end([
      ['SIGINT', 10_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ]);
    rmSync(home, { recursive: true, force: true });
  };
  const addressOf = (database: string) => `postgres://standfirst@127.0.0.1:${port}/${database}`;
  return {
    url: addressOf('postgres'),
    port,
    get pid() {
      return server.pid;
    },
    async createDatabase() {
      const name = `test_${++databases}`;
      await using client = await connect(addressOf('postgres'));
      await client.query(`CREATE DATABASE ${name}`);
      return addressOf(name);
    },
    kill: () => server.end([['SIGKILL', 5_000]]),
    async restart() {
      server = await start(port);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function initialise(bin: string, folder: string, user: ServiceUser): void {
  const data = openFolder(folder);
  const run = spawnSync(
    join(bin, 'initdb'),
    ['-D', data.argument, '-U', 'standfirst', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', data.fd ?? 'ignore'], ...user },
  );
  data.close();
  if (run.status !== 0) throw new Error(`initdb failed: ${run.error?.message ?? run.stderr}`);
}

async function launch(
  bin: string,
  home: string,
  user: ServiceUser,
  port: number,
  given: Readonly<Record<string, string>>,
): Promise<Guarded> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    port: `${port}`,
    cluster_name: basename(home),
    ...given,
  };
  const data = openFolder(join(home, 'data'));
  const logFile = join(home, 'postgres.log');
  const log = openSync(logFile, 'a');
  const args = [
    '-D',
    data.argument,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const server = spawnGuarded(join(bin, 'postgres'), args, { log, folder: data.fd, user });
  data.close();
  closeSync(log);
  let end: string | undefined;
  void server.ended.then((how) => (end = how));
  for (const until = performance.now() + 60_000; performance.now() < until;) {
    if (end !== undefined)
      throw new Error(`PostgreSQL did not start: ${end}. ${readFileSync(logFile, 'utf8').slice(-800)}`);
    try {
      await using client = await connect(`postgres://standfirst@127.0.0.1:${port}/postgres`);
      const { rows } = await client.query<{ cluster_name: string }>('SHOW cluster_name');
      // And not that of another test, which took the port.
      if (rows[0]?.cluster_name === basename(home)) return server;
    } catch {
      // It is not there yet.
    }
    await sleep(20);
  }
  await server.end([['SIGKILL', 2_000]]);
  throw new Error('PostgreSQL did not answer within 60 s.');
}

async function connect(connectionString: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}
