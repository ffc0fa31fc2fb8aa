import { startServer } from '../tests/faults/processes.ts';
import type { Server } from '../tests/faults/processes.ts';
import { startBare } from './bare-queue.ts';
import { latenesses, median, processorMs } from './figures.ts';
import { schedulePosts, whenPublished } from './posts.ts';
import type { Bench } from './publish.ts';

/** Posts that a process has sent before it is measured. */
const WARM_UP = 300;
/** Time for the jobs to be written before they are due. */
const AHEAD_MS = 3_000;

interface Run {
  /** Posts a second. */
  readonly rate: number;
  /** Processor time of the workers for one post, in milliseconds. */
  readonly cpuMs: number;
  readonly twice: number;
}

/** Posts a second from their due time to the last receipt in the database, all due at one instant. */
export async function measureRate(bench: Bench, posts: number, rounds: number): Promise<void> {
  const runs: Record<'nothing' | 'bare' | 'ours' | 'two', Run[]> = { nothing: [], bare: [], ours: [], two: [] };
  for (let round = 0; round < rounds; round++) {
    runs.nothing.push(await bareRun(bench, `n${round}`, posts, 'nothing'));
    runs.bare.push(await bareRun(bench, `b${round}`, posts, 'request'));
    runs.ours.push(await ourRun(bench, `o${round}`, posts, 1));
    runs.two.push(await ourRun(bench, `t${round}`, posts, 2));
  }
  const rateOf = (of: readonly Run[]): number => median(of.map((run) => run.rate));
  bench.print([`${posts} posts at one instant, concurrency 50`, 'posts/s', 'of bare', 'CPU ms/post']);
  const row = (name: string, of: readonly Run[]): void =>
    bench.print([
      name,
      Math.round(rateOf(of)),
      (rateOf(of) / rateOf(runs.bare)).toFixed(2),
      median(of.map((run) => run.cpuMs)).toFixed(2),
    ]);
  row('bare BullMQ, doing nothing', runs.nothing);
  row('bare BullMQ, the request and one row', runs.bare);
  row('standfirst, one worker (target 0.40)', runs.ours);
  row('standfirst, two workers', runs.two);
  bench.print(['accepted twice (target 0)', [...runs.ours, ...runs.two].reduce((sum, run) => sum + run.twice, 0)]);
  console.log();
}

async function bareRun(bench: Bench, label: string, posts: number, what: 'nothing' | 'request'): Promise<Run> {
  const bare = await startBare(bench, what);
  try {
    await bare.schedule(`${label}w`, WARM_UP, () => new Date());
    await bare.whenDone(WARM_UP);
    const dueAt = new Date(Date.now() + AHEAD_MS);
    await bare.schedule(label, posts, () => dueAt);
    const before = processorMs(bare.pid);
    const last = await bare.whenDone(WARM_UP + posts);
    return { rate: perSecond(posts, dueAt, last), cpuMs: (processorMs(bare.pid) - before) / posts, twice: 0 };
  } finally {
    await bare.stop();
  }
}

async function ourRun(bench: Bench, label: string, posts: number, workers: number): Promise<Run> {
  const { context, accountId, env, nodeArguments } = bench;
  const running: Server[] = [];
  const used = (): number => running.reduce((sum, worker) => sum + processorMs(worker.pid), 0);
  try {
    for (let n = 0; n < workers; n++) running.push(await startServer(env, 'worker', 60_000, nodeArguments));
    await schedulePosts(context, accountId, `${label}w`, WARM_UP, () => new Date());
    await whenPublished(context, `${label}w`, WARM_UP, 60_000);
    const dueAt = new Date(Date.now() + AHEAD_MS);
    await schedulePosts(context, accountId, label, posts, () => dueAt);
    const before = used();
    const last = await whenPublished(context, label, posts, 120_000);
    const cpuMs = (used() - before) / posts;
    const accepted = latenesses(bench.logFile, label, () => dueAt).length;
    return { rate: perSecond(posts, dueAt, last), cpuMs, twice: accepted - posts };
  } finally {
    for (const one of running) await one.stop();
  }
}

function perSecond(posts: number, from: Date, to: number): number {
  return (posts * 1000) / (to - from.getTime());
}
