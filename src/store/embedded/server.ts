import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '../../domain/errors.ts';
import type { Binaries } from './binaries.ts';
import { type Cluster, openFolder } from './cluster.ts';
import { freePort } from './free-port.ts';
import { type Guarded, spawnGuarded } from './guarded.ts';
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
 * Smart, which waits for goodbyes that are still on their way; fast, which cuts connections; then immediate (recovers at the
 * next start): https://www.postgresql.org/docs/18/server-shutdown.html
 */
export const SHUTDOWN = [
  ['SIGTERM', 1_000],
  ['SIGINT', 30_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

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
    const fault = await untilReady(plan, began, chosen).catch(async (error: unknown) => {
      await began.end(SHUTDOWN);
      throw error;
    });
    if (!fault) return running(plan, began, chosen);
    // Between our looking for a free port and PostgreSQL's taking it, another program may have come.
    if (attempt < 5 && /could not bind/.test(fault)) continue;
    throw new Refusal('unavailable', `The embedded PostgreSQL did not start: ${fault} (its log: ${plan.logFile})`);
  }
}

interface Launched extends Guarded {
  /** What PostgreSQL wrote to its log since this start. */
  lastWords(): string;
}

function launch({ binaries, cluster, user, logFile }: ServerPlan, port: number): Launched {
  const folder = openFolder(cluster.folder);
  const log = openLog(logFile);
  const from = fstatSync(log).size;
  const settings = Object.entries({ ...SETTINGS, port: String(port) });
  const args = ['-D', folder.argument, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const server = spawnGuarded(join(binaries.bin, 'postgres'), args, { log, folder: folder.fd, user });
  folder.close();
  closeSync(log);
  return { ...server, lastWords: () => lastWords(logFile, from) };
}

/** @returns what went wrong, or nothing once a query can be made. */
async function untilReady(plan: ServerPlan, server: Launched, port: number): Promise<string | undefined> {
  let end: string | undefined;
  void server.ended.then((how) => (end = server.lastWords() || how));
  const from = performance.now();
  for (let isTold = false; performance.now() - from < OPEN_WITHIN_MS; await sleep(15)) {
    if (end !== undefined) return end;
    if (await answers(plan.cluster, port)) return undefined;
    if (!isTold && performance.now() - from > 2_000) {
      isTold = true;
      plan.onProgress('Waiting for the database to recover from an interrupted run');
    }
  }
  await server.end(SHUTDOWN);
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

function running(plan: ServerPlan, launched: Launched, port: number): Server {
  let isStopping = false;
  void launched.ended.then((how) => {
    if (isStopping) return;
    plan.onLost(`The embedded PostgreSQL ended: ${launched.lastWords() || how} (its log: ${plan.logFile})`);
  });
  return {
    pid: launched.pid,
    port,
    async stop() {
      isStopping = true;
      await launched.end(SHUTDOWN);
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
