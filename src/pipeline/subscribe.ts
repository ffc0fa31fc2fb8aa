import { createHmac } from 'node:crypto';
import { decode } from '../text/input.ts';
import { placeIn, sealedColumns } from '../secrets/place.ts';
import { isSameSecret, makeToken } from '../secrets/token.ts';
import { readingOf } from '../sources/read-source.ts';
import {
  confirmSubscription,
  denySubscription,
  getSubscription,
  noteDelivery,
  putSubscription,
  subscriptionAt,
} from '../store/subscription.ts';
import { maskedAddress, maskedText } from '../text/masked-address.ts';
import { takeItems } from './intake.ts';
import type { Tools } from './tools.ts';

/** WebSub: a hub tells us when a feed has something new. https://www.w3.org/TR/websub/ */

const LEASE_S = 10 * 86_400;
/** A lease is renewed when this much of it is left; a question that was not answered is asked again after an hour. */
const RENEW_BEFORE_MS = 2 * 86_400_000;
const ASK_AGAIN_MS = 3_600_000;

/** Where hubs call us. */
export const HUB_PATH = '/websub';

/** Subscribes, or renews, where the world can reach us. A hub that does not answer is no fault of the source. */
export async function keepSubscribed(
  {
    database,
    http,
    io,
    keyring,
    log,
    publicUrl,
  }: Pick<Tools, 'database' | 'http' | 'io' | 'keyring' | 'log' | 'publicUrl'>,
  sourceId: string,
  hub: { readonly url: string; readonly topic: string },
): Promise<void> {
  if (publicUrl === null) return;
  const known = await getSubscription(database, sourceId);
  const now = io.now().getTime();
  const isSame = known?.hub === hub.url && known.topic === hub.topic;
  const isGood = known?.state === 'active' && (known.leaseUntil?.getTime() ?? 0) - now > RENEW_BEFORE_MS;
  const isFresh = known !== null && now - known.askedAt.getTime() < ASK_AGAIN_MS;
  if (isSame && (isGood || isFresh)) return;
  const { token } = makeToken();
  const secret = makeToken().token;
  const sealed = keyring.seal(secret, placeIn(sealedColumns.hubSecret, sourceId));
  await putSubscription(database, { sourceId, hub: hub.url, topic: hub.topic, token, secret: sealed });
  const body = new URLSearchParams({
    'hub.callback': `${publicUrl.replace(/\/+$/, '')}${HUB_PATH}/${token}`,
    'hub.mode': 'subscribe',
    'hub.topic': hub.topic,
    'hub.secret': secret,
    'hub.lease_seconds': String(LEASE_S),
  });
  const problem = await http.fetch(hub.url, { method: 'POST', body }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok ? null : `The hub answered ${answer.status}.`;
    },
    (error: unknown) => `The hub cannot be reached: ${(error as Error).message}`,
  );
  if (problem === null) return;
  log.debug(
    { sourceId, hub: maskedAddress(hub.url), problem: maskedText(problem) },
    'a hub did not take the subscription',
  );
  await denySubscription(database, token, problem.slice(0, 1024));
}

export interface Verification {
  readonly mode: string;
  readonly topic: string;
  readonly leaseS: number | null;
  readonly reason: string | null;
}

/** Longest lease that is believed. */
const LONGEST_LEASE_S = 30 * 86_400;

/** The hub asks whether we asked. @returns whether to answer its challenge. */
export async function verifySubscription(
  { database }: Pick<Tools, 'database'>,
  token: string,
  { mode, topic, leaseS, reason }: Verification,
): Promise<boolean> {
  const known = await subscriptionAt(database, token);
  // Nothing of ours under this address any more: the hub may end it.
  if (known === null) return mode === 'unsubscribe';
  if (known.topic !== topic) return false;
  if (mode === 'denied') {
    await denySubscription(database, token, reason ?? 'The hub refused without a reason.');
    return false;
  }
  if (mode !== 'subscribe') return false;
  return confirmSubscription(database, token, Math.min(leaseS ?? LEASE_S, LONGEST_LEASE_S));
}

/**
 * What a hub delivers, if it bears our secret's signature. The feed's new items are decided about as after a poll; a feed
 * that cannot be read is left to the next poll.
 * @returns false where there is no such subscription; a wrong signature is told to nobody, as the standard wants.
 */
export async function takeDelivery(
  tools: Pick<Tools, 'database' | 'bell' | 'parse' | 'io' | 'keyring' | 'log'>,
  token: string,
  delivery: { readonly body: Uint8Array; readonly signature: string | null; readonly contentType: string | null },
): Promise<boolean> {
  const { database, bell, keyring, log } = tools;
  const known = await subscriptionAt(database, token);
  if (known === null) return false;
  const secret = keyring.open(known.secret, placeIn(sealedColumns.hubSecret, known.sourceId));
  if (!isSigned(delivery.body, delivery.signature, secret)) {
    log.warn({ sourceId: known.sourceId }, 'a delivery under the address of a hub is not signed by it: ignored');
    return true;
  }
  const feed = await tools.parse.feed(
    decode(delivery.body, delivery.contentType),
    { 'content-location': known.topic },
    false,
  );
  if (feed.kind === 'refused') {
    log.warn({ sourceId: known.sourceId, detail: maskedText(feed.detail) }, 'a hub delivered what is no feed');
    return true;
  }
  const articleIds = await database.transaction(async (sql) => {
    await noteDelivery(sql, token);
    return takeItems(sql, tools, known.sourceId, readingOf(feed, known.topic).items);
  });
  await bell.ringMany(
    'ingest',
    articleIds.map((articleId) => ({ payload: { articleId } })),
  );
  return true;
}

const digests = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** `X-Hub-Signature: sha256=<hex>`. SHA-1 is what the older half of hubs sends; an HMAC of it is still not forged. */
function isSigned(body: Uint8Array, header: string | null, secret: string): boolean {
  const [method = '', given = ''] = (header ?? '').trim().toLowerCase().split('=');
  if (!digests.has(method)) return false;
  return isSameSecret(createHmac(method, secret).update(body).digest('hex'), given);
}
