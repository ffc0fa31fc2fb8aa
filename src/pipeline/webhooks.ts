import { randomBytes } from 'node:crypto';
import { Refusal } from '../domain/errors.ts';
import { payloadOf } from '../domain/outward-events.ts';
import type { OutwardEvent } from '../domain/outward-events.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { placeIn, sealedColumns } from '../secrets/place.ts';
import { found } from '../store/database.ts';
import { getDelivery, insertDeliveries } from '../store/delivery.ts';
import type { DeliveryRow } from '../store/delivery.ts';
import { changeWebhook, getWebhook, insertWebhook, lockSecret, rotateSecret } from '../store/webhook.ts';
import type { WebhookRow } from '../store/webhook.ts';
import type { Tools } from './tools.ts';

type WebhookTools = Pick<Tools, 'database' | 'http' | 'io' | 'keyring'>;

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
function makeSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The secrets that sign now: the newest, and the one before while both do. */
export function openSecrets(keyring: Keyring, id: string, secret: string, oldSecret: string | null): string[] {
  const newest = keyring.open(secret, placeIn(sealedColumns.endpointSecret, id));
  if (oldSecret === null) return [newest];
  return [newest, keyring.open(oldSecret, placeIn(sealedColumns.oldEndpointSecret, id))];
}

/** Adds a receiver. Its secret is answered this once. @throws Refusal where the address is not one we may call. */
export async function addWebhook(
  tools: WebhookTools,
  given: { readonly url: string; readonly events: readonly OutwardEvent[] },
  actor: string,
): Promise<{ row: WebhookRow; secret: string }> {
  await refuseAddress(tools, given.url);
  const id = tools.io.id('endpoint');
  const secret = makeSecret();
  const hook = { id, ...given, secret: tools.keyring.seal(secret, placeIn(sealedColumns.endpointSecret, id)) };
  return { row: await tools.database.transaction((sql) => insertWebhook(sql, hook, actor)), secret };
}

export async function editWebhook(
  tools: WebhookTools,
  id: string,
  version: number,
  change: {
    readonly url?: string | undefined;
    readonly events?: readonly OutwardEvent[] | undefined;
    readonly isActive?: boolean | undefined;
  },
  actor: string,
): Promise<WebhookRow> {
  const before = found(await getWebhook(tools.database, id), 'webhook endpoint', id);
  const { url = before.url, events = before.events, isActive = before.state === 'active' } = change;
  if (url !== before.url) await refuseAddress(tools, url);
  const after = { url, events, state: isActive ? ('active' as const) : ('paused' as const) };
  return tools.database.transaction((sql) => changeWebhook(sql, id, version, after, actor));
}

/** A new secret, answered this once; for a while both sign, so that a receiver can change over without missing one. */
export async function changeSecret(
  tools: WebhookTools,
  id: string,
  overlapMs: number,
  actor: string,
): Promise<{ row: WebhookRow; secret: string }> {
  const secret = makeSecret();
  const { keyring } = tools;
  const row = await tools.database.transaction(async (sql) => {
    const [old = ''] = openSecrets(keyring, id, await lockSecret(sql, id), null);
    const sealed = {
      secret: keyring.seal(secret, placeIn(sealedColumns.endpointSecret, id)),
      oldSecret: keyring.seal(old, placeIn(sealedColumns.oldEndpointSecret, id)),
    };
    return rotateSecret(sql, id, sealed, overlapMs, actor);
  });
  return { row, secret };
}

/** Sends a test, as a delivery like any other. @throws Refusal where the webhook is not active. */
export async function testWebhook({ database, io }: Pick<Tools, 'database' | 'io'>, id: string): Promise<DeliveryRow> {
  const hook = found(await getWebhook(database, id), 'webhook endpoint', id);
  if (hook.state !== 'active') throw new Refusal('conflict', `Webhook ${id} is ${hook.state}: make it active first.`);
  const payload = payloadOf('webhook.test', { at: io.now(), subject: id, data: {} });
  const deliveryId = io.id('delivery');
  await insertDeliveries(database, [{ id: deliveryId, webhookId: id, cursor: null, type: 'webhook.test', payload }]);
  return found(await getDelivery(database, deliveryId), 'delivery', deliveryId);
}

async function refuseAddress({ http }: WebhookTools, url: string): Promise<void> {
  const fault = await http.judge(url);
  if (fault !== null)
    throw new Refusal('invalid', fault, [{ pointer: '/url', code: 'blocked-address', message: fault }]);
}
