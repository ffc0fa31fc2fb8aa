import { createPosts } from '../src/pipeline/create-posts.ts';
import { startServer } from '../tests/faults/processes.ts';
import { latenesses } from './figures.ts';
import { addReceiver, schedulePosts, whenPublished, whenSent } from './posts.ts';
import type { Bench } from './publish.ts';

const BACKLOG = 10_000;
const TIMES = 5;
const GAP_MS = 60_000;

/**
 * Breaking news of an account whose 10,000 other posts are due, and of one that has as many a minute apart by its gap: from its
 * approval to the network, by the network's log; beside it a plain update of the rows that stand behind it.
 */
export async function measureBreaking(bench: Bench): Promise<void> {
  const { context, accountId, env } = bench;
  const paced = await addReceiver(context, bench.url, { minGapMs: GAP_MS });
  const worker = await startServer(env, 'worker');
  bench.print([`breaking news before ${BACKLOG} posts, ms from approval`, 'max']);
  try {
    const dueAt = new Date(Date.now() + BACKLOG / 2);
    await schedulePosts(context, accountId, 'backlog', BACKLOG, () => dueAt);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt.getTime() - Date.now() + 500)));
    const took = await breaks(bench, accountId, 'breaking');
    bench.print([`standfirst, all due, ${TIMES} in turn (target 2000)`, Math.max(...took)]);
    await whenPublished(context, 'backlog', BACKLOG, 180_000);
    const from = Date.now() + GAP_MS;
    await schedulePosts(context, paced, 'apart', BACKLOG, (n) => new Date(from + n * GAP_MS));
    const began = performance.now();
    await context.database.run(`UPDATE standfirst.post SET version = version + 1 WHERE account_id = $1`, [paced]);
    const plainMs = Math.round(performance.now() - began);
    const apart = await breaks(bench, paced, 'breaking apart');
    bench.print([`standfirst, a minute apart, ${TIMES} in turn (target 2000)`, Math.max(...apart)]);
    bench.print(['a plain update of those rows', plainMs]);
    console.log();
  } finally {
    await context.database.run(
      `UPDATE standfirst.post SET state = 'cancelled', wake_at = NULL WHERE account_id = $1 AND state = 'scheduled'`,
      [paced],
    );
    await worker.stop();
  }
}

async function breaks({ context, logFile }: Bench, accountId: string, label: string): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const approvedAt = Date.now();
    const parts = [{ text: `${label} ${n}`, media: [], card: null }];
    const [post] = await createPosts(
      context,
      { parts, accountIds: [accountId], schedule: 'now', urgency: 'breaking' },
      'bench',
    );
    await whenSent(context, post?.id ?? '', 60_000);
    took.push(...latenesses(logFile, label, () => new Date(approvedAt)).slice(n));
  }
  return took;
}
