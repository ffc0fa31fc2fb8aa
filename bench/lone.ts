import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import { openContext } from '../src/context.ts';
import { startServer } from '../tests/faults/processes.ts';
import { startBare } from './bare-queue.ts';
import { latenesses, quantile } from './figures.ts';
import { schedulePosts, whenPublished } from './posts.ts';
import type { Bench } from './publish.ts';

const POSTS = 60;
const APART_MS = 333;

/** One post at a time on an idle system: how late each reaches the network, by its own log. */
export async function measureLone(bench: Bench): Promise<void> {
  bench.print(['a lone post, one every 333 ms, ms late', 'p50', 'p99', 'max']);
  await bareLone(bench, 'redis');
  await ourLone(bench, bench.env, 'standfirst on Redis (target p50 20, p99 100)', 'redis');
  const { REDIS_URL: _, ...onPostgres } = bench.env as Record<string, string>;
  await ourLone(bench, onPostgres, 'standfirst on PostgreSQL (target p50 20, p99 100)', 'postgres');
  // After ours, which has made BullMQ's tables.
  await bareLone(bench, 'postgres');
  console.log();
}

async function bareLone(bench: Bench, on: 'redis' | 'postgres'): Promise<void> {
  const bare = await startBare(bench, 'request', on);
  const from = Date.now() + 2_000;
  const dueAt = (n: number): Date => new Date(from + n * APART_MS);
  await bare.schedule(`bare-lone-${on}`, POSTS, dueAt);
  await bare.whenDone(POSTS);
  await bare.stop();
  const name = on === 'redis' ? 'bare BullMQ on Redis, hz 100' : 'bare BullMQ on PostgreSQL';
  row(bench, name, latenesses(bench.logFile, `bare-lone-${on}`, dueAt));
}

async function ourLone(bench: Bench, env: Readonly<Record<string, string>>, name: string, on: string): Promise<void> {
  const worker = await startServer(env, 'worker');
  const context = await openContext(settingsFrom(readEnv({ ...env, STANDFIRST_LOG_LEVEL: 'warn' }), 'api'));
  try {
    await schedulePosts(context, bench.accountId, `warm-${on}`, 1, () => new Date());
    await whenPublished(context, `warm-${on}`, 1, 30_000);
    const from = Date.now() + 2_000;
    const dueAt = (n: number): Date => new Date(from + n * APART_MS);
    await schedulePosts(context, bench.accountId, `lone-${on}`, POSTS, dueAt);
    await whenPublished(context, `lone-${on}`, POSTS, 60_000);
    row(bench, name, latenesses(bench.logFile, `lone-${on}`, dueAt));
  } finally {
    await context.close();
    await worker.stop();
  }
}

function row(bench: Bench, name: string, late: readonly number[]): void {
  bench.print([name, quantile(late, 0.5), quantile(late, 0.99), Math.max(...late)]);
}
