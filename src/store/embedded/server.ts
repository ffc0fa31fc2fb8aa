import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '../../domain/errors.ts';
import type { Binaries } from './binaries.ts';
import { cleanEnv } from './clean-env.ts';
import { type Cluster, openFolder } from './cluster.ts';
import type { ServiceUser } from './service-user.ts';

export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Writes everything out and ends. Connections that are still open are cut. */
  stop(): Promise<void>;
}

export interface ServerPlan {
  readonly binaries: Binaries;
  readonly cluster: Cluster;
  readonly user: ServiceUser;
  /** Where PostgreSQL's own messages go; a file past 5 MB is set aside at the next start. */
  readonly logFile: string;
  /** Called once where the server ends without having been asked to. */
  readonly onLost: (sentence: string) => void;
  readonly onProgress: (sentence: string) => void;
}

/** Small and durable: 16 MB of buffers, no helpers that one machine's newsroom does not use, every commit on the disk. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '16MB',
  maintenance_work_mem: '32MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  // Only this one reaches the disk itself on a Mac: https://www.postgresql.org/docs/18/wal-reliability.html
  ...(process.platform === 'darwin' ? { wal_sync_method: 'fsync_writethrough' } : {}),
};

/**
 * The shell becomes PostgreSQL. Before, it leaves a reader on a pipe whose other end only we hold: when we die, however
 * that happens, the reader sees the end of it and asks PostgreSQL to stop. A line on the pipe sends the reader home.
 * The brackets give the reader to init, so that PostgreSQL never sees a child it did not make.
 */
const GUARDED = '( ( read -r _ <&4 || kill -INT $$ ) 3<&- >/dev/null 2>&1 & ); exec 4<&-; exec "$@"';

const OPEN_WITHIN_MS = 120_000;

/**
 * Starts PostgreSQL on the loopback address and waits until it answers.
 * @param port where it was before, to come back to the same place; a free one otherwise.
 * @throws Refusal with PostgreSQL's own last words where it does not come up.
 */
export async function startServer(plan: ServerPlan, port?: number): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort());
    const began = launch(plan, chosen);
    const fault = await untilReady(plan, began, chosen);
    if (!fault) return running(plan, began, chosen);
    // Between our looking for a free port and PostgreSQL's taking it, another program may have come.
    if (attempt < 5 && /could not bind/.test(fault)) continue;
    throw new Refusal('unavailable', `The embedded PostgreSQL did not start: ${fault} (its log: ${plan.logFile})`);
  }
}

interface Launched {
  readonly child: ChildProcess;
  readonly lifeline: Socket | undefined;
  readonly ended: Promise<string>;
}

function launch({ binaries, cluster, user, logFile }: ServerPlan, port: number): Launched {
  const isWindows = process.platform === 'win32';
  const program = join(binaries.bin, 'postgres');
  const folder = openFolder(cluster.folder);
  const log = openLog(logFile);
  const from = fstatSync(log).size;
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const args = ['-D', folder.argument, ...settings];
  const child = isWindows
    ? spawn(program, args, { stdio: ['ignore', log, log], windowsHide: true })
    : spawn('/bin/sh', ['-c', GUARDED, 'sh', program, ...args], {
        cwd: '/',
        env: cleanEnv(),
        stdio: ['ignore', log, log, folder.fd, 'pipe'],
        // Of its own session: Ctrl-C is for us, and we stop PostgreSQL after our own last write.
        detached: true,
        ...user,
      });
  folder.close();
  closeSync(log);
  const lifeline = (child.stdio[4] ?? undefined) as Socket | undefined;
  lifeline?.on('error', () => {});
  const ended = once(child, 'exit').then(
    () => {
      lifeline?.end('\n');
      return lastWords(logFile, from);
    },
    (error: Error) => error.message,
  );
  child.unref();
  lifeline?.unref();
  return { child, lifeline, ended };
}

/** @returns what went wrong, or nothing once a query can be made. */
async function untilReady(plan: ServerPlan, { child, ended }: Launched, port: number): Promise<string | undefined> {
  let end: string | undefined;
  void ended.then((words) => (end = words));
  const from = performance.now();
  for (let isTold = false; performance.now() - from < OPEN_WITHIN_MS; await sleep(15)) {
    if (end !== undefined) return end;
    if (await answers(plan.cluster, port)) return undefined;
    if (!isTold && performance.now() - from > 2_000) {
      isTold = true;
      plan.onProgress('Waiting for the database to recover from an interrupted run');
    }
  }
  child.kill('SIGQUIT');
  return `no answer within ${OPEN_WITHIN_MS / 1000} s`;
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({ ...address(cluster, port), database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'standfirst'");
    if (found.rowCount === 0) await client.query('CREATE DATABASE standfirst');
    return true;
  } catch (error) {
    // 57P03: starting up. 28P01 comes from a stranger on that port, or from a password file of another folder.
    if ((error as { code?: string }).code === '28P01') throw wrongPassword(cluster);
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** How a client of this machine reaches the server. */
export function address(
  cluster: Cluster,
  port: number,
): { host: string; port: number; user: string; password: string } {
  return { host: '127.0.0.1', port, user: 'standfirst', password: cluster.password };
}

function wrongPassword(cluster: Cluster): Refusal {
  return new Refusal(
    'unavailable',
    `The password in ${cluster.folder}.password does not open the database beside it: put back the file that belongs to it.`,
  );
}

function running(plan: ServerPlan, { child, ended }: Launched, port: number): Server {
  let isStopping = false;
  void ended.then((words) => {
    if (!isStopping) plan.onLost(`The embedded PostgreSQL ended: ${words} (its log: ${plan.logFile})`);
  });
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      isStopping = true;
      child.ref();
      // Fast, then immediate shutdown (recovers at the next start): https://www.postgresql.org/docs/18/server-shutdown.html
      for (const [signal, waitMs] of [
        ['SIGINT', 30_000],
        ['SIGQUIT', 5_000],
        ['SIGKILL', 5_000],
      ] as const) {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill(signal);
        const timer = new AbortController();
        await Promise.race([ended, sleep(waitMs, undefined, { signal: timer.signal }).catch(() => {})]);
        timer.abort();
      }
    },
  };
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function lastWords(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n');
  const fatal = lines.filter((line) => /FATAL|PANIC|could not/.test(line));
  return (fatal.length > 0 ? fatal : lines).slice(-3).join(' ').slice(0, 600);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const found = probe.address();
  probe.close();
  await once(probe, 'close');
  if (found === null || typeof found === 'string') throw new Error('no port was given');
  return found.port;
}
