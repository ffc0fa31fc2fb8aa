import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { Urgency } from '../../src/domain/post.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { getPost } from '../../src/store/post.ts';
import { makeKey } from '../../src/secrets/keyring.ts';
import type { Workers } from '../../workers/run.ts';
import type { Fake } from '../fakes/fake.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedis } from '../servers/redis.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

describeWith(['redis', 'postgres'], 'a Redis that goes away while posts are due', () => {
  let at: Installation;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
    at = await install({ databaseUrl: await freshDatabase(), redisUrl: redis.url });
  });
  afterAll(() => at[Symbol.asyncDispose]());

  it('costs no post: each is saved at once, and the sweep sends it from the database', async () => {
    await redis.stop();
    const from = performance.now();
    const made = await createPosts(
      at.context,
      { parts: [{ text: 'Without a queue', media: [], card: null }], accountIds: [at.sandbox.id], schedule: 'now' },
      'test',
    );
    // Who waits for Redis waits until it is back.
    expect(performance.now() - from).toBeLessThan(10_000);
    const done = await until('publishing without Redis', async () => {
      const post = await getPost(at.context.database, made[0]?.id ?? '');
      return post?.state === 'published' ? post : null;
    });
    // The sweep comes every five seconds and begins with what is more than one second late.
    expect(done.latenessMs).toBeLessThan(20_000);
  });
});

describeWith(['redis', 'postgres'], 'more posts than a round of the sweep looks at, due while Redis is away', () => {
  let at: Installation;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeEach(async () => {
    redis = await startRedis();
    at = await install({ databaseUrl: await freshDatabase(), redisUrl: redis.url });
  });
  afterEach(() => at[Symbol.asyncDispose]());
  const MANY = 1_500;

  async function receiver({ url }: Fake): Promise<string> {
    const credentials = { url: `${url}/hook`, secret: webhookSecret };
    return (await addAccount(at.context, { network: 'webhook', name: 'Receiver', credentials }, 'test')).id;
  }
  interface Some {
    readonly urgency?: Urgency;
    readonly schedule?: ReadyPost['schedule'];
  }
  async function post(
    accountId: string,
    text: string,
    count: number,
    { urgency = 'normal', schedule = 'now' }: Some = {},
  ): Promise<void> {
    const ready = Array.from({ length: count }, (_, n): ReadyPost => {
      const parts = [{ text: `${text} ${n}`, media: [], card: null }];
      return { parts, accountIds: [accountId], urgency, schedule };
    });
    await createManyPosts(at.context, ready, 'test');
  }

  it('for a server that never answers hold up none for another, and a stop waits for those only that are under way', async () => {
    const dead = await startWebhook();
    await using well = await startWebhook();
    const [deadId, wellId] = [await receiver(dead), await receiver(well)];
    await redis.stop();
    await dead.setMode({ name: 'hang' });
    // All are there before the first is due, however long it takes to write them down: the dead server's before the others.
    const schedule = { at: new Date(Date.now() + 3_600_000) };
    await post(deadId, 'Into the void', MANY, { schedule });
    await post(wellId, 'To the living', 50, { schedule });
    const from = performance.now();
    await at.context.database.run(
      `UPDATE standfirst.post SET due_at = due.at, wake_at = due.at, wake = wake + 1
         FROM (SELECT standfirst.clock() - CASE account_id WHEN $1 THEN interval '1 second' ELSE interval '0' END AS at, id
                 FROM standfirst.post) AS due WHERE due.id = post.id`,
      [deadId],
    );
    const { ms, asked } = await until(
      'the others',
      async () =>
        well.log.length === 50 && dead.attempts >= 20 && { ms: performance.now() - from, asked: dead.attempts },
      40_000,
    );
    // A request that hangs is given up after 25 s: none was by then. The sweep comes every second while there is no queue.
    expect(ms).toBeLessThan(25_000);
    expect(asked).toBe(20);

    const stopping = performance.now();
    const stopped = (at.workers as Workers).stop();
    await dead[Symbol.asyncDispose]();
    await stopped;
    expect(performance.now() - stopping).toBeLessThan(60_000);
    expect(new Set(well.log.map(({ text }) => text)).size).toBe(50);
    expect(well.log).toHaveLength(50);
    const rest = await at.context.database.one(
      z.object({ untouched: z.number() }),
      `SELECT count(*)::int AS untouched FROM standfirst.post WHERE account_id = $1 AND state = 'scheduled' AND claims = 0`,
      [deadId],
    );
    // Those that hung for too long made room for as many.
    expect(rest?.untouched).toBe(MANY - dead.attempts);
  }, 240_000);

  it('leave the way free for breaking news of the same account', async () => {
    await using slow = await startWebhook();
    const accountId = await receiver(slow);
    await redis.stop();
    await slow.setMode({ name: 'slow', ms: 500 });
    await post(accountId, 'Many', MANY);
    await until('the first of them', async () => slow.log.length >= 20, 30_000);
    await post(accountId, 'The one', 1, { urgency: 'breaking' });
    const gone = slow.log.length;
    const place = (): number => slow.log.findIndex(({ text }) => text.startsWith('The one'));
    await until('breaking news', async () => place() >= 0, 60_000);
    // The others go at 40 a second, and the sweep comes every second; it would see this one once 500 of them are gone.
    expect(place() - gone).toBeLessThan(MANY / 4);
    expect(new Set(slow.log.map(({ text }) => text)).size).toBe(slow.log.length);
  }, 240_000);
});

describeWith(['redis', 'postgres'], 'a worker that starts while Redis is away', () => {
  it('goes on from the database, and by the queue when it is back; a first start is refused', async () => {
    await using redis = await startRedis();
    const key = makeKey('k1');
    const databaseUrl = await freshDatabase();
    await redis.kill();
    const start = (): Promise<Installation> =>
      install({ databaseUrl, redisUrl: redis.url }, { env: { STANDFIRST_KEYS: key } });
    await expect(start()).rejects.toThrow(/^Redis at .* cannot be used/);

    await redis.restart();
    await (await start())[Symbol.asyncDispose]();
    await redis.kill();
    await using at = await start();
    const post = async (text: string): Promise<string> => {
      const parts = [{ text, media: [], card: null }];
      const [made] = await createPosts(at.context, { parts, accountIds: [at.sandbox.id], schedule: 'now' }, 'test');
      return made?.id ?? '';
    };
    const latenessOf = (id: string): Promise<number> =>
      until('publishing', async () => {
        const found = await getPost(at.context.database, id);
        return found?.state === 'published' ? (found.latenessMs ?? 0) + 1 : null;
      });
    expect(await latenessOf(await post('Without a queue from the start'))).toBeLessThan(20_000);
    await redis.restart();
    await expect
      .poll(async () => (await latenessOf(await post('With a queue again'))) < 1_000, { timeout: 60_000 })
      .toBe(true);
  }, 120_000);
});
