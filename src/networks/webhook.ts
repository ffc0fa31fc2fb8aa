import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import type { ImageRule } from '../domain/limits.ts';
import { pageAddress } from './address.ts';
import { ask } from './ask.ts';
import type { Reply } from './ask.ts';
import type { Message, Network, NetworkIo, Outcome } from './network.ts';
import { failure, failureOfStatus } from './outcome.ts';
import { faultOfWords } from './words.ts';

/** Standard Webhooks advises payloads below 20 kB: this many UTF-16 units, in any script, leave room for the rest. */
const MAX_TEXT = 6000;

/** Addresses and descriptions of images take the room of half a text. */
const images = {
  max: 4,
  maxBytes: 10_000_000,
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  maxAlt: 500,
  maxText: 3000,
  byAddress: true,
} as const satisfies ImageRule;

const credentials = z.object({
  url: z.url({ protocol: /^https?$/ }).describe('Address that receives the posts'),
  secret: z
    .string()
    .trim()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'A secret is whsec_ and 24 to 64 bytes in base64.')
    .describe('Signing secret that the receiver knows too (whsec_…)')
    .meta({ secret: true }),
});
export type WebhookCredentials = z.infer<typeof credentials>;

/** Any receiver of Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks */
export const webhook: Network<WebhookCredentials> = {
  profile: {
    id: 'webhook',
    name: 'Webhook',
    limits: {
      text: { unit: 'utf16', max: MAX_TEXT, linkCost: 'length', bareLinks: false },
      hashtags: { max: 30, advised: 5 },
      maxLinks: null,
      link: 'in-text',
      cards: 'beside-image',
      images,
    },
    powers: {
      idempotencyKey: true,
      recordKey: false,
      find: 'by-resend',
      threads: true,
      edit: false,
      remove: false,
      linkCard: 'client',
    },
    price: { post: 0, postWithLink: 0 },
    rules: { publish: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md' },
  },
  credentials,

  /**
   * The same id on every try: the receiver drops a second one, as the standard asks of it. Any 2xx is a yes. An image is
   * named by an address that is signed anew each time and holds for a day: who wants to keep it fetches it by then.
   */
  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Webhook');
    if (empty !== null) return empty;
    const most = message.images.length === 0 ? MAX_TEXT : images.maxText;
    if (message.text.length > most) {
      return failure('refused', 'too_long', `Webhook: the text is ${message.text.length} of ${most} characters.`);
    }
    if (message.images.length > images.max) {
      const detail = `Webhook: the post has ${message.images.length} of ${images.max} images.`;
      return failure('refused', 'media_rejected', detail);
    }
    const reply = await deliver(message.key, 'post.publish', dataOf(message), message.createdAt, creds, io);
    if (reply.kind !== 'reply') return reply;
    if (reply.status < 200 || reply.status >= 300) return failureOfWebhook(reply, io.now());
    const named = receiverReply.safeParse(reply.json);
    return {
      kind: 'published',
      receipt: { remoteId: named.data?.id ?? message.key, url: named.data?.url ?? null },
    };
  },

  /** The receiver cannot be asked, but drops what it has already: sending again is the question. */
  find: () => Promise.resolve({ kind: 'absent' }),

  /** Sends an event of type `ping`, which a receiver answers with any 2xx. */
  async check(creds, io) {
    const now = io.now();
    const reply = await deliver(`ping-${now.getTime()}`, 'ping', {}, now, creds, io);
    if (reply.kind !== 'reply') return reply;
    if (reply.status < 200 || reply.status >= 300) return failureOfWebhook(reply, now);
    const { host } = new URL(creds.url);
    return {
      kind: 'connected',
      handle: host,
      remoteId: `${host} ${idOf(creds.url)}`,
      url: null,
      missingPermissions: [],
      expiresAt: null,
    };
  },
};

/** Tells two receivers of one host apart without showing an address, which may hold a secret. */
function idOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 12);
}

/** A receiver may name what it made of the post. */
const receiverReply = z.object({ id: z.string().min(1).optional(), url: pageAddress.default(null) });

/** Loaded with the first post: asking for it anew each time costs a third of a millisecond. */
let library: Promise<typeof import('standardwebhooks')> | undefined;

async function deliver(
  id: string,
  type: string,
  data: object,
  timestamp: Date,
  creds: WebhookCredentials,
  io: NetworkIo,
): Promise<Reply | Failure> {
  const { Webhook } = await (library ??= import('standardwebhooks'));
  const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data });
  const signedAt = io.now();
  return ask(io, creds.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
      'webhook-signature': new Webhook(creds.secret).sign(id, signedAt, body),
      'idempotency-key': id,
    },
    body,
  });
}

function dataOf(message: Message): object {
  const { key, text, lang, card, replyTo } = message;
  const shown = message.images.map(({ url, type, width, height, alt }) => ({ url, type, width, height, alt }));
  return { key, text, lang, card, images: shown, replyTo: replyTo?.parent.remoteId ?? null };
}

/** 410 asks never to be called again; a receiver that does not know the signature is one to be connected anew. */
function failureOfWebhook(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  return reply.status === 410 ? failure('signed-out', 'auth_expired', general.detail, { code: '410' }) : general;
}
