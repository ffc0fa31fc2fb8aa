import { afterEach, beforeEach, expect, test } from 'vitest';
import { startThreads, threadsToken } from '../fakes/threads.ts';
import type { FakeThreads } from '../fakes/threads.ts';
import type { Message } from '../../src/networks/network.ts';
import { threads } from '../../src/networks/threads.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeThreads;
let counterpart: Counterpart;
const login = () => ({ accessToken: threadsToken, server: fake.url });
const compose = (more: Partial<Message>): Promise<Message> => messageFor(threads, counterpart, more);
const publish = (message: Message) => threads.publish(message, login(), ioFor(counterpart));

beforeEach(async () => {
  fake = await startThreads();
  counterpart = counterpartOf(fake, login(), null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('prepares once and publishes what was prepared', async () => {
  const message = await messageFor(threads, counterpart);
  expect(fake.log).toEqual([]);
  expect(await threads.publish(message, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.containers.size).toBe(1);
});

test('knows that its container is out already, and posts nothing', async () => {
  const message = await messageFor(threads, counterpart);
  await threads.publish(message, login(), ioFor(counterpart));
  expect(await threads.publish(message, login(), ioFor(counterpart))).toMatchObject({
    kind: 'unknown',
    cause: 'duplicate',
  });
  expect(fake.log).toHaveLength(1);
});

test('prepares anew when the container ran out', async () => {
  const message = await messageFor(threads, counterpart);
  for (const container of fake.containers.values()) container.status = 'EXPIRED';
  expect(await threads.publish(message, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.log).toHaveLength(1);
});

test('says what was wrong when a post could not be prepared', async () => {
  const tooMany = Array.from({ length: 6 }, (_, index) => `https://lindmoor.example/${index}`).join(' ');
  const message = await messageFor(threads, counterpart, { text: tooMany });
  expect(message.frozen).toEqual({ container: null });
  expect(await threads.publish(message, login(), ioFor(counterpart))).toMatchObject({
    kind: 'refused',
    detail: expect.stringContaining('LINK_LIMIT'),
  });
});

test('counts a lost preparation as nothing sent', async () => {
  const message = { ...(await messageFor(threads, counterpart)), frozen: { container: null } };
  await fake.setMode({ name: 'reset', scope: 'all' });
  expect(await threads.publish(message, login(), ioFor(counterpart))).toMatchObject({ kind: 'down' });
});

test('charges an emoji by its bytes', async () => {
  const fits = await messageFor(threads, counterpart, { text: `${'a'.repeat(496)}👍` });
  const over = await messageFor(threads, counterpart, { text: `${'a'.repeat(497)}👍` });
  expect(await threads.publish(fits, login(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(await threads.publish(over, login(), ioFor(counterpart))).toMatchObject({ cause: 'too_long' });
});

test('renews a token that still lives', async () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const renewed = await threads.refresh?.(login(), ioFor(counterpart, { now: () => now }));
  expect(renewed).toMatchObject({
    kind: 'refreshed',
    credentials: { accessToken: `${threadsToken}-renewed` },
    expiresAt: new Date('2027-01-22T12:00:00Z'),
  });
  expect(await threads.refresh?.(login(), ioFor(counterpart))).toMatchObject({ kind: 'signed-out' });
});

const picture = (url: string, alt = ''): Message['images'][number] => {
  return { bytes: new Uint8Array(), type: 'image/jpeg', width: 4, height: 3, alt, url };
};

test('hands over the address of an image, and of several as one carousel, each described', async () => {
  const one = picture('https://desk.example/media/1?token=a', 'A bridge');
  const two = picture('https://desk.example/media/2?token=b');
  expect(await publish(await compose({ text: 'One', images: [one] }))).toMatchObject({ kind: 'published' });
  expect(await publish(await compose({ text: 'Two', images: [one, two] }))).toMatchObject({ kind: 'published' });
  const seen = (image: typeof one) => ({ url: image.url, alt: image.alt });
  expect(fake.log.map(({ text, images }) => [text, images])).toMatchObject([
    ['One', [seen(one)]],
    ['Two', [seen(one), seen(two)]],
  ]);
});

test('refuses a post whose image Threads could not fetch, and posts nothing', async () => {
  const outcome = await publish(await compose({ images: [picture('not an address')] }));
  expect(outcome).toMatchObject({
    kind: 'refused',
    cause: 'media_rejected',
    detail: expect.stringContaining('fetched'),
  });
  expect(fake.log).toHaveLength(0);
});
