import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Urgency } from '../../src/domain/post.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { startWorkers } from '../../workers/run.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import type { Fake } from '../fakes/fake.ts';
import { describeBackends } from '../servers/backends.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

async function connect({ context }: Installation, { url }: Fake): Promise<string> {
  const credentials = { url: `${url}/hook`, secret: webhookSecret };
  return (await addAccount(context, { network: 'webhook', name: 'Receiver', credentials }, 'test')).id;
}

function postNow(
  { context }: Installation,
  accountId: string,
  text: string,
  urgency: Urgency = 'normal',
): Promise<unknown> {
  const parts = [{ text, media: [], card: null }];
  return createPosts(context, { parts, accountIds: [accountId], schedule: 'now', urgency }, 'test');
}

describeBackends('servers of one network', (backend) => {
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

  const receiver = (server: Fake): Promise<string> => connect(at, server);
  const post = (accountId: string, text: string, urgency?: Urgency): Promise<unknown> =>
    postNow(at, accountId, text, urgency);

  it('do not wait for each other, although one of them never answers', async () => {
    const [deadId, wellId] = [await receiver(dead), await receiver(well)];
    await dead.setMode({ name: 'hang' });
    for (let n = 0; n < 40; n++) await post(deadId, `Into the void ${n}`);
    await until('every place that the dead server may have', async () => dead.attempts >= 4);
    for (let n = 0; n < 10; n++) await post(wellId, `To the living ${n}`);
    await until('the others', async () => well.log.length === 10, 40_000);
    const latest = await at.context.database.one(
      z.object({ ms: z.number() }),
      `SELECT max(extract(epoch FROM attempt.sent_at - post.due_at) * 1000)::float8 AS ms
         FROM standfirst.post JOIN standfirst.attempt ON attempt.post_id = post.id WHERE post.account_id = $1`,
      [wellId],
    );
    // A request that hangs is given up after 25 s: who waits for one is at least as late.
    expect(latest?.ms).toBeLessThan(20_000);
    expect(dead.attempts).toBe(4);
  });

  it('leave room for breaking news, although one of them is busy with as many posts as it may have', async () => {
    await using busy = await startWebhook();
    const busyId = await receiver(busy);
    await busy.setMode({ name: 'hang', times: 4 });
    for (let n = 0; n < 40; n++) await post(busyId, `One of many ${n}`);
    await until('every place that the busy server may have', async () => busy.attempts >= 4);
    await post(busyId, 'The bridge is down', 'breaking');
    await until('breaking news', async () => busy.log.length > 0);
    expect(busy.log.map(({ text }) => text)).toEqual(['The bridge is down']);
  });

  it('leave room for breaking news, although servers that hang hold every place of their network', async () => {
    await using free = await startWebhook();
    const freeId = await receiver(free);
    const hanging = await Promise.all(Array.from({ length: 6 }, startHanging));
    try {
      const ids = await Promise.all(hanging.map(receiver));
      for (let n = 0; n < 12; n++) for (const id of ids) await post(id, `Into another void ${n}`);
      const attempts = (): number => hanging.reduce((sum, server) => sum + server.attempts, 0);
      await until('every place of the network', async () => attempts() >= 8);
      await post(freeId, 'The mayor resigns', 'breaking');
      await until('breaking news', async () => free.log.length > 0, 15_000);
    } finally {
      for (const server of hanging) await server[Symbol.asyncDispose]();
    }
  });

  async function startHanging(): Promise<Fake> {
    const server = await startWebhook();
    await server.setMode({ name: 'hang' });
    return server;
  }
});

describeBackends(
  'a server of a network, where the queue is not in the database',
  (backend) => {
    it('gives a place up when it has answered: the next post waits for no receipt of ours', async () => {
      await using at = await install(backend, { withWorkers: false });
      await using server = await startWebhook();
      const { database, ledger, settings } = at.context;
      const written = Promise.withResolvers<void>();
      const recordPublished: typeof ledger.recordPublished = async (part) => {
        await written.promise;
        return ledger.recordPublished(part);
      };
      const states = async (): Promise<string[]> => {
        const row = z.object({ state: z.string() });
        return (await database.many(row, 'SELECT state FROM standfirst.post')).map(({ state }) => state);
      };
      const one = { ...at.context, settings: { ...settings, concurrency: 1 }, ledger: { ...ledger, recordPublished } };
      const workers = await startWorkers(one);
      try {
        const id = await connect(at, server);
        const texts = ['The first of three', 'The second of three', 'The third of three'];
        for (const text of texts) await postNow(at, id, text);
        await until('the last of them', async () => server.log.length === 3);
        expect(await states()).toEqual(['publishing', 'publishing', 'publishing']);
        written.resolve();
        await until('their receipts', async () => (await states()).every((state) => state === 'published'));
        expect(server.log.map(({ text }) => text).toSorted()).toEqual(texts.toSorted());
      } finally {
        written.resolve();
        await workers.stop();
      }
    });
  },
  ['redis+postgres'],
);
