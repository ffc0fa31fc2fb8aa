import { createPosts } from '../src/pipeline/create-posts.ts';
import { startServer } from '../tests/faults/processes.ts';
import { latenesses } from './figures.ts';
import { schedulePosts, whenPublished, whenSent } from './posts.ts';
import type { Bench } from './publish.ts';

const BACKLOG = 10_000;
const TIMES = 5;

/** Breaking news of an account whose 10,000 other posts are due: from its approval to the network, by the network's log. */
export async function measureBreaking(bench: Bench): Promise<void> {
  const { context, accountId, env } = bench;
  const worker = await startServer(env, 'worker');
  try {
    const dueAt = new Date(Date.now() + BACKLOG / 2);
    await schedulePosts(context, accountId, 'backlog', BACKLOG, () => dueAt);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt.getTime() - Date.now() + 500)));
    const took: number[] = [];
    for (let n = 0; n < TIMES; n++) {
      const text = `breaking ${n}`;
      const approvedAt = Date.now();
      const parts = [{ text, media: [], card: null }];
      const [post] = await createPosts(
        context,
        { parts, accountIds: [accountId], schedule: 'now', urgency: 'breaking' },
        'bench',
      );
      await whenSent(context, post?.id ?? '', 60_000);
      took.push(...latenesses(bench.logFile, 'breaking', () => new Date(approvedAt)).slice(n));
    }
    bench.print([`breaking news before ${BACKLOG} due posts, ms from approval`, 'max']);
    bench.print([`standfirst, ${TIMES} in turn (target 2000)`, Math.max(...took)]);
    console.log();
    await whenPublished(context, 'backlog', BACKLOG, 180_000);
  } finally {
    await worker.stop();
  }
}
