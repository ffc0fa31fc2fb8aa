import { Redis } from 'ioredis';
import pg from 'pg';
import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import { openContext } from '../src/context.ts';
import { addAccount } from '../src/pipeline/accounts.ts';
import { freeSlot } from '../src/pipeline/free-slot.ts';
import { pagePosts } from '../src/store/post-list.ts';
import { startServer } from '../tests/faults/processes.ts';
import { webhookSecret } from '../tests/fakes/webhook.ts';
import { quantile } from './figures.ts';
import type { Bench } from './publish.ts';

const POSTS = 1_000_000;
const SCHEDULED = 100_000;
const ACCOUNTS = 50;
const TIMES = 200;
/** The queue has the next 24 hours: a first sweep brings them in. */
const SWEEP_MS = 20_000;

/** A million posts in the database, 100,000 of them scheduled over 60 days: what grows, and what must not get slow. */
export async function measureScale(bench: Bench): Promise<void> {
  const accountIds: string[] = [];
  for (let n = 0; n < ACCOUNTS; n++) {
    const credentials = { url: `${bench.url}/hook`, secret: webhookSecret };
    const settings = { minGapMs: 60_000 };
    const given = { network: 'webhook', name: `Receiver ${n}`, credentials, settings };
    accountIds.push((await addAccount(bench.context, given, 'bench')).id);
  }
  await load(bench.databaseUrl, accountIds);
  const from = performance.now();
  const worker = await startServer({ ...bench.env }, 'worker');
  const startMs = Math.round(performance.now() - from);
  const context = await openContext(settingsFrom(readEnv({ ...bench.env, STANDFIRST_LOG_LEVEL: 'warn' }), 'api'));
  try {
    await new Promise((resolve) => setTimeout(resolve, SWEEP_MS));
    const redis = new Redis(bench.redisUrl);
    const memory = Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]) / 2 ** 20;
    redis.disconnect();
    const anAccount = (n: number): string => accountIds[n % ACCOUNTS] ?? '';
    const page = { limit: 50, after: null };
    const lists = await timed((n) =>
      pagePosts(context.database, filters[n % filters.length]?.(anAccount(n)) ?? {}, 'dueAt', page),
    );
    const slots = await timed((n) =>
      freeSlot(context.database, 'Europe/Bucharest', { accountId: anAccount(n), storyId: null }, new Date()),
    );
    bench.print([`${POSTS} posts, ${SCHEDULED} of them scheduled over 60 days`, 'p50', 'p99', 'max']);
    row(bench, 'a page of posts, ms (target p99 50)', lists);
    row(bench, 'the next free slot of an account, ms (target p99 50)', slots);
    bench.print(['start of a worker, ms (target 5000)', startMs]);
    bench.print(['memory that Redis uses, MB (target 50)', memory.toFixed(1)]);
    console.log();
  } finally {
    await context.close();
    await worker.stop();
  }
}

type Filter = Parameters<typeof pagePosts>[1];
const filters: readonly ((accountId: string) => Filter)[] = [
  () => ({ states: ['scheduled'] }),
  () => ({ states: ['published'] }),
  (accountId) => ({ accountId }),
  (accountId) => ({ accountId, states: ['scheduled'] }),
];

async function timed(work: (n: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const from = performance.now();
    await work(n);
    took.push(performance.now() - from);
  }
  return took;
}

async function load(databaseUrl: string, accountIds: readonly string[]): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(
      `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake_at, wake, stale_at, published_at, created_at, created_by)
       SELECT 'post_scale-' || n, ($1::text[])[1 + n % cardinality($1::text[])], 'webhook',
              CASE WHEN n <= $3 THEN 'scheduled' ELSE 'published' END, 'bench',
              CASE WHEN n <= $3 THEN now() + interval '10 minutes' + n * interval '60 days' / $3 ELSE now() - n * interval '1 minute' END AS due_at,
              CASE WHEN n <= $3 THEN now() + interval '10 minutes' + n * interval '60 days' / $3 END, 1,
              now() + interval '90 days', CASE WHEN n > $3 THEN now() - n * interval '1 minute' END, now() - n * interval '1 minute', 'bench'
         FROM generate_series(1, $2::int) AS n ORDER BY due_at`,
      [accountIds, POSTS, SCHEDULED],
    );
    await client.query(
      `INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
       SELECT id, 1, jsonb_build_array(jsonb_build_object('text', id, 'media', '[]'::jsonb, 'card', null)), 'bench'
         FROM standfirst.post WHERE id LIKE 'post_scale-%'`,
    );
    // As it is after a night: what the load left to tidy is not part of a list.
    await client.query('VACUUM ANALYZE standfirst.post');
    await client.query('VACUUM ANALYZE standfirst.post_revision');
  } finally {
    await client.end();
  }
}

function row(bench: Bench, name: string, took: readonly number[]): void {
  bench.print([name, ...[quantile(took, 0.5), quantile(took, 0.99), Math.max(...took)].map((ms) => ms.toFixed(1))]);
}
