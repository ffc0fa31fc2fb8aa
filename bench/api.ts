import { createApiKey } from '../src/api/first-run.ts';
import { weekdays } from '../src/domain/slot-rules.ts';
import { removeAccount } from '../src/store/account-removal.ts';
import { startServer } from '../tests/faults/processes.ts';
import { median, quantile } from './figures.ts';
import { addReceiver } from './posts.ts';
import type { Bench } from './publish.ts';
import { send, startBareApi } from './send.ts';
import { steadily } from './steadily.ts';

const PER_SECOND = 200;
const SECONDS = 3;
/** Code that is not compiled yet is not what is asked about. */
const WARM_UP_S = 3;
/**
 * One after the other and by turns, and the middle one counts: one standstill of the machine of a third of a second, which
 * meets one of them, makes more than one in a hundred of a round late.
 */
const ROUNDS = 7;
/** One key may write 1,200 times a minute. */
const KEYS = 10;
const BULK = 1_000;
/** A thousand posts fill four months of them. */
const eightADay = {
  slots: Array.from({ length: 8 }, (_, n) => ({ time: `${String(8 + n).padStart(2, '0')}:00`, days: [...weekdays] })),
};

/** Queueing posts through the API at a steady rate, each asked when it is its time, however long the others take. */
export async function measureApi(bench: Bench): Promise<void> {
  bench.print([`${PER_SECOND} posts/s queued through the API, ms`, 'p50', 'p99', 'max', 'p99 of all', 'p99 of bare']);
  const bare = await startBareApi(bench.databaseUrl, bench.accountId);
  const slotted = await addReceiver(bench.context, bench.url, eightADay);
  const server = await startServer({ ...bench.env }, 'api');
  try {
    const keys: string[] = [];
    for (let n = 0; n < KEYS; n++)
      keys.push((await createApiKey(bench.context, { name: `bench ${n}` }, 'bench')).secret);
    const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const bodyOf = (n: number): object => ({
      accountIds: [bench.accountId],
      text: `queued ${n}`,
      schedule: { at },
    });
    const [least, alone, ours]: [number[][], number[][], number[][]] = [[], [], []];
    const askBare =
      (path: string) =>
      async (n: number): Promise<void> => {
        await send(`${bare.address}${path}`, { text: `queued ${n}` });
      };
    const askOurs = async (n: number): Promise<void> => {
      await send(`${server.address}/v1/posts`, bodyOf(n), keys[n % KEYS]);
    };
    for (let round = 0; round < ROUNDS; round++) {
      least.push(await steadily(PER_SECOND, SECONDS, askBare('/rows'), WARM_UP_S));
      alone.push(await steadily(PER_SECOND, SECONDS, askBare('/posts'), WARM_UP_S));
      ours.push(await steadily(PER_SECOND, SECONDS, askOurs, WARM_UP_S));
    }
    row(bench, 'bare Fastify, the least that can be written', least, alone);
    row(bench, 'bare Fastify, the same statement', alone, alone);
    row(bench, 'standfirst, a post each (target 3.00)', ours, alone);
    const from = performance.now();
    const rows = Array.from({ length: BULK }, (_, n) => bodyOf(n));
    await send(`${server.address}/v1/post-imports`, { rows }, keys[0]);
    bench.print([`${BULK} posts in one call (target 1000)`, Math.round(performance.now() - from)]);
    const inSlots = rows.map((row) => ({ ...row, accountIds: [slotted], schedule: 'next-slot' }));
    const asked = performance.now();
    await send(`${server.address}/v1/post-imports`, { rows: inSlots }, keys[0]);
    bench.print([`the same, each in the next free slot (target 1000)`, Math.round(performance.now() - asked)]);
    console.log();
  } finally {
    bare.kill();
    await server.stop();
    // By day some of its slots are within the hour, and the next measurement waits until nothing is due.
    await bench.context.database.transaction((sql) => removeAccount(sql, slotted, null, 'bench'));
  }
}

/** @param took what each request of each round took, in milliseconds. */
function row(bench: Bench, name: string, took: readonly number[][], bare: readonly number[][]): void {
  const all = took.flat();
  const cells = [quantile(all, 0.5), p99Of(took), Math.max(...all), quantile(all, 0.99)].map((ms) => ms.toFixed(1));
  bench.print([name, ...cells, (p99Of(took) / p99Of(bare)).toFixed(2)]);
}

/** That of the middle round. */
function p99Of(rounds: readonly number[][]): number {
  return median(rounds.map((took) => quantile(took, 0.99)));
}
