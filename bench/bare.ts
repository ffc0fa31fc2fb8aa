import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Worker } from 'bullmq';
import type { ConnectionOptions, IQueueBackend } from 'bullmq';
import pg from 'pg';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { webhookSecret } from '../tests/fakes/webhook.ts';
import { onPostgres, onRedis } from './bare-place.ts';

/**
 * What our figures stand beside: a worker of bare BullMQ, as anyone would write it in a page. Its processor makes the same
 * request to the same fake and commits one row in the same PostgreSQL; with `--do nothing`, neither.
 */
const { values } = parseArgs({
  options: {
    redis: { type: 'string', default: '' },
    database: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    queue: { type: 'string', default: '' },
    do: { type: 'string', default: 'request' },
    concurrency: { type: 'string', default: '50' },
    on: { type: 'string', default: 'redis' },
  },
});
const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
const pool = new pg.Pool({ connectionString: values.database, max: 20 });
const agent = new Agent({ allowH2: false });
const reply = z.object({ id: z.string() });

async function request(text: string, id: string): Promise<void> {
  const body = JSON.stringify({ type: 'post.publish', timestamp: new Date().toISOString(), data: { key: id, text } });
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  const response = await fetch(`${values.url}/hook`, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  const { id: remoteId } = reply.parse(await response.json());
  await pool.query('INSERT INTO bench_row (id, remote_id) VALUES ($1, $2)', [id, remoteId]);
}

const place = values.on === 'redis' ? onRedis(values.redis) : onPostgres(values.database);
let done = 0;
const worker = new Worker<{ text: string }, void, string, IQueueBackend, ConnectionOptions>(
  values.queue,
  async (job) => {
    if (values.do === 'request') await request(job.data.text, job.id ?? '');
  },
  { connection: place.connection, concurrency: Number(values.concurrency), removeOnComplete: { count: 0 } },
  place.factory,
);
worker.on('completed', () => process.send?.({ done: ++done, at: Date.now() }));
worker.on('failed', (_job, error) => console.error(error));
await worker.waitUntilReady();
process.send?.({ done: 0, at: Date.now() });
