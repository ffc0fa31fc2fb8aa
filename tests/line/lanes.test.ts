import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Urgency } from '../../src/domain/post.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
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

function readyNow(accountId: string, text: string, urgency: Urgency = 'normal'): ReadyPost {
  return { parts: [{ text, media: [], card: null }], accountIds: [accountId], schedule: 'now', urgency };
}
function postNow({ context }: Installation, ...given: Parameters<typeof readyNow>): Promise<unknown> {
  return createPosts(context, readyNow(...given), 'test');
}

/** A request that hangs is given up so long after it left. */
const HANGS_MS = 25_000;

describeBackends('servers of one network', (backend) => {
  let at: Installation;
  let well: Fake;
  beforeAll(async () => {
    at = await install(backend, { env: { STANDFIRST_CONCURRENCY: '4' } });
    well = await startWebhook();
  });
  afterAll(async () => {
    await well[Symbol.asyncDispose]();
    await at[Symbol.asyncDispose]();
  });

  const receiver = (server: Fake): Promise<string> => connect(at, server);
  const post = (accountId: string, text: string, urgency?: Urgency): Promise<unknown> =>
    postNow(at, accountId, text, urgency);
  /** In one go: the first of them has not hung for long when the last of them is there. */
  const postMany = (accountIds: readonly string[], count: number, text: string): Promise<unknown> => {
    const ready = Array.from({ length: count }, (_, n) => accountIds.map((id) => readyNow(id, `${text} ${n}`)));
    return createManyPosts(at.context, ready.flat(), 'test');
  };

  it('do not wait for each other, although one of them never answers', async () => {
    // Gone when its test has ended: it holds no place of the network in the next one.
    await using dead = await startWebhook();
    const [deadId, wellId] = [await receiver(dead), await receiver(well)];
    await dead.setMode({ name: 'hang' });
    const from = performance.now();
    await postMany([deadId], 40, 'Into the void');
    await until('every place that the dead server may have', async () => dead.attempts >= 4);
    await postMany([wellId], 10, 'To the living');
    const { ms, asked } = await until(
      'the others',
      async () => well.log.length === 10 && { ms: performance.now() - from, asked: dead.attempts },
      40_000,
    );
    // None of those that hang had been given up by then: who waits for one is later, and no more than its places were taken.
    expect(ms).toBeLessThan(HANGS_MS);
    expect(asked).toBe(4);
  });

  it('leave room for breaking news, although one of them is busy with as many posts as it may have', async () => {
    await using busy = await startWebhook();
    const busyId = await receiver(busy);
    await busy.setMode({ name: 'hang', times: 4 });
    await postMany([busyId], 40, 'One of many');
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
      const from = performance.now();
      await postMany(ids, 12, 'Into another void');
      const attempts = (): number => hanging.reduce((sum, server) => sum + server.attempts, 0);
      await until('every place of the network', async () => attempts() >= 8);
      await post(freeId, 'The mayor resigns', 'breaking');
      await until('breaking news', async () => free.log.length > 0);
      // Before any of those that hang was given up.
      expect(performance.now() - from).toBeLessThan(HANGS_MS);
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
