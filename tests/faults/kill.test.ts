import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { xKeys } from '../fakes/x.ts';
import { until } from '../line/installation.ts';
import { describeBackends } from '../servers/backends.ts';
import { check, readLog } from './check.ts';
import type { Seen } from './check.ts';
import { callerOf, startFakeProcess, startServer } from './processes.ts';
import type { Call, Server } from './processes.ts';

const POSTS = 200;
const fakeFile = new URL('../fakes/x.ts', import.meta.url).pathname;

describeBackends('kill -9 in the middle of 200 posts', (backend) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-kill-'));
  const logFile = join(dataDir, 'accepted.jsonl');
  let fake: Awaited<ReturnType<typeof startFakeProcess>>;
  let server: Server;
  let env: Record<string, string>;

  beforeAll(async () => {
    writeFileSync(logFile, '');
    fake = await startFakeProcess(fakeFile, ['--log', logFile, '--mode', 'slow:300']);
    env = {
      // The embedded backend opens a database of its own in the data folder: it dies with the process that is killed.
      ...(backend.name === 'embedded' ? {} : { DATABASE_URL: backend.databaseUrl }),
      ...(backend.redisUrl === null ? {} : { REDIS_URL: backend.redisUrl }),
      STANDFIRST_DATA: dataDir,
      STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
      STANDFIRST_CONCURRENCY: '20',
      PORT: '0',
    };
    server = await startServer(env);
  });

  afterAll(async () => {
    await server.stop();
    await fake.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('loses none and sends none twice', async () => {
    let call = callerOf(server.address, dataDir);
    const credentials = { kind: 'oauth1', ...xKeys, accessToken: '1001-token', server: fake.url };
    const { id } = await call<{ id: string }>('POST', '/v1/accounts', { network: 'x', credentials });
    // All due at one instant, so that the kill falls into a storm of them.
    const at = new Date(Date.now() + 12_000).toISOString();
    const batch = Array.from({ length: POSTS }, (_, n) => ({
      accountIds: [id],
      text: `Killed ${n} in the middle`,
      schedule: { at },
    }));
    await Promise.all(batch.map((post) => call('POST', '/v1/posts', post)));
    await until('a fair number of posts', async () => readLog(logFile).length > POSTS / 4, 60_000);
    await server.kill();
    const beforeTheKill = readLog(logFile).length;
    expect(beforeTheKill).toBeLessThan(POSTS);

    server = await startServer(env);
    call = callerOf(server.address, dataDir);
    const inState = async (states: string): Promise<number> => (await list(call, `state=${states}`)).length;
    await until('every post settled', async () => (await inState('scheduled,publishing')) === 0, 90_000);
    // X can be asked: what it has is found. What it has not stays in doubt for a person, and is told.
    await until('the look-ups', async () => (await inState('unknown')) <= (await absent(call)), 60_000);
    const verdict = check(await list(call, 'sort=createdAt'), logFile);
    console.log(`${backend.name}: ${JSON.stringify({ ...verdict, acceptedBeforeTheKill: beforeTheKill })}`);
    expect(verdict).toMatchObject({ posts: POSTS, lost: 0, twice: 0, invented: 0, early: 0 });
  }, 240_000);

  /** Posts in doubt that the network has never seen. */
  async function absent(call: Call): Promise<number> {
    const seen = new Set(readLog(logFile).map((entry) => entry.text));
    return (await list(call, 'state=unknown')).filter((post) => !seen.has(post.parts[0]?.text ?? '')).length;
  }
});

async function list(call: Call, query: string): Promise<Seen[]> {
  const posts: Seen[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { data: Seen[]; nextCursor: string | null } = await call(
      'GET',
      `/v1/posts?limit=100&${query}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    posts.push(...page.data);
    cursor = page.nextCursor;
  }
  return posts;
}
