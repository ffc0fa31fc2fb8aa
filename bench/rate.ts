import { startServer } from '../tests/faults/processes.ts';
import { startBare } from './bare-queue.ts';
import { latenesses, median } from './figures.ts';
import { schedulePosts, whenPublished } from './posts.ts';
import type { Bench } from './publish.ts';

/** Posts that a process has sent before it is measured. */
const WARM_UP = 300;
/** Time for the jobs to be written before they are due. */
const AHEAD_MS = 3_000;

/** Posts a second from their due time to the last receipt in the database, all due at one instant. */
export async function measureRate(bench: Bench, posts: number, rounds: number): Promise<void> {
  const rates: Record<'nothing' | 'bare' | 'ours' | 'two', number[]> = { nothing: [], bare: [], ours: [], two: [] };
  let twice = 0;
  for (let round = 0; round < rounds; round++) {
    rates.nothing.push(await bareRate(bench, `n${round}`, posts, 'nothing'));
    rates.bare.push(await bareRate(bench, `b${round}`, posts, 'request'));
    const one = await ourRate(bench, `o${round}`, posts, 1);
    const two = await ourRate(bench, `t${round}`, posts, 2);
    rates.ours.push(one.rate);
    rates.two.push(two.rate);
    twice += one.twice + two.twice;
  }
  const bare = median(rates.bare);
  bench.print([`${posts} posts at one instant, concurrency 50`, 'posts/s', 'of bare']);
  const row = (name: string, values: readonly number[]): void =>
    bench.print([name, Math.round(median(values)), (median(values) / bare).toFixed(2)]);
  row('bare BullMQ, doing nothing', rates.nothing);
  row('bare BullMQ, the request and one row', rates.bare);
  row('standfirst, one worker (target 0.25, then 0.4)', rates.ours);
  row('standfirst, two workers', rates.two);
  bench.print(['accepted twice (target 0)', twice]);
  console.log();
}

async function bareRate(bench: Bench, label: string, posts: number, what: 'nothing' | 'request'): Promise<number> {
  const bare = await startBare(bench, what);
  try {
    await bare.schedule(`${label}w`, WARM_UP, () => new Date());
    await bare.whenDone(WARM_UP);
    const dueAt = new Date(Date.now() + AHEAD_MS);
    await bare.schedule(label, posts, () => dueAt);
    return perSecond(posts, dueAt, await bare.whenDone(WARM_UP + posts));
  } finally {
    await bare.stop();
  }
}

async function ourRate(
  bench: Bench,
  label: string,
  posts: number,
  workers: number,
): Promise<{ rate: number; twice: number }> {
  const { context, accountId, env, nodeArguments } = bench;
  const running = [];
  try {
    for (let n = 0; n < workers; n++) running.push(await startServer(env, 'worker', 60_000, nodeArguments));
    await schedulePosts(context, accountId, `${label}w`, WARM_UP, () => new Date());
    await whenPublished(context, `${label}w`, WARM_UP, 60_000);
    const dueAt = new Date(Date.now() + AHEAD_MS);
    await schedulePosts(context, accountId, label, posts, () => dueAt);
    const last = await whenPublished(context, label, posts, 120_000);
    const accepted = latenesses(bench.logFile, label, () => dueAt).length;
    return { rate: perSecond(posts, dueAt, last), twice: accepted - posts };
  } finally {
    for (const one of running) await one.stop();
  }
}

function perSecond(posts: number, from: Date, to: number): number {
  return (posts * 1000) / (to - from.getTime());
}
