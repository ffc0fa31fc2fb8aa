import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { getPost } from '../../src/store/post.ts';
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
