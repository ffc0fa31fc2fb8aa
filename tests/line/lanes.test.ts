import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import type { Fake } from '../fakes/fake.ts';
import { describeBackends } from '../servers/backends.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

describeBackends('two servers of one network', (backend) => {
  let at: Installation;
  let dead: Fake;
  let well: Fake;
  beforeAll(async () => {
    at = await install(backend, { env: { STANDFIRST_CONCURRENCY: '4' } });
    dead = await startWebhook();
    well = await startWebhook();
  });
  afterAll(async () => {
    await dead[Symbol.asyncDispose]();
    await well[Symbol.asyncDispose]();
    await at[Symbol.asyncDispose]();
  });

  async function receiver({ url }: Fake): Promise<string> {
    const credentials = { url: `${url}/hook`, secret: webhookSecret };
    return (await addAccount(at.context, { network: 'webhook', name: 'Receiver', credentials }, 'test')).id;
  }
  const post = (accountId: string, text: string): Promise<unknown> =>
    createPosts(
      at.context,
      { parts: [{ text, media: [], card: null }], accountIds: [accountId], schedule: 'now' },
      'test',
    );

  it('do not wait for each other, although one of them never answers', async () => {
    const [deadId, wellId] = [await receiver(dead), await receiver(well)];
    await dead.setMode({ name: 'hang' });
    for (let n = 0; n < 40; n++) await post(deadId, `Into the void ${n}`);
    await until('every place that the dead server may have', async () => dead.attempts >= 4);
    for (let n = 0; n < 10; n++) await post(wellId, `To the living ${n}`);
    await until('the others', async () => well.log.length === 10, 20_000);
    const latest = await at.context.database.one(
      z.object({ ms: z.number() }),
      `SELECT max(extract(epoch FROM attempt.sent_at - post.due_at) * 1000)::float8 AS ms
         FROM standfirst.post JOIN standfirst.attempt ON attempt.post_id = post.id WHERE post.account_id = $1`,
      [wellId],
    );
    expect(latest?.ms).toBeLessThan(6_000);
    expect(dead.attempts).toBe(4);
  });
});
