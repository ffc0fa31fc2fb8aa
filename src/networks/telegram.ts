import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Cause, Failure } from '../domain/errors.ts';
import { serverAddress } from './address.ts';
import { ask, askJson } from './ask.ts';
import type { Reply } from './ask.ts';
import { formOf } from './form.ts';
import type { Checked, Message, Network, NetworkIo, Outcome } from './network.ts';
import { boundedWait, failure, failureOfStatus, reworded } from './outcome.ts';
import { faultOfWords } from './words.ts';

/** A text below a picture may be this long, in UTF-16 units. https://core.telegram.org/bots/api#sendphoto */
const MAX_CAPTION = 1024;

/** Marks a message whose text is a picture's caption: those are edited by a method of their own. */
const CAPTIONED = { text: 'caption' };

const credentials = z.object({
  botToken: z
    .string()
    .trim()
    .regex(/^\d+:[\w-]+$/, 'A bot token reads like 123456:ABC-def, as @BotFather gives it.')
    .describe('Token of the bot, from @BotFather')
    .meta({ secret: true }),
  chatId: z
    .string()
    .trim()
    .regex(/^(@\w+|-?\d+)$/, 'A channel is @name or a number such as -1001234567890.')
    .describe('Channel: @name, or its number'),
  server: serverAddress.default('https://api.telegram.org').describe('Address of the Bot API').meta({ advanced: true }),
});
export type TelegramCredentials = z.infer<typeof credentials>;

export const telegram: Network<TelegramCredentials> = {
  profile: {
    id: 'telegram',
    name: 'Telegram',
    limits: {
      text: { unit: 'utf16', max: 4096, linkCost: 'length', bareLinks: false },
      // With its link it still fits below a picture: https://core.telegram.org/bots/api#sendphoto
      target: 800,
      hashtags: { max: 30, advised: 3 },
      maxLinks: null,
      link: 'in-text',
      images: {
        max: 10,
        maxBytes: 10_000_000,
        types: ['image/jpeg', 'image/png', 'image/webp'],
        maxAlt: 0,
        maxText: MAX_CAPTION,
        // Both sides together at most 10,000: https://core.telegram.org/bots/api#sendphoto
        maxWidth: 5000,
        maxHeight: 5000,
        maxRatio: 20,
      },
    },
    powers: {
      idempotencyKey: false,
      recordKey: false,
      find: 'none',
      threads: true,
      edit: true,
      remove: true,
      linkCard: 'auto',
      tells: true,
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://core.telegram.org/bots/api#sendmessage',
      rate: 'https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this',
    },
  },
  credentials,

  /** Plain text without markup: what is written is what is read, and there is nothing to escape. */
  async publish(message, creds, io): Promise<Outcome> {
    const empty = faultOfWords(message, 'Telegram');
    if (empty !== null) return empty;
    if (message.images.length > 0 && message.text.length > MAX_CAPTION) {
      const detail = `Telegram: a text below a picture is ${message.text.length} of ${MAX_CAPTION} characters.`;
      return failure('refused', 'too_long', detail);
    }
    const reply = await (message.images.length === 0
      ? call(io, creds, 'sendMessage', { text: message.text, ...targetOf(message, creds) })
      : sendImages(message, creds, io));
    if (reply.kind !== 'reply') return reply;
    const sent = sentReply.safeParse(reply.json);
    if (reply.status !== 200 || !sent.success) return failureOfTelegram(reply, io.now());
    const [first, ...rest] = Array.isArray(sent.data.result) ? sent.data.result : [sent.data.result];
    if (first === undefined) return failureOfTelegram(reply, io.now());
    const receipt = receiptOf(first);
    if (message.images.length === 0) return { kind: 'published', receipt };
    const album = rest.length === 0 ? {} : { album: [first, ...rest].map((one) => one.message_id).join(' ') };
    return { kind: 'published', receipt: { ...receipt, extra: { ...CAPTIONED, ...album } } };
  },

  async edit(receipt, message, creds, io): Promise<Outcome> {
    const place = { chat_id: creds.chatId, message_id: Number(receipt.remoteId) };
    const changed =
      receipt.extra?.['text'] === CAPTIONED.text
        ? call(io, creds, 'editMessageCaption', { ...place, caption: message.text })
        : call(io, creds, 'editMessageText', { ...place, text: message.text });
    return done(await changed, receipt, io.now(), /message is not modified/i);
  },

  async remove(receipt, creds, io): Promise<Outcome> {
    const album = receipt.extra?.['album']?.split(' ').map(Number);
    const removed = await (album === undefined
      ? call(io, creds, 'deleteMessage', { chat_id: creds.chatId, message_id: Number(receipt.remoteId) })
      : call(io, creds, 'deleteMessages', { chat_id: creds.chatId, message_ids: album }));
    return done(removed, receipt, io.now(), /message to delete not found/i);
  },

  async check(creds, io): Promise<Checked> {
    const bot = await result(io, creds, 'getMe', {}, z.object({ id: z.number() }));
    if ('kind' in bot) return bot;
    const chat = await result(io, creds, 'getChat', { chat_id: creds.chatId }, chatShape);
    if ('kind' in chat) return chat;
    const inChat = { chat_id: creds.chatId, user_id: bot.id };
    const member = await result(io, creds, 'getChatMember', inChat, memberShape);
    if ('kind' in member) return member;
    const mayPost = member.status === 'creator' || member.can_post_messages === true || chat.type !== 'channel';
    return {
      kind: 'connected',
      handle: chat.username === undefined ? (chat.title ?? String(chat.id)) : `@${chat.username}`,
      remoteId: String(chat.id),
      url: chat.username === undefined ? null : `https://t.me/${chat.username}`,
      missingPermissions: mayPost ? [] : ['post messages'],
      expiresAt: null,
    };
  },
};

const chatShape = z.object({
  id: z.number(),
  type: z.string().default('channel'),
  title: z.string().optional(),
  username: z.string().optional(),
});
const memberShape = z.object({ status: z.string(), can_post_messages: z.boolean().optional() });
const sentMessage = z.object({ message_id: z.number(), chat: chatShape });
const sentReply = z.object({ ok: z.literal(true), result: z.union([sentMessage, z.array(sentMessage)]) });
const errorReply = z.object({
  ok: z.literal(false),
  description: z.string().default(''),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
});

function targetOf(message: Message, creds: TelegramCredentials): Record<string, unknown> {
  const parent = message.replyTo?.parent.remoteId;
  return {
    chat_id: creds.chatId,
    ...(parent === undefined ? {} : { reply_parameters: { message_id: Number(parent) } }),
  };
}

/** One picture with the text below it, or an album whose first picture carries the text. */
function sendImages(message: Message, creds: TelegramCredentials, io: NetworkIo): Promise<Reply | Failure> {
  const isAlbum = message.images.length > 1;
  const caption = message.text === '' ? {} : { caption: message.text };
  const media = message.images.map((_, index) => {
    return { type: 'photo', media: `attach://file${index}`, ...(index === 0 ? caption : {}) };
  });
  const fields = Object.entries({ ...targetOf(message, creds), ...(isAlbum ? { media } : caption) });
  const form = formOf(
    Object.fromEntries(
      fields.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
    Object.fromEntries(message.images.map((image, index) => [isAlbum ? `file${index}` : 'photo', image])),
  );
  return ask(io, addressOf(creds, isAlbum ? 'sendMediaGroup' : 'sendPhoto'), { method: 'POST', ...form });
}

function call(io: NetworkIo, creds: TelegramCredentials, method: string, body: object): Promise<Reply | Failure> {
  return askJson(io, addressOf(creds, method), body);
}

function addressOf(creds: TelegramCredentials, method: string): string {
  return `${creds.server}/bot${creds.botToken}/${method}`;
}

async function result<T>(
  io: NetworkIo,
  creds: TelegramCredentials,
  method: string,
  body: object,
  shape: z.ZodType<T>,
): Promise<T | Failure> {
  const reply = await call(io, creds, method, body);
  if (reply.kind !== 'reply') return reply;
  const parsed = z.object({ ok: z.literal(true), result: shape }).safeParse(reply.json);
  return parsed.success ? parsed.data.result : failureOfTelegram(reply, io.now());
}

function done(reply: Reply | Failure, receipt: Receipt, now: Date, already: RegExp): Outcome {
  if (reply.kind !== 'reply') return reply;
  const isDone = reply.status === 200 || (reply.status === 400 && already.test(reply.text));
  return isDone ? { kind: 'published', receipt } : failureOfTelegram(reply, now);
}

/** What a 400 is about: the Bot API says it in words alone. What is not listed is about the content. */
const causesOf400: readonly (readonly [Cause, RegExp])[] = [
  ['too_long', /too long/i],
  ['media_rejected', /\b(PHOTO|IMAGE|MEDIA|FILE)_/],
  ['permission', /not enough rights|rights? (?:to|in) |CHAT_(?:WRITE|SEND_\w+)_FORBIDDEN|CHAT_ADMIN_REQUIRED/i],
  [
    'config',
    /chat not found|chat_id is empty|CHANNEL_(?:INVALID|PRIVATE)|PEER_ID_INVALID|chat was (?:deleted|deactivated)/i,
  ],
];

/** https://core.telegram.org/bots/api#making-requests: a wrong token is 401, or 404 because it is part of the address. */
function failureOfTelegram(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const parsed = errorReply.safeParse(reply.json);
  if (!parsed.success) return general;
  const { description, parameters } = parsed.data;
  const said = `Telegram: ${description}`;
  if (parameters?.retry_after !== undefined) {
    return failure('limited', 'rate_limited', said, { retryAfterMs: boundedWait(parameters.retry_after * 1_000) });
  }
  if (parameters?.migrate_to_chat_id !== undefined) {
    const detail = `${said}. Set the chat to ${parameters.migrate_to_chat_id}.`;
    return failure('refused', 'config', detail);
  }
  if (reply.status === 404) return failure('signed-out', 'auth_expired', said, { code: '404' });
  const [cause] = reply.status === 400 ? (causesOf400.find(([, words]) => words.test(description)) ?? []) : [];
  if (cause !== undefined) return failure('refused', cause, said);
  // A text within its limit is never too large.
  if (reply.status === 413) return failure('refused', 'media_rejected', said);
  return reworded(general, said);
}

function receiptOf({ message_id: id, chat }: z.infer<typeof sentMessage>): Receipt {
  const page = chat.username ?? (String(chat.id).startsWith('-100') ? `c/${String(chat.id).slice(4)}` : null);
  return { remoteId: String(id), url: page === null ? null : `https://t.me/${page}/${id}` };
}
