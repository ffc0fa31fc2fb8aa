import { check } from './check.ts';
import { startServer } from './processes.ts';
import type { Row } from './row.ts';
import { first } from './rows-worker.ts';
import { connectAccount, listPosts, queuePosts } from './stage.ts';

/** The installation that is one process and a folder. */
export const embeddedRows: readonly Row[] = [
  {
    n: 18,
    name: 'embedded: killed five times while posts are being written',
    on: ['embedded'],
    async run(stage, { label, who }) {
      await stage.prepare(1);
      const accountId = await connectAccount(stage, who);
      let acknowledged = 0;
      let slowest = 0;
      for (let kill = 0; kill < 5; kill++) {
        const writer = write();
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        await first(stage).kill();
        acknowledged += await writer;
        stage.workers.splice(0);
        const from = performance.now();
        await stage.prepare(1);
        slowest = Math.max(slowest, Math.round(performance.now() - from));
      }
      const posts = await listPosts(stage, `account=${accountId}&sort=createdAt`);
      // Far away from being due: what counts is that each one that was acknowledged is there.
      const missing = Math.max(0, acknowledged - posts.length);
      return {
        verdict: { ...check(posts, stage.network.logFile), lost: missing },
        notes: [
          { sentence: `${acknowledged} acknowledged, ${missing} missing`, isMet: missing === 0 && acknowledged > 0 },
          { sentence: `ready again within ${slowest} ms`, isMet: slowest <= 30_000 },
        ],
      };

      async function write(): Promise<number> {
        const due = new Date(Date.now() + 3_600_000);
        for (let n = 0; ; n++) {
          try {
            await queuePosts(stage, accountId, `${label} ${n} of ${Date.now()}`, 1, () => due);
          } catch {
            return n;
          }
        }
      }
    },
  },
  {
    n: 20,
    name: 'embedded: a second process on the same folder',
    on: ['embedded'],
    async run(stage) {
      await stage.prepare(1);
      const sentence = await startServer({ ...stage.env }, 'all', 30_000).then(
        async (second) => {
          await second.kill();
          return 'the second process started';
        },
        (error: Error) =>
          error.message
            .split('\n')
            .slice(1)
            .find((line) => line !== '' && !line.startsWith('{')) ?? 'it said nothing',
      );
      const isMet = !sentence.includes('started') && /folder|already/.test(sentence);
      return { verdict: check([], stage.network.logFile), notes: [{ sentence: sentence.trim().slice(0, 160), isMet }] };
    },
  },
];
