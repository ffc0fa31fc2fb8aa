import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createApiKey } from '../src/api/first-run.ts';
import { startServer } from '../tests/faults/processes.ts';
import { quantile } from './figures.ts';
import type { Bench } from './publish.ts';

const PER_SECOND = 200;
const SECONDS = 5;
/** One key may write 1,200 times a minute. */
const KEYS = 10;
const BULK = 1_000;

/** Queueing posts through the API at a steady rate, each asked when it is its time, however long the others take. */
export async function measureApi(bench: Bench): Promise<void> {
  bench.print([`${PER_SECOND} posts/s queued through the API, ms`, 'p50', 'p99', 'max', 'p99 of bare']);
  const bare = await bareApi(bench);
  row(bench, 'bare Fastify, one statement', bare, bare);

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
    const took = await steadily((n) => send(`${server.address}/v1/posts`, bodyOf(n), keys[n % KEYS]));
    row(bench, 'standfirst, a post each (target 3.00)', took, bare);
    const from = performance.now();
    const rows = Array.from({ length: BULK }, (_, n) => bodyOf(n));
    await send(`${server.address}/v1/post-imports`, { rows }, keys[0]);
    bench.print([`${BULK} posts in one call (target 1000)`, Math.round(performance.now() - from)]);
    console.log();
  } finally {
    await server.stop();
  }
}

async function bareApi(bench: Bench): Promise<number[]> {
  const child = fork(fileURLToPath(new URL('bare-api.ts', import.meta.url)), [bench.databaseUrl]);
  const { address } = await new Promise<{ address: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { address: string }));
    child.once('exit', (code) => reject(new Error(`The bare API ended with ${code}.`)));
  });
  const took = await steadily((n) => send(`${address}/posts`, { text: `queued ${n}` }));
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  return took;
}

/** A warm-up of a second, then the measurement. @returns what each request took in milliseconds, from when it was to be sent. */
async function steadily(ask: (n: number) => Promise<void>): Promise<number[]> {
  const one = async (n: number, at: number): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, at - performance.now()));
    await ask(n);
    return performance.now() - at;
  };
  const from = performance.now() + 100;
  const total = PER_SECOND * (SECONDS + 1);
  const all = await Promise.all(Array.from({ length: total }, (_, n) => one(n, from + (n * 1000) / PER_SECOND)));
  return all.slice(PER_SECOND);
}

async function send(url: string, body: object, key?: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
}

function row(bench: Bench, name: string, took: readonly number[], bare: readonly number[]): void {
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
  const cells = [p50, p99, Math.max(...took)].map((ms) => ms.toFixed(1));
  bench.print([name, ...cells, (p99 / quantile(bare, 0.99)).toFixed(2)]);
}
