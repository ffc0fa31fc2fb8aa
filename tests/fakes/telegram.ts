import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { formIn, pictureFault, pictureIn } from './pictures.ts';
import { serve } from './serve.ts';

export const telegramBot = { botToken: '4242:fake-token', chatId: '@lindmoor' };
const CHAT = { id: -1_001_234_567_890, type: 'channel', title: 'Lindmoor', username: 'lindmoor' };

/** https://core.telegram.org/bots/api#sendphoto: photos up to 10 MB. */
const rule = { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 10_000_000 };

export interface FakeTelegram extends Fake {
  /** What is on the channel now, by message id. */
  readonly messages: ReadonlyMap<number, string>;
  /** Messages with a picture, by id: the text below it, as it was edited. */
  readonly captions: ReadonlyMap<number, string>;
  /** The body of the last request that posted. */
  lastBody(): string;
}

export interface TelegramOptions extends FakeOptions {
  /** Whether the bot may post to the channel. */
  readonly mayPost?: boolean;
}

/** A loopback fake of Telegram's Bot API for one channel; facts in networks.md 8. */
export async function startTelegram(options: TelegramOptions = {}): Promise<FakeTelegram> {
  const messages = new Map<number, string>();
  const captions = new Map<number, string>();
  let serial = 100;
  let last = '';

  const isPost = ({ path }: FakeRequest): boolean => /\/(sendMessage|sendPhoto|sendMediaGroup)$/.test(path);
  const fake = await startFake({ isPost, handle, refusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer | Promise<Answer> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.path) ?? [];
    if (token !== telegramBot.botToken) return refused(404, 'Not Found');
    const body = (request.json ?? {}) as Record<string, unknown>;
    if (isPost(request)) last = request.body.toString();
    switch (method) {
      case 'getMe':
        return ok({ id: 4242, is_bot: true, username: 'lindmoor_bot' });
      case 'getChat':
        return ok(CHAT);
      case 'getChatMember':
        return ok({ status: 'administrator', can_post_messages: options.mayPost ?? true });
      case 'sendMessage':
        return send(body, accept);
      case 'sendPhoto':
      case 'sendMediaGroup':
        return sendPictures(request, method === 'sendMediaGroup', accept);
      case 'editMessageCaption':
        if (!captions.has(Number(body['message_id']))) return refused(400, 'Bad Request: there is no caption to edit');
        captions.set(Number(body['message_id']), String(body['caption']));
        return ok({ message_id: body['message_id'], chat: CHAT });
      case 'editMessageText':
        if (!messages.has(Number(body['message_id']))) {
          return refused(400, 'Bad Request: there is no text in the message to edit');
        }
        if (messages.get(Number(body['message_id'])) === body['text']) {
          return refused(400, 'Bad Request: message is not modified');
        }
        messages.set(Number(body['message_id']), String(body['text']));
        return ok({ message_id: body['message_id'], chat: CHAT });
      case 'deleteMessage':
        return forget(Number(body['message_id'])) ? ok(true) : refused(400, 'Bad Request: message to delete not found');
      case 'deleteMessages':
        // Those that are not there are passed over.
        (body['message_ids'] as number[]).forEach(forget);
        return ok(true);
    }
    return refused(404, 'Not Found: method not found');
  }

  function send(body: Record<string, unknown>, accept: Accept): Answer {
    const text = String(body['text'] ?? '');
    const parent = (body['reply_parameters'] as { message_id?: number } | undefined)?.message_id;
    if (body['chat_id'] !== telegramBot.chatId) return refused(400, 'Bad Request: chat not found');
    if (text.trim() === '') return refused(400, 'Bad Request: message text is empty');
    if (text.length > 4096) return refused(400, 'Bad Request: message is too long');
    if (parent !== undefined && !messages.has(parent) && !captions.has(parent))
      return refused(400, 'Bad Request: message to be replied not found');
    serial += 1;
    messages.set(serial, text);
    accept({ account: telegramBot.chatId, id: String(serial), text, replyTo: parent ?? null });
    return ok({ message_id: serial, chat: CHAT, text });
  }

  /** Pictures take a message each; those of an album belong together, and the first carries the text. */
  async function sendPictures(request: FakeRequest, isAlbum: boolean, accept: Accept): Promise<Answer> {
    const form = await formIn(request);
    const album = JSON.parse(String(form.get('media') ?? '[]')) as { media: string; caption?: string }[];
    const names = isAlbum ? album.map(({ media }) => media.replace('attach://', '')) : ['photo'];
    const text = String((isAlbum ? album[0]?.caption : form.get('caption')) ?? '');
    const images = names.map((name) => pictureIn(form, name));
    if (form.get('chat_id') !== telegramBot.chatId) return refused(400, 'Bad Request: chat not found');
    if (isAlbum && (images.length < 2 || images.length > 10))
      return refused(400, 'Bad Request: group send needs 2 to 10 media');
    if (text.length > 1024) return refused(400, 'Bad Request: message caption is too long');
    if (images.some(({ size }) => size > rule.maxBytes)) return refused(413, 'Request Entity Too Large');
    if (images.some((image) => pictureFault(image, rule) !== null))
      return refused(400, 'Bad Request: IMAGE_PROCESS_FAILED');
    if ((await Promise.all(names.map((name) => hasShape(form.get(name))))).includes(false))
      return refused(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS');
    const sent = images.map((_, index) => {
      serial += 1;
      captions.set(serial, index === 0 ? text : '');
      return { message_id: serial, chat: CHAT };
    });
    accept({ account: telegramBot.chatId, id: String(sent[0]?.message_id), text, images });
    return ok(isAlbum ? sent : sent[0]);
  }

  function forget(id: number): boolean {
    return [messages.delete(id), captions.delete(id)].includes(true);
  }

  return Object.assign(fake, { messages, captions, lastBody: () => last });
}

/** https://core.telegram.org/bots/api#sendphoto: sides of 10,000 together, one at most 20 times the other; what cannot be read passes. */
async function hasShape(file: unknown): Promise<boolean> {
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const { default: sharp } = await import('sharp');
  const found = await sharp(bytes)
    .metadata()
    .catch(() => null);
  if (found === null) return true;
  const { width, height } = found;
  return width + height <= 10_000 && Math.max(width, height) <= 20 * Math.min(width, height);
}

function refusal(name: string): Answer | null {
  if (name === '401') return refused(401, 'Unauthorized');
  if (name === '403') return refused(403, 'Forbidden: bot was kicked from the channel chat');
  if (name === '422') return refused(400, "Bad Request: can't parse entities");
  if (name === '429') return refused(429, 'Too Many Requests');
  if (name === '500') return refused(500, 'Internal Server Error');
  return null;
}

function refused(status: number, description: string): Answer {
  return { status, body: { ok: false, error_code: status, description } };
}

function ok(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } };
}

if (import.meta.main) await serve(startTelegram);
