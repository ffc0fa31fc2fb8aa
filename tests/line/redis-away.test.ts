import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { getPost } from '../../src/store/post.ts';
import { makeKey } from '../../src/secrets/keyring.ts';
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
    expect(performance.now() - from).toBeLessThan(2_000);
    const done = await until('publishing without Redis', async () => {
      const post = await getPost(at.context.database, made[0]?.id ?? '');
      return post?.state === 'published' ? post : null;
    });
    // The sweep comes every five seconds and begins with what is more than one second late.
    expect(done.latenessMs).toBeLessThan(10_000);
  });
});

describeWith(['redis', 'postgres'], 'a server that never answers while Redis is away', () => {
  it('holds up no post for another', async () => {
    const redis = await startRedis();
    const dead = await startWebhook();
    await using well = await startWebhook();
    const at = await install({ databaseUrl: await freshDatabase(), redisUrl: redis.url });
    const receiver = async ({ url }: Fake): Promise<string> => {
      const credentials = { url: `${url}/hook`, secret: webhookSecret };
      return (await addAccount(at.context, { network: 'webhook', name: 'Receiver', credentials }, 'test')).id;
    };
    const [deadId, wellId] = [await receiver(dead), await receiver(well)];
    const post = (accountId: string, text: string): Promise<unknown> => {
      const parts = [{ text, media: [], card: null }];
      return createPosts(at.context, { parts, accountIds: [accountId], schedule: 'now' }, 'test');
    };
    await redis.stop();
    await dead.setMode({ name: 'hang' });
    for (let n = 0; n < 60; n++) await post(deadId, `Into the void ${n}`);
    await until('the dead server to be asked', async () => dead.attempts >= 20, 30_000);
    for (let n = 0; n < 5; n++) await post(wellId, `To the living ${n}`);
    const from = performance.now();
    await until('the others', async () => well.log.length === 5, 30_000);
    // A request that hangs is given up after 30 s; the sweep comes every second while there is no queue.
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(dead.attempts).toBe(20);
    await dead[Symbol.asyncDispose]();
    await at[Symbol.asyncDispose]();
    expect(new Set(well.log.map(({ text }) => text)).size).toBe(5);
  }, 120_000);
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
    expect(await latenessOf(await post('Without a queue from the start'))).toBeLessThan(10_000);
    await redis.restart();
    await expect
      .poll(async () => (await latenessOf(await post('With a queue again'))) < 1_000, { timeout: 30_000 })
      .toBe(true);
  }, 60_000);
});
