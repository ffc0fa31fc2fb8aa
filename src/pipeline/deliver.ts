import { afterTry, DISABLED_AFTER_MS } from '../domain/delivery.ts';
import type { Tried } from '../domain/delivery.ts';
import { ask } from '../networks/ask.ts';
import { retryAfterOf } from '../networks/outcome.ts';
import { recordTry, takeDelivery } from '../store/delivery.ts';
import type { EndedTry, TakenDelivery } from '../store/delivery.ts';
import { disableWebhook, noteHealth } from '../store/webhook.ts';
import type { Tools } from './tools.ts';
import { openSecrets } from './webhooks.ts';

type DeliverTools = Pick<Tools, 'database' | 'io' | 'keyring' | 'networkIo' | 'log'>;

/** Longest wait for a receiver's answer. */
const TIMEOUT_MS = 15_000;
/** A process that dies in the middle leaves the delivery to the next one after this long. */
const LEASE_MS = 60_000;
const RESPONSE_LENGTH = 1_024;

/** Makes one try at a delivery, under the same id each time (https://www.standardwebhooks.com). Taken already: a no-op. */
export async function deliver(tools: DeliverTools, deliveryId: string): Promise<void> {
  const { database, io } = tools;
  const taken = await takeDelivery(database, deliveryId, LEASE_MS);
  if (taken === null) return;
  const { tried, ended } = await send(tools, deliveryId, taken);
  const verdict = afterTry(tried, taken.tries, io.chance());
  await database.transaction(async (sql) => {
    // The webhook before its deliveries, as who removes one has them: two that wait for each other's rows would both fail.
    const { failingForMs } = await noteHealth(sql, taken.webhookId, verdict.state === 'delivered');
    await recordTry(sql, deliveryId, ended, verdict.state === 'gone' ? { state: 'failed' } : verdict);
    if (verdict.state === 'gone') {
      await disableWebhook(sql, taken.webhookId, 'The receiver answered 410: it asks not to be called any more.');
    } else if (failingForMs >= DISABLED_AFTER_MS) {
      const days = Math.floor(failingForMs / 86_400_000);
      const last = ended.problem ?? `it answered ${ended.status}`;
      await disableWebhook(sql, taken.webhookId, `The receiver has failed for ${days} days; the last time: ${last}.`);
    }
  });
}

async function send(
  { io, keyring, networkIo }: DeliverTools,
  deliveryId: string,
  { webhookId, url, payload, secret, oldSecret }: TakenDelivery,
): Promise<{ tried: Tried; ended: EndedTry }> {
  const { Webhook } = await import('standardwebhooks');
  const began = io.monotonic();
  const at = io.now();
  const sign = (key: string): string => new Webhook(key).sign(deliveryId, at, payload);
  const world = { ...networkIo(webhookId, AbortSignal.timeout(TIMEOUT_MS + 5_000)), timeoutMs: TIMEOUT_MS };
  const reply = await ask(world, url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': deliveryId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': openSecrets(keyring, webhookId, secret, oldSecret).map(sign).join(' '),
    },
    body: payload,
  });
  const ms = Math.round(io.monotonic() - began);
  if (reply.kind !== 'reply') {
    const problem = reply.detail.replace(/\.$/, '');
    return { tried: { status: null, retryAfterMs: null }, ended: { ms, status: null, response: null, problem } };
  }
  const { status, headers, text } = reply;
  const retryAfterMs = headers.has('retry-after') ? retryAfterOf(headers, at) : null;
  return { tried: { status, retryAfterMs }, ended: { ms, status, response: cut(text), problem: null } };
}

/** What PostgreSQL can hold of a foreign answer. */
function cut(text: string): string {
  return text.slice(0, RESPONSE_LENGTH).replaceAll('\0', '').toWellFormed();
}
