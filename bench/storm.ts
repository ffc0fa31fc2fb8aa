import { startServer } from '../tests/faults/processes.ts';
import { startBare } from './bare-queue.ts';
import { latenesses, quantile } from './figures.ts';
import { schedulePosts, whenPublished } from './posts.ts';
import type { Bench } from './publish.ts';

/** Before them: code that is not compiled yet is not what is asked about, of neither. */
const WARM_UP = 500;

/** Posts due within one second: how late they reach the network, by its own log. */
export async function measureStorm(bench: Bench, posts: number): Promise<void> {
  const { context, accountId, env, nodeArguments } = bench;
  bench.print([`${posts} posts due within one second, ms late`, 'p50', 'p99', 'max', 'p99 of bare']);
  const aheadMs = 3_000 + posts;
  const bare = await startBare(bench, 'request');
  await bare.schedule(`warm bare${posts}`, WARM_UP, () => new Date());
  await bare.whenDone(WARM_UP);
  const bareFrom = Date.now() + aheadMs;
  const bareDue = (n: number): Date => new Date(bareFrom + (n * 1000) / posts);
  await bare.schedule(`bare${posts}`, posts, bareDue);
  await bare.whenDone(WARM_UP + posts);
  await bare.stop();
  const bareLate = latenesses(bench.logFile, `bare${posts}`, bareDue);
  row(bench, 'bare BullMQ, the request and one row', bareLate, bareLate);

  const worker = await startServer(env, 'worker', 60_000, nodeArguments);
  await schedulePosts(context, accountId, `warm ours${posts}`, WARM_UP, () => new Date());
  await whenPublished(context, `warm ours${posts}`, WARM_UP, 60_000);
  const from = Date.now() + aheadMs;
  const dueAt = (n: number): Date => new Date(from + (n * 1000) / posts);
  await schedulePosts(context, accountId, `ours${posts}`, posts, dueAt);
  await whenPublished(context, `ours${posts}`, posts, 180_000);
  await worker.stop();
  row(bench, 'standfirst (target 2.00)', latenesses(bench.logFile, `ours${posts}`, dueAt), bareLate);
  console.log();
}

function row(bench: Bench, name: string, late: readonly number[], bare: readonly number[]): void {
  const p99 = quantile(late, 0.99);
  bench.print([name, quantile(late, 0.5), p99, Math.max(...late), (p99 / quantile(bare, 0.99)).toFixed(2)]);
  if (Math.min(...late) < 0) throw new Error(`${name}: a post was ${-Math.min(...late)} ms early.`);
}
