import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { pageAddress, serverAddress } from './address.ts';
import { ask, askJson, bearer } from './ask.ts';
import type { Reply } from './ask.ts';
import type { Checked, Found, Message, Network, NetworkIo, Outcome } from './network.ts';
import { failure, failureOfStatus, retryAtOf, reworded } from './outcome.ts';

/** Slack advises 4,000 and silently cuts at 40,000: https://docs.slack.dev/reference/methods/chat.postMessage */
const MAX_TEXT = 4000;
const CLOCK_SLACK_S = 60;

const credentials = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('bot'),
      botToken: z.string().trim().startsWith('xoxb-').describe('Bot token (xoxb-…)').meta({ secret: true }),
      channel: z.string().trim().min(1).describe('Id of the channel, e.g. C0123456789'),
      server: serverAddress.default('https://slack.com').describe('Address of the Web API').meta({ advanced: true }),
    })
    .describe('A bot: can look a lost message up, continue a thread, edit and remove'),
  z
    .object({
      kind: z.literal('webhook'),
      webhookUrl: serverAddress.describe('Incoming webhook address').meta({ secret: true }),
    })
    .describe('An incoming webhook: can post, nothing else'),
]);
export type SlackCredentials = z.infer<typeof credentials>;
type Bot = Extract<SlackCredentials, { kind: 'bot' }>;

export const slack: Network<SlackCredentials> = {
  profile: {
    id: 'slack',
    name: 'Slack',
    limits: {
      text: { unit: 'utf16', max: MAX_TEXT, linkCost: 'length', bareLinks: false },
      // A channel is read in passing: Slack folds long messages behind “See more”, at a place it does not write down.
      target: 500,
      hashtags: { max: 0, advised: 0 },
      maxLinks: null,
      link: 'in-text',
      // A file is shared by a call of its own (files.completeUploadExternal), which takes no metadata to be found by.
      images: null,
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
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://docs.slack.dev/messaging/formatting-message-text#escaping',
      publish: 'https://docs.slack.dev/reference/methods/chat.postMessage',
      rate: 'https://docs.slack.dev/apis/web-api/rate-limits',
    },
  },
  credentials,

  async publish(message, creds, io): Promise<Outcome> {
    if (message.text.length > MAX_TEXT) {
      return failure('refused', 'too_long', `Slack: the text is ${message.text.length} of ${MAX_TEXT} characters.`);
    }
    if (creds.kind === 'webhook') return publishByWebhook(message, creds.webhookUrl, io);
    const reply = await call(io, creds, 'chat.postMessage', {
      channel: creds.channel,
      text: escaped(message.text),
      unfurl_links: true,
      unfurl_media: true,
      metadata: { event_type: EVENT, event_payload: { key: message.key } },
      ...(message.replyTo === null ? {} : { thread_ts: message.replyTo.root.remoteId }),
    });
    if (reply.kind !== 'reply') return reply;
    const posted = postedReply.safeParse(reply.json);
    return reply.status === 200 && posted.success
      ? { kind: 'published', receipt: { remoteId: posted.data.ts, url: null, extra: { channel: posted.data.channel } } }
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
    if (hit !== undefined) {
      return { kind: 'published', receipt: { remoteId: hit.ts, url: null, extra: { channel: creds.channel } } };
    }
    return history.data.has_more
      ? { kind: 'cannot-tell', detail: 'Slack: more than 200 messages since the first try.' }
      : { kind: 'absent' };
  },

  async edit(receipt, message, creds, io): Promise<Outcome> {
    if (creds.kind === 'webhook') return webhookCannot('edit');
    const body = { channel: channelOf(receipt, creds), ts: receipt.remoteId, text: escaped(message.text) };
    return done(await call(io, creds, 'chat.update', body), receipt, io);
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    if (creds.kind === 'webhook') return webhookCannot('remove');
    const body = { channel: channelOf(receipt, creds), ts: receipt.remoteId };
    return done(await call(io, creds, 'chat.delete', body), receipt, io);
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
    const granted = reply.headers.get('x-oauth-scopes')?.split(/,\s*/) ?? null;
    const missing = granted === null ? [] : ['chat:write', 'channels:history'].filter((one) => !granted.includes(one));
    const { user, user_id: remoteId, url } = who.data;
    return { ...common, handle: `@${user}`, remoteId, url: url ?? null, missingPermissions: missing };
  },
};

const EVENT = 'standfirst_post';
const postedReply = z.object({ ok: z.literal(true), ts: z.string().min(1), channel: z.string() });
const okReply = z.object({ ok: z.literal(true) });
const errorReply = z.object({ ok: z.literal(false), error: z.string() });
const whoReply = z.object({ ok: z.literal(true), user: z.string(), user_id: z.string(), url: pageAddress.optional() });
const historyReply = z.object({
  ok: z.literal(true),
  has_more: z.boolean().default(false),
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z.object({ event_payload: z.record(z.string(), z.unknown()).optional() }).optional(),
    }),
  ),
});

/** What each error asks for: https://docs.slack.dev/reference/methods/chat.postMessage#errors. Others are refusals of the content. */
const meanings: Record<string, Pick<Failure, 'kind' | 'cause'>> = {
  ...meaning(
    { kind: 'signed-out', cause: 'auth_expired' },
    'invalid_auth not_authed token_revoked token_expired account_inactive',
  ),
  ...meaning({ kind: 'limited', cause: 'rate_limited' }, 'ratelimited rate_limited'),
  ...meaning(
    { kind: 'unknown', cause: 'timeout_unknown' },
    'internal_error fatal_error service_unavailable request_timeout',
  ),
  ...meaning(
    { kind: 'refused', cause: 'permission' },
    'missing_scope no_permission restricted_action not_in_channel ekm_access_denied',
  ),
  ...meaning({ kind: 'refused', cause: 'too_long' }, 'msg_too_long msg_blocks_too_long'),
  ...meaning({ kind: 'refused', cause: 'config' }, 'channel_not_found is_archived'),
};

function meaning(verdict: Pick<Failure, 'kind' | 'cause'>, errors: string): typeof meanings {
  return Object.fromEntries(errors.split(' ').map((error) => [error, verdict]));
}

function failureOfSlack(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const parsed = errorReply.safeParse(reply.json);
  if (!parsed.success) return general;
  const { error } = parsed.data;
  const verdict = meanings[error] ?? (reply.status === 200 ? { kind: 'refused', cause: 'content_rejected' } : general);
  const wait = verdict.kind === 'limited' ? { retryAt: retryAtOf(reply.headers, now) } : {};
  return failure(verdict.kind, verdict.cause, `Slack: ${error}`, { code: error, ...wait });
}

/** Answers `ok` as plain text, and names no message: the key stands in for an id. */
async function publishByWebhook(message: Message, url: string, io: NetworkIo): Promise<Outcome> {
  const reply = await askJson(io, url, { text: escaped(message.text), unfurl_links: true });
  if (reply.kind !== 'reply') return reply;
  if (reply.status === 200 && reply.text.trim() === 'ok') {
    return { kind: 'published', receipt: { remoteId: message.key, url: null } };
  }
  const general = failureOfStatus(reply, io.now());
  return reply.status === 404 || reply.status === 410
    ? failure('signed-out', 'auth_expired', general.detail, { code: String(reply.status) })
    : reworded(general, `Slack: ${reply.text || `HTTP ${reply.status}`}`);
}

function done(reply: Reply | Failure, receipt: Receipt, io: NetworkIo): Outcome {
  if (reply.kind !== 'reply') return reply;
  if (okReply.safeParse(reply.json).success) return { kind: 'published', receipt };
  const fault = failureOfSlack(reply, io.now());
  return fault.code === 'message_not_found' ? failure('refused', 'content_rejected', fault.detail) : fault;
}

function webhookCannot(what: string): Failure {
  return failure('refused', 'config', `Slack: an incoming webhook cannot ${what} a message. Connect a bot for that.`);
}

function channelOf(receipt: Receipt, creds: Bot): string {
  return receipt.extra?.['channel'] ?? creds.channel;
}

/** Reading methods take form fields, writing ones JSON; JSON works for all but the two that list messages. */
function call(io: NetworkIo, creds: Bot, method: string, body: Record<string, unknown>): Promise<Reply | Failure> {
  const url = `${creds.server}/api/${method}`;
  const headers = bearer(creds.botToken);
  if (!method.startsWith('conversations.')) return askJson(io, url, body, headers);
  const form = new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return ask(io, url, { method: 'POST', headers, body: form });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
