import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import { isSameText } from '../text/same-words.ts';
import { pageAddress, remoteId, serverAddress } from './address.ts';
import { missingOf, scope } from './granted.ts';
import { ask, askJson, bearer } from './ask.ts';
import type { Reply } from './ask.ts';
import { mastodonConnect } from './mastodon-connect.ts';
import { uploadAll } from './mastodon-media.ts';
import type { Checked, Found, Message, Network, NetworkIo, Outcome } from './network.ts';
import { beforePosting, failure, failureOfStatus } from './outcome.ts';
import { faultOfWords } from './words.ts';

/** Servers remember an `Idempotency-Key` for an hour; five minutes are left for clocks and slow requests. */
const KEY_LIFETIME_MS = 55 * 60_000;
const CLOCK_SLACK_MS = 60_000;
/** Own statuses compared with a lost one, a request each. */
const LOOKED_AT = 20;

const credentials = z.object({
  server: serverAddress.describe('Address of the server, e.g. https://mastodon.social'),
  accessToken: z
    .string()
    .trim()
    .min(1)
    .describe('Access token with read:accounts, read:statuses, write:statuses, write:media')
    .meta({ secret: true }),
  visibility: z.enum(['public', 'unlisted', 'private']).default('public').describe('Who sees the posts'),
  scope,
});
export type MastodonCredentials = z.infer<typeof credentials>;

const limits = {
  text: { unit: 'graphemes', max: 500, linkCost: 23, bareLinks: false, remoteMentionsCostLocalPart: true },
  hashtags: { max: 30, advised: 3 },
  maxLinks: null,
  fold: { lines: 32 },
  link: 'in-text',
  images: {
    max: 4,
    maxBytes: 16_000_000,
    types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
    maxAlt: 1500,
  },
} as const satisfies Limits;

export const mastodon: Network<MastodonCredentials> = {
  profile: {
    id: 'mastodon',
    name: 'Mastodon',
    limits,
    powers: {
      idempotencyKey: true,
      recordKey: false,
      find: 'by-text',
      threads: true,
      edit: true,
      remove: true,
      linkCard: 'auto',
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://docs.joinmastodon.org/user/posting/#text',
      publish: 'https://docs.joinmastodon.org/methods/statuses/#create',
      rate: 'https://docs.joinmastodon.org/api/rate-limits/',
      fold: 'https://github.com/mastodon/mastodon/blob/main/app/javascript/mastodon/components/status_content.jsx',
    },
  },
  credentials,

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Mastodon');
    if (empty !== null) return empty;
    const media = await uploadAll(message.images, creds, io);
    if (!Array.isArray(media)) return beforePosting(media);
    const headers = { ...bearer(creds.accessToken), 'idempotency-key': message.key };
    const reply = await askJson(io, `${creds.server}/api/v1/statuses`, bodyOf(message, creds, media), headers);
    if (reply.kind !== 'reply') return reply;
    const posted = statusReply.safeParse(reply.json);
    return reply.status === 200 && posted.success
      ? { kind: 'published', receipt: receiptOf(posted.data) }
      : failureOfMastodon(reply, io.now());
  },

  /** By the account's own statuses and their source text. Once the server has forgotten the key, absence proves nothing. */
  async find(message, creds, io): Promise<Found> {
    const me = await read(io, creds, '/api/v1/accounts/verify_credentials', accountReply);
    if ('kind' in me) return { kind: 'cannot-tell', detail: me.detail };
    const path = `/api/v1/accounts/${me.id}/statuses?exclude_reblogs=true&limit=40`;
    const statuses = await read(io, creds, path, z.array(statusReply));
    if ('kind' in statuses) return { kind: 'cannot-tell', detail: statuses.detail };
    const since = message.createdAt.getTime() - CLOCK_SLACK_MS;
    const parent = message.replyTo?.parent.remoteId ?? null;
    const near = statuses.filter((one) => Date.parse(one.created_at) >= since && one.in_reply_to_id === parent);
    for (const one of near.slice(0, LOOKED_AT)) {
      const source = await read(io, creds, `/api/v1/statuses/${one.id}/source`, sourceReply);
      if ('kind' in source) return { kind: 'cannot-tell', detail: source.detail };
      if (isSameText(source.text, message.text)) return { kind: 'published', receipt: receiptOf(one) };
    }
    const isWhole = near.length <= LOOKED_AT && (near.length < statuses.length || statuses.length < 40);
    const isRemembered = io.now().getTime() - message.createdAt.getTime() < KEY_LIFETIME_MS;
    if (isWhole && isRemembered) return { kind: 'absent' };
    return { kind: 'cannot-tell', detail: 'Mastodon: not among the newest statuses, and too late to send it safely.' };
  },

  async edit(receipt, message, creds, io): Promise<Outcome> {
    const url = `${creds.server}/api/v1/statuses/${receipt.remoteId}`;
    // An edit that does not name them takes the images away.
    const before = await read(io, creds, `/api/v1/statuses/${receipt.remoteId}`, mediaReply);
    if ('kind' in before) return before;
    const media = before.media_attachments.map(({ id }) => id);
    const body = { status: message.text, ...languageOf(message), ...(media.length === 0 ? {} : { media_ids: media }) };
    const reply = await askJson(io, url, body, bearer(creds.accessToken), 'PUT');
    if (reply.kind !== 'reply') return reply;
    return reply.status === 200 ? { kind: 'published', receipt } : failureOfMastodon(reply, io.now());
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const url = `${creds.server}/api/v1/statuses/${receipt.remoteId}`;
    const reply = await ask(io, url, { method: 'DELETE', headers: bearer(creds.accessToken) });
    if (reply.kind !== 'reply') return reply;
    return reply.status === 200 || reply.status === 404
      ? { kind: 'published', receipt }
      : failureOfMastodon(reply, io.now());
  },

  /** Reads the server's own limits too: forks differ widely from the 500 characters of the profile. */
  async check(creds, io): Promise<Checked> {
    const me = await read(io, creds, '/api/v1/accounts/verify_credentials', accountReply);
    if ('kind' in me) return me;
    const instance = await read(io, creds, '/api/v2/instance', instanceReply);
    return {
      kind: 'connected',
      handle: `@${me.username}@${new URL(creds.server).host}`,
      remoteId: me.id,
      url: me.url,
      missingPermissions: missingOf(creds.scope ?? (await scopesOfApp(io, creds)), NEEDED),
      expiresAt: null,
      ...('kind' in instance ? {} : { limits: limitsOf(instance) }),
    };
  },

  connect: mastodonConnect,
};

const NEEDED = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'];
const appReply = z.object({ scopes: z.array(z.string()) });

/**
 * What the token's app may do, which its token cannot exceed; servers before 4.3 do not say.
 * https://docs.joinmastodon.org/methods/apps/#verify_credentials
 */
async function scopesOfApp(io: NetworkIo, creds: MastodonCredentials): Promise<readonly string[] | undefined> {
  const app = await read(io, creds, '/api/v1/apps/verify_credentials', appReply);
  return 'kind' in app ? undefined : app.scopes;
}

const statusReply = z.object({
  id: remoteId,
  url: pageAddress.default(null),
  created_at: z.string().default(''),
  in_reply_to_id: z.string().nullable().default(null),
});
const mediaReply = z.object({ media_attachments: z.array(z.object({ id: remoteId })).default([]) });
const sourceReply = z.object({ text: z.string() });
const accountReply = z.object({ id: remoteId, username: z.string(), url: pageAddress });
const count = z.number().int().positive().optional();
const instanceReply = z.object({
  configuration: z.object({
    statuses: z.object({
      max_characters: count,
      characters_reserved_per_url: count,
      max_media_attachments: count,
    }),
    media_attachments: z.object({ image_size_limit: count, description_limit: count }).default({}),
  }),
});

function limitsOf({ configuration }: z.infer<typeof instanceReply>): Partial<Limits> {
  const { statuses, media_attachments: media } = configuration;
  return {
    text: {
      ...limits.text,
      max: statuses.max_characters ?? limits.text.max,
      linkCost: statuses.characters_reserved_per_url ?? limits.text.linkCost,
    },
    images: {
      ...limits.images,
      max: statuses.max_media_attachments ?? limits.images.max,
      maxBytes: media.image_size_limit ?? limits.images.maxBytes,
      maxAlt: media.description_limit ?? limits.images.maxAlt,
    },
  };
}

function bodyOf(message: Message, creds: MastodonCredentials, media: readonly string[]): object {
  const isContinuation = message.replyTo !== null;
  return {
    status: message.text,
    // Later parts of a thread stay out of the public timelines, as the network's own manners ask.
    visibility: isContinuation && creds.visibility === 'public' ? 'unlisted' : creds.visibility,
    ...languageOf(message),
    ...(message.replyTo === null ? {} : { in_reply_to_id: message.replyTo.parent.remoteId }),
    ...(media.length === 0 ? {} : { media_ids: media }),
  };
}

function languageOf(message: Message): { language?: string } {
  const language = message.lang.split('-')[0] ?? '';
  return language === '' || language === 'und' ? {} : { language };
}

/** Reads one of the account's own resources; a failure where it is not there in the shape it should have. */
async function read<T>(
  io: NetworkIo,
  creds: MastodonCredentials,
  path: string,
  shape: z.ZodType<T>,
): Promise<T | Failure> {
  const reply = await ask(io, `${creds.server}${path}`, { headers: bearer(creds.accessToken) });
  if (reply.kind !== 'reply') return reply;
  const parsed = shape.safeParse(reply.json);
  return reply.status === 200 && parsed.success ? parsed.data : failureOfMastodon(reply, io.now());
}

function failureOfMastodon(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const isTooLong = reply.status >= 400 && reply.status < 500 && /character limit|too long/i.test(reply.text);
  return isTooLong && general.kind === 'refused' ? failure('refused', 'too_long', general.detail) : general;
}

function receiptOf(status: z.infer<typeof statusReply>): Receipt {
  return { remoteId: status.id, url: status.url };
}
