import { afterEach, expect, it } from 'vitest';
import type { FoundationsView } from '../../src/api/schemas/foundations.ts';
import { beat, listWorkers } from '../../src/store/worker.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedis } from '../servers/redis.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
afterEach(() => here.close());

async function read(): Promise<FoundationsView> {
  const answer = await here.app.inject({ url: '/v1/foundations', headers: await here.key() });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

describeWith(['redis', 'postgres'], 'what the product stands on, with Redis', () => {
  it('is told in figures, and that Redis would throw jobs away', async () => {
    await using redis = await startRedis({ args: ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'] });
    here = await openInstallation({ DATABASE_URL: await freshDatabase(), REDIS_URL: redis.url });
    const { queue, database, clockApartMs, checks } = await read();
    expect(queue).toMatchObject({ kind: 'redis', redis: { policy: 'allkeys-lru', maxMemoryBytes: 64 * 2 ** 20 } });
    expect(queue.redis?.version).toMatch(/^\d+\.\d+/);
    expect(queue.redis?.memoryBytes).toBeGreaterThan(100_000);
    expect(database?.version).toMatch(/^\d+/);
    expect(database?.sizeBytes).toBeGreaterThan(1_000_000);
    expect(database?.connections).toBeGreaterThan(0);
    expect(Math.abs(clockApartMs ?? Infinity)).toBeLessThan(2_000);
    expect(checks.find(({ name }) => name === 'queue')).toMatchObject({ state: 'advice' });
  });

  it('is told from the database where Redis is away', async () => {
    const redis = await startRedis();
    here = await openInstallation({ DATABASE_URL: await freshDatabase(), REDIS_URL: redis.url });
    await redis[Symbol.asyncDispose]();
    const { queue, database, feeds, checks } = await read();
    expect(queue).toEqual({ kind: 'redis', redis: null });
    expect(checks.find(({ name }) => name === 'queue')).toMatchObject({ state: 'wrong' });
    expect(database).not.toBeNull();
    expect(feeds).toMatchObject({ active: 0 });
  });
});

it('a feed and a receiver that fail are named, without their addresses', async () => {
  here = await openInstallation();
  const headers = await here.key();
  const url = 'https://harbour-sheet.example/feed.xml?key=very-secret';
  const source = await here.app.inject({
    method: 'POST',
    url: '/v1/sources',
    headers,
    payload: { kind: 'feed', name: 'The Harbour Sheet', url },
  });
  expect(source.statusCode, source.body).toBe(201);
  await here.context.database.run(
    `UPDATE standfirst.source SET failures = 3, failing_since = standfirst.clock() - interval '2 hours'`,
  );
  const { feeds, webhooks } = await read();
  expect(feeds).toMatchObject({ active: 1, failingCount: 1, failing: [{ name: 'The Harbour Sheet' }] });
  expect(webhooks).toEqual({
    active: 0,
    paused: 0,
    disabled: 0,
    failingCount: 0,
    waiting: 0,
    oldestWaitingAt: null,
  });
  expect(JSON.stringify(feeds)).not.toContain('secret');
});

it('a worker says how much it takes at a time, what it holds of the memory, and which post it has', async () => {
  here = await openInstallation();
  const { database } = here.context;
  const worker = { id: 'w-1', version: '1.2.3', host: 'desk', pid: 7, concurrency: 4, memoryBytes: 90_000_000 };
  await beat(database, worker);
  await beat(database, { ...worker, memoryBytes: 95_000_000 });
  const payload = { accountIds: [here.sandboxId], text: 'The ferry is late.', schedule: 'now' };
  const headers = await here.key();
  await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
  await database.run(`UPDATE standfirst.post SET state = 'publishing', worker_id = 'w-1'`);
  const { data } = (await here.app.inject({ url: '/v1/workers', headers })).json<{ data: unknown[] }>();
  expect(data).toMatchObject([
    {
      concurrency: 4,
      memoryBytes: 95_000_000,
      isAlive: true,
      publishingCount: 1,
      publishing: [{ accountId: here.sandboxId }],
    },
  ]);
  // A worker from before the figures has none.
  await database.run(`UPDATE standfirst.worker SET concurrency = NULL, memory_bytes = NULL`);
  expect(await listWorkers(database)).toMatchObject([{ concurrency: null, memoryBytes: null }]);
});
