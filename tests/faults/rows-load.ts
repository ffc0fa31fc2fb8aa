import { readLog } from './check.ts';
import { everywhere, withRedis, withServers } from './row.ts';
import type { FaultRow, Note, Scene } from './row.ts';
import { sleepUntil } from './until.ts';

const EDITS = 1_000;
const EDITED_OVER_MS = 12_000;

/** Too many at once, and people who change their mind at the last moment. */
export const loadRows: readonly FaultRow[] = [
  {
    n: 33,
    name: '1,000 posts due within one second',
    on: everywhere,
    storm: { posts: 1_000, accounts: 50, spreadMs: 1_000 },
    fault: () => Promise.resolve(),
    after: quantiles,
  },
  {
    n: 33,
    name: '10,000 posts due within one second',
    on: withServers,
    recoveryMs: 60_000,
    storm: { posts: 10_000, accounts: 100, spreadMs: 1_000 },
    fault: () => Promise.resolve(),
    after: quantiles,
  },
  {
    n: 33,
    name: '100,000 posts due within one second',
    on: withRedis,
    isLarge: true,
    recoveryMs: 900_000,
    settledWithinMs: 900_000,
    storm: { posts: 100_000, accounts: 100, spreadMs: 1_000 },
    fault: () => Promise.resolve(),
    after: quantiles,
  },
  {
    n: 35,
    name: '1,000 posts edited or cancelled in the moment they leave',
    on: everywhere,
    inReview: true,
    storm: { posts: EDITS, accounts: 10, spreadMs: EDITED_OVER_MS, aheadMs: 4_000 },
    async before({ network }) {
      await network.setMode({ name: 'slow', ms: 50 });
    },
    fault: changeMinds,
  },
];

async function quantiles(_: Scene, { p99Ms, worstMs }: { p99Ms: number; worstMs: number }): Promise<Note[]> {
  return [{ sentence: `late: p99 ${p99Ms} ms, at most ${worstMs} ms`, isMet: true }];
}

/** Each post is edited or cancelled at a random moment around its due time. */
async function changeMinds({ stage, storm, chance }: Scene): Promise<{ notes: Note[] }> {
  const numberOf = (key: string): number => Number(key.split(': ')[1]);
  const cancelled = new Set<string>();
  const edited = new Set<string>();
  const change = async ({ id, key }: { id: string; key: string }, n: number): Promise<void> => {
    const dueAt = storm.dueAt + (numberOf(key) * EDITED_OVER_MS * 10) / EDITS;
    // As an editor's page has it, which was opened before.
    const { version } = await stage.call<{ version: number }>('GET', `/v1/posts/${id}`);
    await sleepUntil(dueAt - 150 + 300 * chance());
    const isCancel = n % 2 === 0;
    const asked = isCancel
      ? stage.call('POST', `/v1/posts/${id}/cancel`, {})
      : stage.call(
          'PATCH',
          `/v1/posts/${id}`,
          { text: `${storm.label}: ${numberOf(key)} again` },
          { 'if-match': `"${version}"` },
        );
    if (await did(asked)) (isCancel ? cancelled : edited).add(key);
  };
  await Promise.all(storm.posts.map(change));
  const sent = new Set(readLog(storm.network.logFile).map(({ key, text }) => (text.endsWith(' again') ? '' : key)));
  const wrong = [...cancelled, ...edited].filter((key) => sent.has(key)).length;
  return {
    notes: [
      {
        sentence: `${cancelled.size} cancelled and ${edited.size} edited in time, ${wrong} of them sent as they were`,
        isMet: wrong === 0 && cancelled.size > 0 && edited.size > 0,
      },
    ],
  };
}

async function did(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    () => false,
  );
}
