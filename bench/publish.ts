import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import { openContext } from '../src/context.ts';
import { startFakeProcess } from '../tests/faults/processes.ts';
import { startPostgres } from '../tests/servers/postgres.ts';
import { startRedis } from '../tests/servers/redis.ts';
import { measureApi } from './api.ts';
import { measureBreaking } from './breaking.ts';
import { measureEmbedded } from './embedded.ts';
import { measureMemory } from './memory.ts';
import { addReceiver } from './posts.ts';
import { measureLone } from './lone.ts';
import { measureRate } from './rate.ts';
import { measureScale } from './scale.ts';
import { measureStorm } from './storm.ts';

/**
 * `npm run bench`: what comes out of one worker process, always beside bare BullMQ in the same run on servers of its own.
 * Ratios are what counts. `--only rate,lone` measures some of what stands in `all`; `--posts N` and `--rounds N` are of the
 * rate; `scale` is of a million posts; `--save` keeps what was printed in `bench/results`; `--profile` writes a CPU profile
 * of our worker to the working folder.
 */
const all = 'memory,lone,api,rate,storm,breaking,embedded,scale';
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: all },
    posts: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '3' },
    save: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
/** A thousand posts are over in a second: often enough that the middle of them says something. */
const STORMS = 7;
const wanted = new Set(values.only.split(','));
process.on('SIGTERM', () => process.exit(143));
process.on('SIGINT', () => process.exit(130));

/** What every measurement is given. */
export interface Bench {
  /** Address of the fake receiver, a process of its own that answers at once. */
  readonly url: string;
  /** What the receiver accepted, one JSON line each. */
  readonly logFile: string;
  readonly redisUrl: string;
  readonly databaseUrl: string;
  /** Environment of the worker that is measured. */
  readonly env: Readonly<Record<string, string>>;
  /** An installation to queue posts from, in this process; it does no work. */
  readonly context: Awaited<ReturnType<typeof openContext>>;
  readonly accountId: string;
  readonly nodeArguments: readonly string[];
  print(cells: readonly (string | number)[]): void;
}

const printed: string[] = [];
function say(line: string): void {
  printed.push(line);
  console.log(line);
}

await using stack = new AsyncDisposableStack();
const folder = mkdtempSync(join(tmpdir(), 'standfirst-bench-'));
stack.defer(() => rmSync(folder, { recursive: true, force: true }));
const logFile = join(folder, 'accepted.jsonl');
writeFileSync(logFile, '');
const fake = await startFakeProcess(new URL('../tests/fakes/webhook.ts', import.meta.url).pathname, ['--log', logFile]);
stack.defer(() => fake.kill());
const redis = stack.use(await startRedis());
const postgres = stack.use(await startPostgres());
const databaseUrl = await postgres.createDatabase();
const env = {
  DATABASE_URL: databaseUrl,
  REDIS_URL: redis.url,
  STANDFIRST_DATA: join(folder, 'data'),
  STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
  STANDFIRST_CONCURRENCY: '50',
  STANDFIRST_LOG_LEVEL: 'info',
  PORT: '0',
};
const context = await openContext(settingsFrom(readEnv({ ...env, STANDFIRST_LOG_LEVEL: 'warn' }), 'api'));
stack.defer(() => context.close());
await context.database.run(
  'CREATE TABLE public.bench_row (id text PRIMARY KEY, remote_id text, at timestamptz DEFAULT now())',
);
const bench: Bench = {
  url: fake.url,
  logFile,
  redisUrl: redis.url,
  databaseUrl,
  env,
  context,
  accountId: await addReceiver(context, fake.url),
  nodeArguments: values.profile ? ['--cpu-prof', '--cpu-prof-dir=.'] : [],
  print: (cells) =>
    say(cells.map((cell, n) => (n === 0 ? String(cell).padEnd(54) : String(cell).padStart(12))).join('')),
};

say(await machine());
const began = performance.now();
// What stands idle first, what is asked at a steady rate next: 20,000 posts leave the database and its workers much to tidy.
if (wanted.has('memory')) await measureMemory(bench);
if (wanted.has('lone')) await measureLone(bench);
if (wanted.has('api')) await measureApi(bench);
if (wanted.has('rate')) await measureRate(bench, Number(values.posts), Number(values.rounds));
if (wanted.has('storm')) {
  await measureStorm(bench, 1_000, STORMS);
  await measureStorm(bench, 10_000, 1);
}
if (wanted.has('breaking')) await measureBreaking(bench);
if (wanted.has('embedded')) await measureEmbedded(bench);
if (wanted.has('scale')) await measureScale(bench);
say(
  `Load of the machine ${loadavg()[1]?.toFixed(1)} over the last five minutes; ${Math.round((performance.now() - began) / 1000)} s.`,
);
if (values.save) {
  const results = new URL('results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  // A part of it stands beside the whole of the same day, and does not replace it.
  const part = values.only === all ? '' : `-${values.only.replaceAll(',', '-')}`;
  writeFileSync(new URL(`${new Date().toISOString().slice(0, 10)}${part}.txt`, results), `${printed.join('\n')}\n`);
}

async function redisVersion(): Promise<string> {
  const client = new Redis(redis.url);
  const info = await client.info('server');
  client.disconnect();
  return /^redis_version:(.+)$/m.exec(info)?.[1]?.trim() ?? '';
}

async function machine(): Promise<string> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  const gb = Math.round(totalmem() / 2 ** 30);
  return `${new Date().toISOString().slice(0, 16)}Z, Node ${process.versions.node}, PostgreSQL ${rows[0]?.server_version}, Redis ${await redisVersion()}, ${cpus().length} cores (${cpus()[0]?.model}), ${gb} GB\n`;
}
