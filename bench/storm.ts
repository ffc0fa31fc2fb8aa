import { startServer } from '../tests/faults/processes.ts';
import { startBare } from './bare-queue.ts';
import { latenesses, median, quantile } from './figures.ts';
import { schedulePosts, whenPublished } from './posts.ts';
import type { Bench } from './publish.ts';

/** Before them: code that is not compiled yet is not what is asked about, of neither. */
const WARM_UP = 500;

/** How late the posts of one round reached the network, in milliseconds. */
interface Late {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Posts due within one second: how late they reach the network, by its own log. Both in turn, `rounds` times, each time in a
 * process of its own; the middle of the rounds is what counts, for one pause of the machine decides the p99 of a thousand.
 */
export async function measureStorm(bench: Bench, posts: number, rounds: number): Promise<void> {
  const bare: Late[] = [];
  const ours: Late[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await bareRound(bench, posts, `${posts}r${round}`));
    ours.push(await ourRound(bench, posts, `${posts}r${round}`));
  }
  const titles = ['p50', 'p99', 'max', 'p99 of bare', ...(rounds > 1 ? [`of ${rounds}`] : [])];
  bench.print([`${posts} posts due within one second, ms late`, ...titles]);
  row(bench, 'bare BullMQ, the request and one row', bare, bare);
  row(bench, 'standfirst (target 2.00)', ours, bare);
  console.log();
}

async function bareRound(bench: Bench, posts: number, round: string): Promise<Late> {
  const bare = await startBare(bench, 'request');
  try {
    await bare.schedule(`warm bare${round}`, WARM_UP, () => new Date());
    await bare.whenDone(WARM_UP);
    const dueAt = withinASecond(posts);
    await bare.schedule(`bare${round}`, posts, dueAt);
    await bare.whenDone(WARM_UP + posts);
    return lateOf(bench, `bare${round}`, dueAt);
  } finally {
    await bare.stop();
  }
}

async function ourRound(bench: Bench, posts: number, round: string): Promise<Late> {
  const { context, accountId, env, nodeArguments } = bench;
  const worker = await startServer(env, 'worker', 60_000, nodeArguments);
  try {
    await schedulePosts(context, accountId, `warm ours${round}`, WARM_UP, () => new Date());
    await whenPublished(context, `warm ours${round}`, WARM_UP, 60_000);
    const dueAt = withinASecond(posts);
    await schedulePosts(context, accountId, `ours${round}`, posts, dueAt);
    await whenPublished(context, `ours${round}`, posts, 180_000);
    return lateOf(bench, `ours${round}`, dueAt);
  } finally {
    await worker.stop();
  }
}

/** When each of them is due: with time to write them all down before. */
function withinASecond(posts: number): (n: number) => Date {
  const from = Date.now() + 3_000 + posts;
  return (n) => new Date(from + (n * 1000) / posts);
}

/** @throws Error where one came early. */
function lateOf(bench: Bench, label: string, dueAt: (n: number) => Date): Late {
  const late = latenesses(bench.logFile, label, dueAt);
  if (Math.min(...late) < 0) throw new Error(`${label}: a post was ${-Math.min(...late)} ms early.`);
  return { p50: quantile(late, 0.5), p99: quantile(late, 0.99), max: Math.max(...late) };
}

function row(bench: Bench, name: string, rounds: readonly Late[], bare: readonly Late[]): void {
  const p99s = rounds.map(({ p99 }) => p99);
  const ratio = median(p99s) / median(bare.map(({ p99 }) => p99));
  const each = rounds.length > 1 ? [`${Math.min(...p99s)}–${Math.max(...p99s)}`] : [];
  const middle = (of: keyof Late): number => median(rounds.map((round) => round[of]));
  bench.print([name, middle('p50'), median(p99s), middle('max'), ratio.toFixed(2), ...each]);
}
