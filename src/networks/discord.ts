import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import type { Markup } from '../domain/limits.ts';
import { escapeMarkup } from '../text/markup.ts';
import { remoteId } from './address.ts';
import { ask, askJson } from './ask.ts';
import type { Reply } from './ask.ts';
import { formOf } from './form.ts';
import type { Message, Network, NetworkIo, Outcome } from './network.ts';
import { boundedWait, failure, failureOfStatus, reworded } from './outcome.ts';
import { faultOfWords } from './words.ts';

/** Codes of the API that mean the webhook is gone: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const GONE = new Set([10015, 50027]);
/** The request is too large: a text cannot be, within its limit. */
const TOO_LARGE = 40005;

/**
 * Bold, code, spoilers and the like anywhere; mentions, emoji, times and addresses in angle brackets; headings, quotes and lists
 * at the beginning of a line: https://support.discord.com/hc/en-us/articles/210298617. There is no switch to turn it off.
 * An address goes on up to the next space or `<`, save some marks at its end and brackets that were not opened in it; in angle
 * brackets it ends where we say, and has no preview.
 */
const markdown: Markup = {
  marks:
    '[\\\\*_~`|[]|<(?=[@#:/]|a:|t:|id:|[^\\s:>]+:/)|(?<=^[ \\t]*)(?:#(?=#{0,2}[ \\t])|>(?=(?:>>)?[ \\t])|[+-](?=[ \\t])|-(?=#))|(?<=^[ \\t]*\\d+)\\.(?=[ \\t])',
  spares: 'link-runs',
  leavesOut: '\\)*[.,:;"\'\\]]*',
};

const credentials = z.object({
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .regex(/\/webhooks\/\d+\/[\w-]+\/?$/, 'A webhook address ends in /webhooks/<number>/<token>.')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Webhook address: channel settings, Integrations, Webhooks')
    .meta({ secret: true }),
});
export type DiscordCredentials = z.infer<typeof credentials>;

export const discord: Network<DiscordCredentials> = {
  profile: {
    id: 'discord',
    name: 'Discord',
    limits: {
      text: { unit: 'utf16', max: 2000, linkCost: 'length', bareLinks: false, markup: markdown },
      // A channel is read in passing; half a screen of a phone.
      target: 500,
      hashtags: { max: 0, advised: 0 },
      maxLinks: null,
      link: 'in-text',
      images: {
        max: 10,
        maxBytes: 10_000_000,
        types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
        maxAlt: 1024,
      },
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'none',
      // A webhook answers no message, and opens threads in forums only: https://docs.discord.com/developers/resources/webhook
      threads: true,
      threadsAreLoose: true,
      edit: true,
      remove: true,
      linkCard: 'auto',
      tells: true,
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://docs.discord.com/developers/resources/webhook#execute-webhook',
      rate: 'https://docs.discord.com/developers/topics/rate-limits',
    },
  },
  credentials,

  /** `wait=true`, because without it the answer comes before the message is kept and names no id. */
  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Discord');
    if (empty !== null) return empty;
    const url = `${creds.webhookUrl}?wait=true`;
    const reply = await (message.images.length === 0
      ? askJson(io, url, contentOf(message))
      : ask(io, url, { method: 'POST', ...uploadOf(message) }));
    if (reply.kind !== 'reply') return reply;
    const kept = messageReply.safeParse(reply.json);
    return reply.status === 200 && kept.success
      ? { kind: 'published', receipt: { remoteId: kept.data.id, url: null } }
      : failureOfDiscord(reply, io.now());
  },

  async edit(receipt, message, creds, io): Promise<Outcome> {
    const url = `${creds.webhookUrl}/messages/${receipt.remoteId}`;
    return done(await askJson(io, url, contentOf(message), {}, 'PATCH'), receipt, io, false);
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const url = `${creds.webhookUrl}/messages/${receipt.remoteId}`;
    return done(await ask(io, url, { method: 'DELETE' }), receipt, io, true);
  },

  async check(creds, io) {
    const reply = await ask(io, creds.webhookUrl);
    if (reply.kind !== 'reply') return reply;
    const hook = webhookReply.safeParse(reply.json);
    if (reply.status !== 200 || !hook.success) return failureOfDiscord(reply, io.now());
    return {
      kind: 'connected',
      handle: hook.data.name ?? 'webhook',
      remoteId: hook.data.id,
      url: null,
      missingPermissions: [],
      expiresAt: null,
    };
  },
};

const messageReply = z.object({ id: remoteId });
const webhookReply = z.object({ id: z.string(), name: z.string().nullable().default(null) });
const errorReply = z.object({
  code: z.number().optional(),
  message: z.string().default(''),
  retry_after: z.number().optional(),
  errors: z.record(z.string(), z.unknown()).optional(),
});

/** Nobody is called by name unless a person wrote the message by hand: `@everyone` in an article stays words. */
function contentOf(message: Message): object {
  return { content: escapeMarkup(message.text, markdown), allowed_mentions: { parse: [] } };
}

function uploadOf(message: Message): ReturnType<typeof formOf> {
  const attachments = message.images.map(({ alt }, id) => ({ id, description: alt }));
  const files = Object.fromEntries(message.images.map((image, id) => [`files[${id}]`, image]));
  return formOf({ payload_json: JSON.stringify({ ...contentOf(message), attachments }) }, files);
}

function done(reply: Reply | Failure, receipt: Receipt, io: NetworkIo, isGoneFine: boolean): Outcome {
  if (reply.kind !== 'reply') return reply;
  const code = errorReply.safeParse(reply.json).data?.code;
  const isDone = reply.status === 200 || reply.status === 204 || (isGoneFine && code === 10008);
  return isDone ? { kind: 'published', receipt } : failureOfDiscord(reply, io.now());
}

function failureOfDiscord(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const parsed = errorReply.safeParse(reply.json);
  if (!parsed.success) return general;
  const { code, message, retry_after: seconds, errors } = parsed.data;
  const said = `Discord: ${message}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}`;
  const more = code === undefined ? {} : { code: String(code) };
  if (code !== undefined && GONE.has(code)) return failure('signed-out', 'auth_expired', said, more);
  if (general.kind === 'limited' && seconds !== undefined) {
    return failure('limited', 'rate_limited', said, { ...more, retryAfterMs: boundedWait(seconds * 1_000) });
  }
  if (code === TOO_LARGE || errors?.['attachments'] !== undefined) {
    return failure('refused', 'media_rejected', said, more);
  }
  if (general.kind === 'refused' && /BASE_TYPE_MAX_LENGTH/.test(said))
    return failure('refused', 'too_long', said, more);
  return reworded(general, said, more);
}
