import { startServer } from '../tests/faults/processes.ts';
import { startBare } from './bare-queue.ts';
import { latenesses, quantile } from './figures.ts';
import { schedulePosts, whenPublished } from './posts.ts';
import type { Bench } from './publish.ts';

const POSTS = 60;
const APART_MS = 333;

/** One post at a time on an idle system: how late each reaches the network, by its own log. */
export async function measureLone(bench: Bench): Promise<void> {
  const { context, accountId, env } = bench;
  bench.print(['a lone post, one every 333 ms, ms late', 'p50', 'p99', 'max']);
  const bare = await startBare(bench, 'request');
  const bareFrom = Date.now() + 2_000;
  const bareDue = (n: number): Date => new Date(bareFrom + n * APART_MS);
  await bare.schedule('barelone', POSTS, bareDue);
  await bare.whenDone(POSTS);
  await bare.stop();
  row(bench, 'bare BullMQ on Redis, hz 100', latenesses(bench.logFile, 'barelone', bareDue));

  const { REDIS_URL: _, ...onPostgres } = env as Record<string, string>;
  const worker = await startServer(env, 'worker');
  await schedulePosts(context, accountId, 'warm', 1, () => new Date());
  await whenPublished(context, 'warm', 1, 30_000);
  const from = Date.now() + 2_000;
  const dueAt = (n: number): Date => new Date(from + n * APART_MS);
  await schedulePosts(context, accountId, 'lone', POSTS, dueAt);
  await whenPublished(context, 'lone', POSTS, 60_000);
  await worker.stop();
  void onPostgres;
  row(bench, 'standfirst on Redis (target p50 20, p99 100)', latenesses(bench.logFile, 'lone', dueAt));
  console.log();
}

function row(bench: Bench, name: string, late: readonly number[]): void {
  bench.print([name, quantile(late, 0.5), quantile(late, 0.99), Math.max(...late)]);
}
