import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import { createApiKey } from '../src/api/first-run.ts';
import { openContext } from '../src/context.ts';
import { ensureSandbox } from '../src/pipeline/accounts.ts';
import { openEmbedded } from '../src/store/embedded/open.ts';
import { startServer } from '../tests/faults/processes.ts';
import { startPostgres } from '../tests/servers/postgres.ts';
import { quantile } from './figures.ts';
import { loadPosts, searches } from './load-posts.ts';
import { send, startBareApi } from './send.ts';
import { listStatement } from './statements.ts';
import { steadily } from './steadily.ts';

/**
 * `npm run bench:api`: one API process on a PostgreSQL of its own, under reads and writes at a steady rate, with one call
 * that queues many posts, and with searches; each beside the same without us, in the same run. `--rate` requests a second
 * for `--seconds`, over `--posts` that are there before. `--embedded`: on the database that comes with us.
 */
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '60' },
    posts: { type: 'string' },
    embedded: { type: 'boolean', default: false },
  },
});
const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
const posts = Number(values.posts ?? (values.embedded ? 50_000 : 20_000));
/** The servers and a million rows take their time; what hangs does not take more. */
const MOST_MS = (seconds * 4 + 140) * 1000 + posts;
/** Code that is not compiled yet is not what is asked about. */
const WARM_UP_S = 5;
const IMPORTED = 1_000;
const SEARCHES = 200;
/** Of ten requests: lists, single posts, and new posts. */
const MIX = ['list', 'list', 'post', 'list', 'write', 'list', 'post', 'list', 'write', 'write'] as const;
/** Writes a minute that one key may make, and some room. */
const WRITES_OF_A_KEY = 1_000;

process.on('SIGTERM', () => process.exit(143));
process.on('SIGINT', () => process.exit(130));
const late = setTimeout(() => {
  console.error(`Not done within ${Math.round(MOST_MS / 1000)} s.`);
  process.exit(1);
}, MOST_MS);

await using stack = new AsyncDisposableStack();
stack.defer(() => clearTimeout(late));
const folder = mkdtempSync(join(tmpdir(), 'standfirst-bench-'));
stack.defer(() => rmSync(folder, { recursive: true, force: true }));
const databaseUrl = values.embedded
  ? await embeddedDatabase()
  : await stack.use(await startPostgres()).createDatabase();
const env = {
  DATABASE_URL: databaseUrl,
  STANDFIRST_DATA: join(folder, 'data'),
  STANDFIRST_LOG_LEVEL: 'warn',
  PORT: '0',
};
const context = await openContext(settingsFrom(readEnv(env), 'api'));
stack.defer(() => context.close());
await ensureSandbox(context);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
stack.defer(() => pool.end());
// Its server stops before it does.
pool.on('error', () => {});
await pool.query('CREATE TABLE public.bench_row (id text PRIMARY KEY, remote_id text, at timestamptz DEFAULT now())');
const accountId = String((await pool.query('SELECT id FROM standfirst.account')).rows[0]?.id);
await loadPosts(pool, accountId, posts);

const keys: string[] = [];
for (let n = 0; n <= (rate * 60 * 0.3) / WRITES_OF_A_KEY; n++)
  keys.push((await createApiKey(context, { name: `bench ${n}` }, 'bench')).secret);
const bare = await startBareApi(databaseUrl, accountId);
stack.defer(() => bare.kill());
const server = await startServer(env, 'api');
stack.defer(async () => void (await server.stop()));
const ours = `${server.address}/v1`;
const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
const bodyOf = (n: number): object => ({ accountIds: [accountId], text: `queued ${n}`, schedule: { at } });

console.log(
  `Node ${process.versions.node}, ${cpus().length} cores, ${posts} posts in ${values.embedded ? 'the embedded database' : 'PostgreSQL'}\n`,
);
print([`${rate} requests/s for ${seconds} s, ms`, 'p50', 'p99', 'max', 'p99 of bare']);
const alone = await mixed(async (what, n) => {
  await send(`${bare.address}/posts`, what === 'write' ? { text: `queued ${n}` } : undefined);
});
row('bare Fastify, the same statements', alone.all, alone.all);
const loaded = await mixed(async (what, n) => {
  const path = what === 'post' ? `/posts/post_bench-${1 + (n % posts)}` : '/posts';
  await send(
    `${ours}${path}`,
    what === 'write' ? bodyOf(n) : undefined,
    keys[Math.floor(n / MIX.length) % keys.length],
  );
});
row('standfirst, reads and writes', loaded.all, alone.all);
row('  of them reads', loaded.reads, alone.reads);
row('  of them writes', loaded.writes, alone.writes);
print(['answers that were an error (target 0)', loaded.errors.length]);
for (const error of new Set(loaded.errors.slice(0, 3))) console.log(`  ${error}`);

const rows = Array.from({ length: IMPORTED }, (_, n) => bodyOf(n));
const imported = await timed(() => send(`${ours}/post-imports`, { rows }, keys[0]));
print([`\n${IMPORTED} posts in one call, ms (target 1000)`, imported.toFixed(0)]);

print([`\n${SEARCHES} searches one after another, ms`, 'p50', 'p99', 'max', 'p99 of bare']);
const statements = await Promise.all(searches.map((words) => listStatement({ words })));
const [byStatement, byApi]: [number[], number[]] = [[], []];
// The first of each is a connection and a plan, which are not what is asked about.
for (let n = -searches.length; n < SEARCHES; n++) {
  const which = (n + searches.length) % searches.length;
  const { text, values: given } = statements[which] ?? { text: '', values: [] };
  const one = await timed(() => pool.query(text, [...given]));
  const other = await timed(() =>
    send(`${ours}/posts?q=${encodeURIComponent(searches[which] ?? '')}`, undefined, keys[0]),
  );
  if (n >= 0) void (byStatement.push(one), byApi.push(other));
}
row('the bare statement', byStatement, byStatement);
row('GET /v1/posts?q=… (target 3.00)', byApi, byStatement);
console.log(`\nLoad of the machine ${loadavg()[0]?.toFixed(1)} over the last minute.`);
if (loaded.errors.length > 0) process.exitCode = 1;

async function embeddedDatabase(): Promise<string> {
  const embedded = await openEmbedded({ dataDir: folder });
  stack.defer(() => embedded.stop());
  return embedded.connectionString;
}

interface Mixed {
  readonly all: readonly number[];
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  readonly errors: readonly string[];
}

async function mixed(ask: (what: (typeof MIX)[number], n: number) => Promise<void>): Promise<Mixed> {
  const errors: string[] = [];
  const whatOf = (n: number): (typeof MIX)[number] => MIX[n % MIX.length] ?? 'list';
  const one = (n: number): Promise<void> =>
    ask(whatOf(n), n).catch(
      (error: unknown) => void errors.push(error instanceof Error ? error.message : String(error)),
    );
  const all = await steadily(rate, seconds, one, WARM_UP_S);
  // The warm-up is cut off, and the mix goes on where it was.
  const isWrite = (_: number, n: number): boolean => whatOf(n + rate * WARM_UP_S) === 'write';
  return { all, reads: all.filter((ms, n) => !isWrite(ms, n)), writes: all.filter(isWrite), errors };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function row(name: string, took: readonly number[], beside: readonly number[]): void {
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
  print([name, ...[p50, p99, Math.max(...took)].map((ms) => ms.toFixed(1)), (p99 / quantile(beside, 0.99)).toFixed(2)]);
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, n) => (n === 0 ? String(cell).padEnd(48) : String(cell).padStart(12))).join(''));
}
