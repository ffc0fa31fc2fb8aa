import { setTimeout as sleep } from 'node:timers/promises';
import { readLog } from './check.ts';
import { holdBefore } from './hold-point.ts';
import { everywhere, withServers } from './row.ts';
import type { Row } from './row.ts';
import { first } from './rows-worker.ts';
import { listPosts, until } from './stage.ts';
import { brew } from './storm.ts';

/** Posts that kill, too many at once, and people who change their mind at the last moment. */
export const loadRows: readonly Row[] = [
  {
    n: 31,
    name: 'a post whose worker dies each time',
    on: withServers,
    failed: 1,
    async run(stage, { label, who }) {
      await stage.prepare(1);
      await using client = await stage.connect();
      const storm = await brew(stage, label, who, { posts: 1 });
      for (let death = 0; death < 2; death++) {
        const point = await holdBefore(client, 'sent');
        await until(40_000, async () => (await point.held()) === 1);
        await first(stage).kill();
        stage.workers.splice(0);
        await point.lift();
        await stage.startWorker();
      }
      const finding = await storm.finding(undefined, 40_000);
      const { rows } = await client.query<{ cause: string }>(
        `SELECT failure->>'cause' AS cause FROM standfirst.post WHERE id = $1`,
        [storm.ids[0]],
      );
      const cause = rows[0]?.cause;
      return { ...finding, notes: [{ sentence: `given up for ${cause}`, isMet: cause === 'poison' }] };
    },
  },
  {
    n: 33,
    name: '1,000 posts due at one instant',
    on: everywhere,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { posts: 1_000 });
      return storm.finding(storm.dueAt.getTime(), 120_000);
    },
  },
  {
    n: 35,
    name: 'texts changed and posts cancelled while they leave',
    on: everywhere,
    async run(stage, { label, who, seed }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 4_000 });
      await stage.network.setMode({ name: 'slow', ms: 50 });
      const cancelled = new Set<string>();
      const edited = new Set<string>();
      const change = async (id: string, n: number): Promise<void> => {
        // Around its due time, now earlier and now later: the same for the same seed.
        const at = storm.dueAt.getTime() + (n * 4_000) / storm.ids.length + ((n * 37 + seed * 11) % 120) - 60;
        await sleep(Math.max(0, at - Date.now()));
        if (n % 2 === 0) {
          const ok = await did(stage.call('POST', `/v1/posts/${id}/cancel`, {}));
          if (ok) cancelled.add(`${label} ${n}`);
        } else {
          const { version } = await stage.call<{ version: number }>('GET', `/v1/posts/${id}`);
          const ok = await did(
            stage.call('PATCH', `/v1/posts/${id}`, { text: `${label} ${n} new` }, { 'if-match': `"${version}"` }),
          );
          if (ok) edited.add(`${label} ${n}`);
        }
      };
      await Promise.all(storm.ids.map(change));
      const { verdict } = await storm.finding();
      const sent = new Set(readLog(storm.network.logFile).map((entry) => entry.text));
      const wrong = [...cancelled, ...edited].filter((text) => sent.has(text));
      // What was edited waits for a new approval: it has not been lost.
      const posts = await listPosts(stage, `account=${storm.accountId}`);
      const waiting = posts.filter((post) => post.state === 'in_review').length;
      return {
        verdict: { ...verdict, lost: verdict.lost - waiting },
        notes: [
          {
            sentence: `${cancelled.size} cancelled and ${edited.size} edited in time, ${wrong.length} of them sent as they were`,
            isMet: wrong.length === 0 && waiting === edited.size,
          },
        ],
      };
    },
  },
];

async function did(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    () => false,
  );
}
