import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { measure } from '../text/length.ts';
import { pageAddress, serverAddress } from './address.ts';
import { ask, askJson, bearer } from './ask.ts';
import { missingOf } from './granted.ts';
import type { Reply } from './ask.ts';
import type { Checked, Found, Message, Network, NetworkIo, Outcome } from './network.ts';
import { beforePosting, failure, failureOfStatus, reworded } from './outcome.ts';
import { failureOfSlack, scopeMissing } from './slack-failure.ts';
import { blocksOf, slackImages, uploadFiles } from './slack-files.ts';
import type { SlackApi, SlackFile } from './slack-files.ts';
import { escaped, slackText } from './slack-text.ts';
import { faultOfWords } from './words.ts';

const CLOCK_SLACK_S = 60;

const credentials = z.discriminatedUnion(
  'kind',
  [
    z
      .object({
        kind: z.literal('bot'),
        botToken: z
          .string()
          .trim()
          .startsWith('xoxb-')
          .describe(
            'Bot token (xoxb-…) with chat:write and channels:history; for images files:write and files:read too',
          )
          .meta({ secret: true }),
        channel: z.string().trim().min(1).describe('Id of the channel, e.g. C0123456789'),
        server: serverAddress.default('https://slack.com').describe('Address of the Web API').meta({ advanced: true }),
      })
      .describe('A bot: can show images, look a lost message up, continue a thread, edit and remove'),
    z
      .object({
        kind: z.literal('webhook'),
        webhookUrl: serverAddress.describe('Incoming webhook address').meta({ secret: true }),
      })
      .describe('An incoming webhook: can post, nothing else'),
  ],
  { error: 'must be of kind bot (a token and a channel) or webhook (the address of an incoming webhook).' },
);
export type SlackCredentials = z.infer<typeof credentials>;
type Bot = Extract<SlackCredentials, { kind: 'bot' }>;

export const slack: Network<SlackCredentials> = {
  profile: {
    id: 'slack',
    name: 'Slack',
    limits: {
      text: slackText,
      // A channel is read in passing: Slack folds long messages behind “See more”, at a place it does not write down.
      target: 500,
      hashtags: { max: 0, advised: 0 },
      maxLinks: null,
      link: 'in-text',
      images: slackImages,
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'by-key',
      threads: true,
      edit: true,
      remove: true,
      linkCard: 'auto',
      tells: true,
    },
    lesserWays: {
      // It answers `ok` and no id, and takes no thread: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
      webhook: {
        name: 'incoming webhook',
        powers: { find: 'none', threadsAreLoose: true, edit: false, remove: false },
        limits: { images: null },
      },
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://docs.slack.dev/messaging/formatting-message-text#escaping',
      publish: 'https://docs.slack.dev/reference/methods/chat.postMessage',
      rate: 'https://docs.slack.dev/apis/web-api/rate-limits',
    },
  },
  credentials,

  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Slack');
    if (empty !== null) return empty;
    const length = measure(message.text, slackText);
    if (length > slackText.max) {
      return failure('refused', 'too_long', `Slack: the text is ${length} of ${slackText.max} characters.`);
    }
    if (message.images.length > slackImages.max) {
      const detail = `Slack: a message has ${message.images.length} of ${slackImages.max} images.`;
      return failure('refused', 'media_rejected', detail);
    }
    if (creds.kind === 'webhook') return publishByWebhook(message, creds.webhookUrl, io);
    const files = await uploadFiles(message.images, apiOf(creds, io), io);
    if (!Array.isArray(files)) return beforePosting(files);
    const ids = files.length === 0 ? {} : { files: files.map(({ id }) => id).join(' ') };
    const reply = await call(io, creds, 'chat.postMessage', {
      channel: creds.channel,
      ...contentOf(message.text, files),
      unfurl_links: true,
      unfurl_media: true,
      metadata: { event_type: EVENT, event_payload: { key: message.key, ...ids } },
      ...(message.replyTo === null ? {} : { thread_ts: message.replyTo.root.remoteId }),
    });
    if (reply.kind !== 'reply') return reply;
    const posted = postedReply.safeParse(reply.json);
    return reply.status === 200 && posted.success
      ? { kind: 'published', receipt: receiptOf(posted.data.ts, posted.data.channel, files) }
      : failureOfSlack(reply, io.now());
  },

  /** By the key that every message carries in its metadata. A webhook cannot be asked. */
  async find(message, creds, io): Promise<Found> {
    if (creds.kind === 'webhook')
      return { kind: 'cannot-tell', detail: 'Slack: a webhook cannot be asked.', isFinal: true };
    const since = String(Math.floor(message.createdAt.getTime() / 1000) - CLOCK_SLACK_S);
    const common = { channel: creds.channel, include_all_metadata: true, oldest: since, limit: 200 };
    const reply = await (message.replyTo === null
      ? call(io, creds, 'conversations.history', common)
      : call(io, creds, 'conversations.replies', { ...common, ts: message.replyTo.root.remoteId }));
    if (reply.kind !== 'reply') return { kind: 'cannot-tell', detail: reply.detail };
    const history = historyReply.safeParse(reply.json);
    if (!history.success) return { kind: 'cannot-tell', detail: failureOfSlack(reply, io.now()).detail };
    const hit = history.data.messages.find((one) => one.metadata?.event_payload?.['key'] === message.key);
    if (hit !== undefined) return { kind: 'published', receipt: receiptOf(hit.ts, creds.channel, filesIn(hit)) };
    return history.data.has_more
      ? { kind: 'cannot-tell', detail: 'Slack: more than 200 messages since the first try.' }
      : { kind: 'absent' };
  },

  async edit(receipt, message, creds, io): Promise<Outcome> {
    if (creds.kind === 'webhook') return webhookCannot('edit');
    const place = { channel: channelOf(receipt, creds), ts: receipt.remoteId };
    const body = { ...place, ...contentOf(message.text, filesOf(receipt)) };
    return done(await call(io, creds, 'chat.update', body), receipt, io, false);
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    if (creds.kind === 'webhook') return webhookCannot('remove');
    const body = { channel: channelOf(receipt, creds), ts: receipt.remoteId };
    return done(await call(io, creds, 'chat.delete', body), receipt, io, true);
  },

  async check(creds, io): Promise<Checked> {
    const common = { kind: 'connected', url: null, missingPermissions: [], expiresAt: null } as const;
    if (creds.kind === 'webhook') {
      const [team = '', app = ''] = new URL(creds.webhookUrl).pathname.split('/').slice(-3);
      return { ...common, handle: 'incoming webhook', remoteId: `${team}/${app}` };
    }
    const reply = await call(io, creds, 'auth.test', {});
    if (reply.kind !== 'reply') return reply;
    const who = whoReply.safeParse(reply.json);
    if (!who.success) return failureOfSlack(reply, io.now());
    const granted = reply.headers.get('x-oauth-scopes')?.split(/,\s*/);
    const place = await call(io, creds, 'conversations.history', { channel: creds.channel, limit: 1 });
    if (place.kind !== 'reply') return place;
    // To a private channel it is groups:history, which Slack names.
    const unread = scopeMissing(place);
    if (unread === null && !historyReply.safeParse(place.json).success) return failureOfSlack(place, io.now());
    const missing = [...missingOf(granted, ['chat:write']), ...(unread === null ? [] : [unread])];
    const { user, user_id: bot, url } = who.data;
    const lacksFiles = missingOf(granted, ['files:write', 'files:read']).length > 0;
    const limits = { images: lacksFiles ? null : slackImages };
    // One bot posts to many channels: each is an account of its own.
    const remoteId = `${bot}:${creds.channel}`;
    return { ...common, handle: `@${user}`, remoteId, url: url ?? null, missingPermissions: missing, limits };
  },
};

const EVENT = 'standfirst_post';
const postedReply = z.object({ ok: z.literal(true), ts: z.string().min(1), channel: z.string() });
const okReply = z.object({ ok: z.literal(true) });
const whoReply = z.object({ ok: z.literal(true), user: z.string(), user_id: z.string(), url: pageAddress.optional() });
const historyReply = z.object({
  ok: z.literal(true),
  has_more: z.boolean().default(false),
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z.object({ event_payload: z.record(z.string(), z.unknown()).optional() }).optional(),
      blocks: z.array(z.looseObject({ type: z.string() })).default([]),
    }),
  ),
});
const keptFiles = z.array(z.object({ id: z.string(), alt: z.string() }));

/** Answers `ok` as plain text, and names no message: the key stands in for an id. */
async function publishByWebhook(message: Message, url: string, io: NetworkIo): Promise<Outcome> {
  if (message.images.length > 0) return webhookCannot('show images in');
  const reply = await askJson(io, url, { text: escaped(message.text), mrkdwn: false, unfurl_links: true });
  if (reply.kind !== 'reply') return reply;
  if (reply.status === 200 && reply.text.trim() === 'ok') {
    return { kind: 'published', receipt: { remoteId: message.key, url: null } };
  }
  const general = failureOfStatus(reply, io.now());
  return reply.status === 404 || reply.status === 410
    ? failure('signed-out', 'auth_expired', general.detail, { code: String(reply.status) })
    : reworded(general, `Slack: ${reply.text || `HTTP ${reply.status}`}`);
}

function done(reply: Reply | Failure, receipt: Receipt, io: NetworkIo, isGoneFine: boolean): Outcome {
  if (reply.kind !== 'reply') return reply;
  if (okReply.safeParse(reply.json).success) return { kind: 'published', receipt };
  const fault = failureOfSlack(reply, io.now());
  return isGoneFine && fault.code === 'message_not_found' ? { kind: 'published', receipt } : fault;
}

function webhookCannot(what: string): Failure {
  return failure('refused', 'config', `Slack: an incoming webhook cannot ${what} a message. Connect a bot for that.`);
}

function channelOf(receipt: Receipt, creds: Bot): string {
  return receipt.extra?.['channel'] ?? creds.channel;
}

/** Plain text, in which `*` and `_` are themselves; with images the text stands in blocks, and here for notifications. */
function contentOf(text: string, files: readonly SlackFile[]): Record<string, unknown> {
  return { text: escaped(text), mrkdwn: false, ...(files.length === 0 ? {} : { blocks: blocksOf(text, files) }) };
}

/** An edit has to name the images again, or it would change what is not shown. */
function receiptOf(ts: string, channel: string, files: readonly SlackFile[]): Receipt {
  const kept = files.length === 0 ? {} : { files: JSON.stringify(files) };
  return { remoteId: ts, url: null, extra: { channel, ...kept } };
}

function filesOf(receipt: Receipt): SlackFile[] {
  const kept = receipt.extra?.['files'];
  return kept === undefined ? [] : keptFiles.parse(JSON.parse(kept));
}

/** The images of a message that was found: their ids are in its metadata, their descriptions in its blocks. */
function filesIn({ metadata, blocks }: z.infer<typeof historyReply>['messages'][number]): SlackFile[] {
  const ids = metadata?.event_payload?.['files'];
  if (typeof ids !== 'string') return [];
  const alts = blocks.filter(({ type }) => type === 'image').map((block) => String(block['alt_text'] ?? ''));
  return ids.split(' ').map((id, index) => ({ id, alt: alts[index] ?? '' }));
}

function apiOf(creds: Bot, io: NetworkIo): SlackApi {
  return {
    call: (method, body) => call(io, creds, method, body),
    failureOf: (reply) => failureOfSlack(reply, io.now()),
  };
}

/** Methods that read take form fields and no JSON. */
const takesForm = /^(conversations\.|files\.(info|getUpload))/;

/** Reading methods take form fields, writing ones JSON. */
function call(io: NetworkIo, creds: Bot, method: string, body: Record<string, unknown>): Promise<Reply | Failure> {
  const url = `${creds.server}/api/${method}`;
  const headers = bearer(creds.botToken);
  if (!takesForm.test(method)) return askJson(io, url, body, headers);
  const form = new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return ask(io, url, { method: 'POST', headers, body: form });
}
