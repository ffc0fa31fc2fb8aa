import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import type { FakeTelegram } from '../fakes/telegram.ts';
import { prepareImage } from '../../src/media/image.ts';
import { telegram } from '../../src/networks/telegram.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeTelegram;
let counterpart: Counterpart;
const bot = () => ({ ...telegramBot, server: fake.url });
const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: '' };

beforeEach(async () => {
  fake = await startTelegram();
  counterpart = counterpartOf(fake, bot(), null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('gives the address of a message on a public channel', async () => {
  const outcome = await telegram.publish(await messageFor(telegram, counterpart), bot(), ioFor(counterpart));
  expect(outcome).toMatchObject({ receipt: { remoteId: '101', url: 'https://t.me/lindmoor/101' } });
});

test('waits as long as the body of a 429 says, which is where Telegram says it', async () => {
  const body = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 35 } };
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(body, { status: 429 })) });
  expect(await telegram.publish(await messageFor(telegram, counterpart), bot(), io)).toMatchObject({
    kind: 'limited',
    retryAfterMs: 35_000,
  });
});

test('tells the new number of a group that became a supergroup', async () => {
  const body = { ok: false, description: 'upgraded', parameters: { migrate_to_chat_id: -100_777 } };
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(body, { status: 400 })) });
  const outcome = await telegram.publish(await messageFor(telegram, counterpart), bot(), io);
  expect(outcome).toMatchObject({ kind: 'refused', cause: 'config', detail: expect.stringContaining('-100777') });
});

test.each([
  ['Bad Request: chat not found', 'config'],
  ['Bad Request: CHANNEL_PRIVATE', 'config'],
  ['Bad Request: not enough rights to send text messages to the chat', 'permission'],
  ['Bad Request: CHAT_WRITE_FORBIDDEN', 'permission'],
  ['Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN', 'permission'],
  ['Bad Request: have no rights to send a message', 'permission'],
  ['Bad Request: message is too long', 'too_long'],
  ['Bad Request: PHOTO_INVALID_DIMENSIONS', 'media_rejected'],
  ['Bad Request: message to be replied not found', 'content_rejected'],
])('says what a 400 is about: %s', async (description, cause) => {
  const body = { ok: false, error_code: 400, description };
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(body, { status: 400 })) });
  expect(await telegram.publish(await messageFor(telegram, counterpart), bot(), io)).toMatchObject({
    kind: 'refused',
    cause,
    detail: `Telegram: ${description}`,
  });
});

test.each([1, 3])('sends %i pictures with the text below the first', async (number) => {
  const images = Array.from({ length: number }, () => image);
  const message = await messageFor(telegram, counterpart, { images });
  expect(await telegram.publish(message, bot(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.lastBody().split(message.text)).toHaveLength(2);
  expect(fake.lastBody().split('pixels')).toHaveLength(number + 1);
});

test('removes every picture of an album', async () => {
  const message = await messageFor(telegram, counterpart, { images: [image, image, image] });
  const outcome = await telegram.publish(message, bot(), ioFor(counterpart));
  if (outcome.kind !== 'published') throw new Error(outcome.detail);
  expect(fake.captions.size).toBe(3);
  expect(await telegram.remove?.(outcome.receipt, bot(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.captions.size).toBe(0);
});

test('refuses a text that is too long to stand below a picture', async () => {
  const message = await messageFor(telegram, counterpart, { images: [image], text: 'a'.repeat(1025) });
  expect(await telegram.publish(message, bot(), ioFor(counterpart))).toMatchObject({ cause: 'too_long' });
});

test('edits what it published, and an edit without a change is no error', async () => {
  const outcome = await telegram.publish(await messageFor(telegram, counterpart), bot(), ioFor(counterpart));
  if (outcome.kind !== 'published') throw new Error(outcome.detail);
  const corrected = await messageFor(telegram, counterpart, { text: 'It opens on Saturday.' });
  for (let time = 0; time < 2; time += 1) {
    const edited = await telegram.edit?.(outcome.receipt, corrected, bot(), ioFor(counterpart));
    expect(edited).toMatchObject({ kind: 'published' });
  }
  expect([...fake.messages.values()]).toEqual(['It opens on Saturday.']);
});

test('refuses a bot token and a channel that cannot be ones', () => {
  const parsed = telegram.credentials.safeParse({ botToken: 'nonsense', chatId: 'a channel' });
  expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual(['botToken', 'chatId']);
});

test('continues a thread below a picture', async () => {
  const first = await telegram.publish(
    await messageFor(telegram, counterpart, { images: [image] }),
    bot(),
    ioFor(counterpart),
  );
  if (first.kind !== 'published') throw new Error(first.detail);
  const next = await messageFor(telegram, counterpart, { replyTo: { root: first.receipt, parent: first.receipt } });
  expect(await telegram.publish(next, bot(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.log.at(-1)?.['replyTo']).toBe(Number(first.receipt.remoteId));
});

test.each([
  [2000, 90, 'refused'],
  [2000, 100, 'published'],
])('a picture of %i × %i is %s there', async (width, height, kind) => {
  const pixels = sharp({ create: { width, height, channels: 3, background: '#224466' } });
  const strip = { ...image, bytes: await pixels.png().toBuffer(), width, height };
  const message = await messageFor(telegram, counterpart, { images: [strip] });
  expect(await telegram.publish(message, bot(), ioFor(counterpart))).toMatchObject({ kind });
  // What is refused there, the image step has refused before.
  const prepared = await prepareImage(strip.bytes, telegram.profile.limits.images!, '');
  expect(prepared.kind).toBe(kind === 'published' ? 'image' : 'refused');
});
