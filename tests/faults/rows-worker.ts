import { setTimeout as sleep } from 'node:timers/promises';
import { readLog } from './check.ts';
import { holdBefore } from './hold-point.ts';
import { everywhere, withServers } from './row.ts';
import type { FaultRow, Note } from './row.ts';
import { CONCURRENCY, first, workerIdOf } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Storm } from './storm.ts';
import { until } from './until.ts';

const MINUTE = 60_000;
/** Requests that a stop finds under way. */
const MANY = 50;

/** The processes that publish, killed, suspended, stopped and blocked. */
export const workerRows: readonly FaultRow[] = [
  {
    n: 1,
    name: 'worker killed before its requests leave',
    on: everywhere,
    worstMs: 15_000,
    fault: ({ stage }) => killBefore(stage, 'sent'),
  },
  {
    n: 2,
    name: 'worker killed while its requests are under way',
    on: everywhere,
    // What it had written down as sent and had not sent: X cannot prove that, so a person is asked.
    unknown: CONCURRENCY,
    async fault({ stage, storm }) {
      // The network takes a post two seconds after it was asked, whoever is still there to hear it.
      await stage.network.setMode({ name: 'slow', ms: 2_000 });
      await storm.reaches(20);
      await sleep(1_000);
      await first(stage).kill();
      const endedAt = Date.now();
      await sleep(2_500);
      await stage.network.setMode({ name: 'ok' });
      await revive(stage);
      return { endedAt };
    },
  },
  {
    n: 3,
    name: 'worker killed after the answers, before they are written',
    on: everywhere,
    // As in row 2: beside those that were answered, some were written down as sent and had not left.
    unknown: CONCURRENCY,
    fault: ({ stage }) => killBefore(stage, 'published'),
  },
  {
    n: 4,
    name: 'everything killed, 5 min down by the clock, all due meanwhile',
    on: everywhere,
    // A quarter of them are worth nothing after two minutes.
    stale: 50,
    storm: { spreadMs: MINUTE, aheadMs: 10_000, worthMs: (n) => (n % 4 === 0 ? 2 * MINUTE : undefined) },
    async fault({ stage }) {
      await stage.api?.kill();
      for (const one of stage.workers.splice(0)) await one.kill();
      // Embedded the database has died with them: it is told the time when it is up again, before anything is due.
      if (stage.backend === 'embedded') await revive(stage);
      await stage.turnClock(5 * MINUTE);
      await stage.startApi();
      while (stage.backend !== 'embedded' && stage.workers.length < 2) await stage.startWorker();
    },
    async after({ storm }, verdict) {
      const taken = readLog(storm.network.logFile).filter(({ text }) => text.startsWith(`${storm.label}: `));
      const tookMs = (taken.at(-1)?.at ?? 0) - (taken[0]?.at ?? 0);
      const rate = Math.round((taken.length / Math.max(1, tookMs)) * 1_000);
      return [
        { sentence: `${verdict.stale} of 50 worthless ones told and not sent`, isMet: verdict.stale === 50 },
        { sentence: `${rate} posts/s out of the backlog`, isMet: rate >= 100 },
        oldestFirst(taken.map(({ text }) => Number(text.split(': ')[1]))),
        {
          sentence: `late by ${Math.round(verdict.worstMs / MINUTE)} min, and said so`,
          isMet: verdict.worstMs > 4 * MINUTE,
        },
      ];
    },
  },
  {
    n: 5,
    name: `SIGTERM with ${MANY} requests under way`,
    on: everywhere,
    workers: 1,
    async before(stage) {
      // Long enough that the first is still under way when a busy machine begins the last.
      await stage.network.setMode({ name: 'slow', ms: 4_000 });
      for (const one of stage.workers.splice(0)) await one.stop();
      await stage.startWorker({ concurrency: MANY });
    },
    async fault({ stage, storm }) {
      await storm.reaches(20);
      const underWay = await mostUnderWay(stage, MANY);
      const stopping = stage.workers.splice(0);
      const [{ code, ms } = { code: null, ms: 0 }] = await Promise.all(stopping.map((one) => one.stop()));
      await stage.network.setMode({ name: 'ok' });
      await revive(stage);
      return {
        notes: [
          { sentence: `${underWay} were under way`, isMet: underWay >= MANY },
          { sentence: `stopped with ${code} in ${ms} ms`, isMet: code === 0 && ms <= 30_000 },
        ],
      };
    },
    // What it had let go of would be found by a look-up, and nobody would see that it did not wait.
    after: async ({ stage, storm }) => [await noneInDoubt(stage, storm)],
  },
  {
    n: 6,
    name: 'worker suspended for 60 s, past its lock of 15 s, then woken',
    on: withServers,
    waits: true,
    storm: { spreadMs: 3_000 },
    async fault({ stage, storm }) {
      await stage.network.setMode({ name: 'slow', ms: 300 });
      await storm.reaches(40);
      const held = await inHands(stage, () => first(stage).signal('SIGSTOP'));
      await sleep(60_000);
      first(stage).signal('SIGCONT');
      return { notes: [held] };
    },
  },
  {
    n: 7,
    name: 'event loop of a worker blocked for 20 s, past its lock of 15 s',
    on: withServers,
    waits: true,
    storm: { spreadMs: 3_000 },
    async fault({ stage, storm }) {
      await stage.network.setMode({ name: 'slow', ms: 300 });
      await storm.reaches(40);
      const held = await inHands(stage, () => first(stage).order({ blockMs: 20_000 }));
      await sleep(20_000);
      return { notes: [held] };
    },
  },
];

async function killBefore(stage: Stage, phase: 'sent' | 'published'): Promise<{ endedAt: number }> {
  const worker = first(stage);
  const point = await holdBefore(stage, phase, { workerId: await workerIdOf(stage, worker) });
  try {
    await point.reached();
  } finally {
    await worker.kill();
    await revive(stage);
    await point[Symbol.asyncDispose]();
  }
  return { endedAt: Date.now() };
}

/** Lets the first worker stand still while posts are in its hands: one that has none proves nothing. */
async function inHands(stage: Stage, halt: () => void): Promise<Note> {
  await using client = await stage.connect();
  const workerId = await workerIdOf(stage, first(stage));
  const count = async (): Promise<number> => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM standfirst.post WHERE state = 'publishing' AND worker_id = $1`,
      [workerId],
    );
    return rows[0]?.n ?? 0;
  };
  await until(5_000, async () => (await count()) > 0);
  halt();
  const held = await count();
  return { sentence: `it had ${held} posts in its hands`, isMet: held > 0 };
}

/** Whether nobody was told of a doubt on the way, solved or not. */
async function noneInDoubt(stage: Stage, { posts }: Storm): Promise<Note> {
  await using client = await stage.connect();
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(DISTINCT subject)::int AS n FROM standfirst.event WHERE type = 'post.unknown' AND subject = ANY ($1)`,
    [posts.map(({ id }) => id)],
  );
  const doubts = rows[0]?.n ?? 0;
  return { sentence: `${doubts} in doubt on the way`, isMet: doubts === 0 };
}

/** Waits a while until so many posts are being sent. @returns how many were. */
async function mostUnderWay(stage: Stage, wanted: number): Promise<number> {
  await using client = await stage.connect();
  let most = 0;
  await until(5_000, async () => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM standfirst.attempt WHERE phase = 'sent'`,
    );
    return (most = Math.max(most, rows[0]?.n ?? 0)) >= wanted;
  });
  return most;
}

/** A process that publishes, where none is left: at once, as a service manager would. */
export async function revive(stage: Stage): Promise<void> {
  if (!stage.workers.some((one) => one.isAlive())) await stage.startWorker();
}

/** Posts of a backlog may overtake each other by what is under way at a time, not more. */
function oldestFirst(order: readonly number[]): Note {
  const sorted = order.toSorted((a, b) => a - b);
  const displaced = Math.max(0, ...order.map((n, at) => Math.max(at - sorted.lastIndexOf(n), sorted.indexOf(n) - at)));
  return { sentence: `oldest first, none displaced by more than ${displaced}`, isMet: displaced <= 4 * CONCURRENCY };
}
