import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutwardEvent } from '../../src/domain/outward-events.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { deliver } from '../../src/pipeline/deliver.ts';
import { notify } from '../../src/pipeline/notify.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { addWebhook, changeSecret, editWebhook, testWebhook } from '../../src/pipeline/webhooks.ts';
import { dueDeliveries, listTries, pageDeliveries, redeliver } from '../../src/store/delivery.ts';
import type { DeliveryRow } from '../../src/store/delivery.ts';
import { recordEvent } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import { getWebhook, removeWebhook } from '../../src/store/webhook.ts';
import { startWorkers } from '../../workers/run.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback that answers what the test says. */
interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  answer: { status: number; headers?: Record<string, string>; body?: string } | 'hang';
}

async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      if (receiver.answer !== 'hang') {
        response.writeHead(receiver.answer.status, receiver.answer.headers).end(receiver.answer.body);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: { status: 204 },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Throws where the signature is not one of this secret: the check of the standard's own library. */
function typeOf({ headers, body }: Received, secret: string): string {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return (new Webhook(secret).verify(body, named) as { type: string }).type;
}

let at: Installation;
let receiver: Receiver;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, io: { chance: () => 0.5 } });
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await setClock('0 seconds');
  await at.context.database.run(`UPDATE standfirst.endpoint SET state = 'removed'`);
  await receiver[Symbol.asyncDispose]();
});

const add = (events: OutwardEvent[] = ['post.published'], url = receiver.url) =>
  addWebhook(at.context, { url, events }, 'test');
const happened = (type = 'post.published', subject = 'post_1', data = {}): Promise<void> =>
  recordEvent(at.context.database, { type, subject, data });
const deliveries = (id: string): Promise<DeliveryRow[]> =>
  pageDeliveries(at.context.database, id, null, { limit: 100, after: null });
/** @param from an instant at which the clock stands; it goes on unless said. */
async function setClock(ahead: string, from?: Date): Promise<void> {
  const body = `SELECT ${from === undefined ? 'now()' : `timestamptz '${from.toISOString()}'`} + interval '${ahead}'`;
  await at.context.database.run(
    `CREATE OR REPLACE FUNCTION standfirst.clock() RETURNS timestamptz LANGUAGE sql STABLE AS $$ ${body} $$`,
  );
}
/** How often the database ended one of two that waited for each other's rows: each connection counts, and tells when asked. */
async function deadlocks(): Promise<number | undefined> {
  const { database } = at.context;
  const all = await Promise.all(Array.from({ length: database.pool.totalCount }, () => database.pool.connect()));
  await Promise.all(all.map((connection) => connection.query('SELECT pg_stat_force_next_flush()')));
  for (const connection of all) connection.release();
  const row = await database.one(
    z.object({ deadlocks: z.number() }),
    `SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()`,
  );
  return row?.deadlocks;
}
const isRead = z.object({ isRead: z.boolean() });
/** Reads all that has happened. Another test's transaction on the same server may keep the newest back for a moment. */
async function readAll(): Promise<void> {
  await until('reading the events', async () => {
    await notify(at.context);
    const row = await at.context.database.one(
      isRead,
      `SELECT cursor = (SELECT tx::text || '-' || seq FROM standfirst.event ORDER BY tx DESC, seq DESC LIMIT 1) AS "isRead"
         FROM standfirst.event_reader WHERE name = 'notify'`,
    );
    return row?.isRead ?? false;
  });
}
/** What the workers do every second, without waiting for them. */
async function round(read = readAll): Promise<void> {
  await read();
  for (const { deliveryId } of await dueDeliveries(at.context.database, 20)) await deliver(at.context, deliveryId);
}
/** The events of other tests are read first, so that each hears of its own only. */
const newWebhook = async (events?: OutwardEvent[]) => {
  await readAll();
  return add(events);
};

describe('a webhook', () => {
  it('is told of what it picked, signed, thin, and once', async () => {
    const { row, secret } = await newWebhook(['post.published', 'publishing.held']);
    const [post] = await createPosts(
      at.context,
      { parts: [{ text: 'Told outside', media: [], card: null }], accountIds: [at.sandbox.id], schedule: 'now' },
      'test',
    );
    await publish(at.context, { postId: post?.id ?? '', network: 'sandbox' }, new AbortController().signal);
    await round();
    await round();
    expect(receiver.received.map((one) => typeOf(one, secret))).toEqual(['post.published']);
    const { data } = JSON.parse(receiver.received[0]?.body ?? '') as { data: object };
    expect(data).toMatchObject({ id: post?.id, href: `/v1/posts/${post?.id}`, accountId: at.sandbox.id });
    expect(receiver.received[0]?.body).not.toContain('Told outside');
    const [delivery] = await deliveries(row.id);
    expect(delivery).toMatchObject({ state: 'delivered', id: receiver.received[0]?.headers['webhook-id'] });
    expect(() => typeOf(receiver.received[0] as Received, `whsec_${Buffer.alloc(32).toString('base64')}`)).toThrow();
  });

  it('misses nothing that was committed late, and hears nothing twice', async () => {
    const { secret } = await newWebhook();
    const slow = await at.context.database.connect();
    await slow.query('BEGIN');
    await slow.query(`INSERT INTO standfirst.event (type, subject) VALUES ('post.published', 'post_late')`);
    await happened('post.published', 'post_early');
    await round(() => notify(at.context));
    expect(receiver.received).toEqual([]);
    await slow.query('COMMIT');
    await slow.end();
    await round();
    await round();
    const subjects = receiver.received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id);
    expect(subjects.toSorted()).toEqual(['post_early', 'post_late']);
    for (const one of receiver.received) expect(typeOf(one, secret)).toBe('post.published');
  });

  it('hears nothing of what happened before it was there', async () => {
    await happened('post.published', 'post_before');
    await newWebhook();
    await round();
    expect(receiver.received).toEqual([]);
  });

  it('hears of what happened while it was paused once it goes on, in order and once', async () => {
    const { row } = await newWebhook();
    const paused = await editWebhook(at.context, row.id, 1, { isActive: false }, 'test');
    const subjects = ['post_1', 'post_2', 'post_3'];
    for (const subject of subjects) {
      await happened('post.published', subject);
      await round();
    }
    expect(receiver.received).toEqual([]);
    await editWebhook(at.context, row.id, paused.version, { isActive: true }, 'test');
    await round();
    await round();
    const heard = receiver.received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id);
    expect(heard).toEqual(subjects);
  });

  it('is told of a correction, with where to read it', async () => {
    const { secret } = await newWebhook(['correction.raised', 'correction.done']);
    await happened('correction.raised', 'cor_1', { storyId: 'story_1' });
    await happened('correction.decided', 'cor_1');
    await happened('correction.done', 'cor_1');
    await round();
    expect(receiver.received.map((one) => typeOf(one, secret))).toEqual(['correction.raised', 'correction.done']);
    const { data } = JSON.parse(receiver.received[0]?.body ?? '') as { data: object };
    expect(data).toEqual({ id: 'cor_1', href: '/v1/corrections/cor_1', storyId: 'story_1' });
  });
});

describe('a delivery that fails', () => {
  it('is tried again on schedule, under one id, each try written down', async () => {
    const { row } = await newWebhook();
    receiver.answer = { status: 500, body: 'Out of ink' };
    await happened();
    const from = new Date();
    let ahead = 0;
    for (const seconds of [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000]) {
      if (seconds > 0) {
        // A moment before its time it is left alone.
        await setClock(`${ahead + seconds - 3} seconds`, from);
        const before = receiver.received.length;
        await round();
        expect(receiver.received).toHaveLength(before);
      }
      ahead += seconds;
      await setClock(`${ahead} seconds`, from);
      await until('the next try', async () => {
        const before = receiver.received.length;
        await round();
        return receiver.received.length > before;
      });
    }
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    const [delivery] = await deliveries(row.id);
    expect(delivery).toMatchObject({ state: 'failed', tries: 8 });
    const tries = await listTries(at.context.database, delivery?.id ?? '');
    expect(tries.map(({ n, status, response }) => [n, status, response])).toEqual(
      Array.from({ length: 8 }, (_, n) => [n + 1, 500, 'Out of ink']),
    );
    await setClock(`${ahead + 100_000} seconds`, from);
    await round();
    expect(receiver.received).toHaveLength(8);
  }, 60_000);

  it('waits as long as the receiver asks', async () => {
    const { row } = await newWebhook();
    receiver.answer = { status: 429, headers: { 'retry-after': '600' } };
    await happened();
    await round();
    const [delivery] = await deliveries(row.id);
    const waitMs = (delivery?.nextAt.getTime() ?? 0) - Date.now();
    expect(waitMs / 1000).toBeGreaterThan(540);
    expect(waitMs / 1000).toBeLessThan(605);
  });

  it('can be sent once more by a person, under its old id', async () => {
    const { row, secret } = await newWebhook();
    receiver.answer = { status: 404 };
    await happened();
    await round();
    const [delivery] = await deliveries(row.id);
    const again = (): Promise<DeliveryRow> =>
      at.context.database.transaction((sql) => redeliver(sql, delivery?.id ?? '', 'test'));
    // It waits for its next try: now is sooner, and asked twice it goes once.
    await again();
    await again();
    receiver.answer = { status: 200 };
    await round();
    await round();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([delivery?.id, delivery?.id]);
    expect(typeOf(receiver.received[1] as Received, secret)).toBe('post.published');
    expect((await listTries(at.context.database, delivery?.id ?? '')).map(({ n }) => n)).toEqual([1, 2]);
  });
});

describe('a receiver', () => {
  it('that answers 410 is not called any more', async () => {
    const { row } = await newWebhook();
    receiver.answer = { status: 410 };
    for (const subject of ['post_1', 'post_2']) await happened('post.published', subject);
    await round();
    await round();
    expect(receiver.received).toHaveLength(1);
    expect(await getWebhook(at.context.database, row.id)).toMatchObject({
      state: 'disabled',
      problem: expect.stringContaining('410'),
    });
    expect((await deliveries(row.id)).map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('that has failed for five days is switched off, which is an event; a person switches it on again', async () => {
    const { row } = await newWebhook();
    receiver.answer = { status: 503 };
    for (const [day, state] of [
      [0, 'active'],
      [4, 'active'],
      [6, 'disabled'],
    ] as const) {
      await setClock(`${day} days`);
      await happened('post.published', `post_${day}`);
      await round();
      expect((await getWebhook(at.context.database, row.id))?.state).toBe(state);
    }
    const now = await getWebhook(at.context.database, row.id);
    expect(now?.problem).toBe('The receiver has failed for 6 days; the last time: it answered 503.');
    receiver.answer = { status: 200 };
    await editWebhook(at.context, row.id, now?.version ?? 0, { isActive: true }, 'test');
    await testWebhook(at.context, row.id);
    const before = receiver.received.length;
    await round();
    expect(receiver.received).toHaveLength(before + 1);
    expect((await getWebhook(at.context.database, row.id))?.failingSince).toBeNull();
  });

  it('that fails many deliveries in one moment keeps none of them waiting, nor who removes the webhook', async () => {
    const { row } = await newWebhook();
    receiver.answer = { status: 503 };
    await happened('post.published', 'post_first');
    await round();
    await setClock('6 days');
    for (let n = 0; n < 12; n++) await happened('post.published', `post_${n}`);
    await readAll();
    const waiting = (await deliveries(row.id)).filter(({ tries }) => tries === 0);
    expect(waiting).toHaveLength(12);
    const before = await deadlocks();
    const delivered = waiting.map(({ id }) => deliver(at.context, id));
    await until('the first answers', () => Promise.resolve(receiver.received.length > 1));
    await at.context.database.transaction((sql) => removeWebhook(sql, row.id, null, 'test'));
    const ended = await Promise.allSettled(delivered);
    expect(ended.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await deadlocks()).toBe(before);
  });

  it('is sent two signatures while its secret changes, and then one', async () => {
    const { row, secret: old } = await newWebhook();
    const { secret } = await changeSecret(at.context, row.id, 3_600_000, 'test');
    await happened();
    await round();
    const [both] = receiver.received;
    expect([typeOf(both as Received, old), typeOf(both as Received, secret)]).toEqual([
      'post.published',
      'post.published',
    ]);
    await setClock('61 minutes');
    await happened('post.published', 'post_2');
    await round();
    const after = receiver.received[1] as Received;
    expect(typeOf(after, secret)).toBe('post.published');
    expect(() => typeOf(after, old)).toThrow();
  });

  it('that is dead is asked for one delivery at a time, so that others hear at once', async () => {
    const dead = await newWebhook();
    receiver.answer = { status: 500 };
    for (let n = 0; n < 5; n++) await happened('post.published', `post_${n}`);
    await readAll();
    const [first] = await dueDeliveries(at.context.database, 20);
    await deliver(at.context, first?.deliveryId ?? '');
    expect(await dueDeliveries(at.context.database, 20)).toHaveLength(1);
    await at.context.database.transaction((sql) => removeWebhook(sql, dead.row.id, null, 'test'));
    expect(await dueDeliveries(at.context.database, 20)).toEqual([]);
  });

  it('may not be on a private address, when it is added and when it is called', async () => {
    await expect(add(['post.published'], 'http://10.1.2.3/hook')).rejects.toThrow('10.1.2.3 is not a public address');
    await expect(add(['post.published'], 'http://localhost:1/hook')).resolves.toBeDefined();
    await expect(add(['post.published'], 'http://169.254.169.254/')).rejects.toThrow('not a public address');
    const { row } = await newWebhook();
    await at.context.database.run(`UPDATE standfirst.endpoint SET url = 'http://192.168.7.7/hook' WHERE id = $1`, [
      row.id,
    ]);
    await happened();
    await round();
    const [delivery] = await deliveries(row.id);
    const [tried] = await listTries(at.context.database, delivery?.id ?? '');
    expect(tried).toMatchObject({ status: null, problem: expect.stringContaining('not a public address') });
  });
});

it('a dead receiver delays no post, and what it was not told survives a restart', async () => {
  const { row, secret } = await newWebhook();
  receiver.answer = 'hang';
  const first = await startWorkers(at.context);
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const part = { text: `While it is dead ${n}`, media: [], card: null };
    const [post] = await createPosts(
      at.context,
      { parts: [part], accountIds: [at.sandbox.id], schedule: 'now' },
      'test',
    );
    ids.push(post?.id ?? '');
  }
  for (const id of ids) {
    await until(`publishing ${id}`, async () => (await getPost(at.context.database, id))?.state === 'published');
  }
  await until('a delivery', async () => receiver.received.length > 0);
  // What is under way ends with its process: the others wait in the database.
  await receiver[Symbol.asyncDispose]();
  await first.stop();
  receiver = await startReceiver();
  await at.context.database.run('UPDATE standfirst.endpoint SET url = $2 WHERE id = $1', [row.id, receiver.url]);
  await at.context.database.run('UPDATE standfirst.delivery SET next_at = standfirst.clock() WHERE webhook_id = $1', [
    row.id,
  ]);
  const second = await startWorkers(at.context);
  try {
    await until(
      'delivering all',
      async () => {
        const all = await deliveries(row.id);
        return all.length === ids.length && all.every(({ state }) => state === 'delivered');
      },
      60_000,
    );
  } finally {
    await second.stop();
  }
  const told = receiver.received.map((one) => (typeOf(one, secret), JSON.parse(one.body) as { data: { id: string } }));
  expect(told.map(({ data }) => data.id).toSorted()).toEqual(ids.toSorted());
}, 240_000);
