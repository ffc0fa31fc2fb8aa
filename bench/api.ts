import { createApiKey } from '../src/api/first-run.ts';
import { startServer } from '../tests/faults/processes.ts';
import { quantile } from './figures.ts';
import type { Bench } from './publish.ts';
import { send, startBareApi } from './send.ts';
import { steadily } from './steadily.ts';

const PER_SECOND = 200;
const SECONDS = 5;
/** Code that is not compiled yet is not what is asked about. */
const WARM_UP_S = 3;
/** One after the other and by turns: what else the machine does meets both. */
const ROUNDS = 3;
/** One key may write 1,200 times a minute. */
const KEYS = 10;
const BULK = 1_000;

/** Queueing posts through the API at a steady rate, each asked when it is its time, however long the others take. */
export async function measureApi(bench: Bench): Promise<void> {
  bench.print([`${PER_SECOND} posts/s queued through the API, ms`, 'p50', 'p99', 'max', 'p99 of bare']);
  const bare = await startBareApi(bench.databaseUrl);
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
    const [alone, ours]: [number[], number[]] = [[], []];
    const askBare = async (n: number): Promise<void> => {
      await send(`${bare.address}/posts`, { text: `queued ${n}` });
    };
    const askOurs = async (n: number): Promise<void> => {
      await send(`${server.address}/v1/posts`, bodyOf(n), keys[n % KEYS]);
    };
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(...(await steadily(PER_SECOND, SECONDS, askBare, WARM_UP_S)));
      ours.push(...(await steadily(PER_SECOND, SECONDS, askOurs, WARM_UP_S)));
    }
    row(bench, 'bare Fastify, one statement', alone, alone);
    row(bench, 'standfirst, a post each (target 3.00)', ours, alone);
    const from = performance.now();
    const rows = Array.from({ length: BULK }, (_, n) => bodyOf(n));
    await send(`${server.address}/v1/post-imports`, { rows }, keys[0]);
    bench.print([`${BULK} posts in one call (target 1000)`, Math.round(performance.now() - from)]);
    console.log();
  } finally {
    bare.kill();
    await server.stop();
  }
}

function row(bench: Bench, name: string, took: readonly number[], bare: readonly number[]): void {
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
  const cells = [p50, p99, Math.max(...took)].map((ms) => ms.toFixed(1));
  bench.print([name, ...cells, (p99 / quantile(bare, 0.99)).toFixed(2)]);
}
