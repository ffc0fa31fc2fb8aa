import { afterEach, beforeEach, expect, test } from 'vitest';
import { slackBot, slackHook, startSlack } from '../fakes/slack.ts';
import type { FakeSlack } from '../fakes/slack.ts';
import { slack } from '../../src/networks/slack.ts';
import { lesserWayOf, powersOf } from '../../src/networks/way.ts';
import { remediesFor } from '../../src/domain/correction.ts';
import type { SlackCredentials } from '../../src/networks/slack.ts';
import { measure } from '../../src/text/length.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: FakeSlack;
let counterpart: Counterpart;
let hook: SlackCredentials;
const bot = (): SlackCredentials => ({ kind: 'bot', ...slackBot, server: fake.url });
const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'The bridge' };

beforeEach(async () => {
  fake = await startSlack();
  hook = { kind: 'webhook', webhookUrl: `${fake.url}${slackHook}` };
  counterpart = counterpartOf(fake, hook, null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('posts by an incoming webhook, with its three characters escaped', async () => {
  const message = await messageFor(slack, counterpart, {
    text: 'R&D <b> 1 > 0 &amp; https://lindmoor.example/?a=1&b=2',
  });
  expect(await slack.publish(message, hook, ioFor(counterpart))).toEqual({
    kind: 'published',
    receipt: { remoteId: message.key, url: null },
  });
  expect(fake.log.map(({ text }) => text)).toEqual([message.text]);
});

test('a webhook cannot be asked, and cannot edit or remove', async () => {
  const message = await messageFor(slack, counterpart);
  const receipt = { remoteId: 'x', url: null };
  expect(await slack.find?.(message, hook, ioFor(counterpart))).toMatchObject({ kind: 'cannot-tell' });
  expect(await slack.edit?.(receipt, message, hook, ioFor(counterpart))).toMatchObject({ cause: 'config' });
  expect(await slack.remove?.(receipt, hook, ioFor(counterpart))).toMatchObject({ cause: 'config' });
});

test('a correction of what a webhook posted is for a person to make', () => {
  const way = lesserWayOf(slack.profile, hook);
  const known = { isKnown: true, isSameCard: true, isSameLength: true };
  expect(remediesFor(powersOf(slack.profile, way?.powers ?? null), known)).toEqual(['by-hand', 'leave']);
  expect(lesserWayOf(slack.profile, bot())).toBeNull();
  expect(remediesFor(powersOf(slack.profile, null), known)).toContain('edit');
});

test('a message that a person took away in Slack counts as removed, and cannot be changed any more', async () => {
  const message = await messageFor(slack, counterpart);
  const sent = await slack.publish(message, bot(), ioFor(counterpart));
  if (sent.kind !== 'published') throw new Error(sent.detail);
  const remove = () => slack.remove?.(sent.receipt, bot(), ioFor(counterpart));
  expect(await remove()).toMatchObject({ kind: 'published' });
  expect(fake.messages).toEqual([]);
  expect(await remove()).toMatchObject({ kind: 'published' });
  expect(await slack.edit?.(sent.receipt, message, bot(), ioFor(counterpart))).toMatchObject({
    kind: 'refused',
    cause: 'content_rejected',
  });
});

test('a channel that is not there, or not the bot’s, connects nobody', async () => {
  const nowhere = { ...bot(), channel: 'C0NOSUCH' } as SlackCredentials;
  expect(await slack.check(nowhere, ioFor(counterpart))).toMatchObject({ kind: 'refused', cause: 'config' });
});

test('one bot in two channels is two accounts', async () => {
  await fake[Symbol.asyncDispose]();
  fake = await startSlack({ channels: [slackBot.channel, 'C0SPORT'] });
  const ids = await Promise.all(
    [slackBot.channel, 'C0SPORT'].map(async (channel) => {
      const checked = await slack.check({ ...bot(), channel } as SlackCredentials, ioFor(counterpart));
      return checked.kind === 'connected' ? checked.remoteId : checked.kind;
    }),
  );
  expect(ids).toEqual(['U1:C0LINDMOOR', 'U1:C0SPORT']);
});

test('a webhook that was removed signs the account out', async () => {
  const message = await messageFor(slack, counterpart);
  const gone: SlackCredentials = { kind: 'webhook', webhookUrl: `${fake.url}/services/T0/B0/gone` };
  expect(await slack.publish(message, gone, ioFor(counterpart))).toMatchObject({ kind: 'signed-out' });
});

test('takes a 200 that is not ok for a lost answer', async () => {
  await fake.setMode({ name: 'html-instead-of-json' });
  const message = await messageFor(slack, counterpart);
  expect(await slack.publish(message, hook, ioFor(counterpart))).toMatchObject({ kind: 'unknown' });
});

test.each([
  ['account_inactive', 'signed-out', 'auth_expired'],
  ['not_in_channel', 'refused', 'permission'],
  ['is_archived', 'refused', 'config'],
  ['fatal_error', 'unknown', 'timeout_unknown'],
  ['an_error_of_tomorrow', 'refused', 'content_rejected'],
])('takes %s for %s', async (error, kind, cause) => {
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json({ ok: false, error })) });
  const message = await messageFor(slack, counterpart);
  expect(await slack.publish(message, bot(), io)).toMatchObject({ kind, cause, code: error });
});

test('does not take a message of another key for its own, though the words are the same', async () => {
  const message = await messageFor(slack, counterpart);
  await slack.publish(message, bot(), ioFor(counterpart));
  expect(await slack.find?.({ ...message, key: 'another' }, bot(), ioFor(counterpart))).toEqual({ kind: 'absent' });
});

test('shows images below the text, in one message that is found by its key and keeps them when it is edited', async () => {
  const message = await messageFor(slack, counterpart, { images: [image, { ...image, alt: '' }] });
  await fake.setMode({ name: 'accept-then-reset', times: 1 });
  expect(await slack.publish(message, bot(), ioFor(counterpart))).toMatchObject({ kind: 'unknown' });
  const found = await slack.find?.(message, bot(), ioFor(counterpart));
  if (found?.kind !== 'published') throw new Error(JSON.stringify(found));
  const corrected = { ...message, text: 'It opens on Saturday & Sunday.', images: [] };
  expect(await slack.edit?.(found.receipt, corrected, bot(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.messages.map(({ text, blocks }) => [text, blocks])).toMatchObject([
    [
      'It opens on Saturday & Sunday.',
      [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'It opens on Saturday & Sunday.' }] },
          ],
        },
        { type: 'image', slack_file: { id: 'F000000001' }, alt_text: 'The bridge' },
        { type: 'image', slack_file: { id: 'F000000002' }, alt_text: 'image.png' },
      ],
    ],
  ]);
});

test.each([0, 1])('is read as it was written, markup and all, with %i images', async (number) => {
  const text = '> *Bold* move: _it_ ~is~ `a` & <b> https://a.org/x_y_z (https://b.org)';
  const images = Array.from({ length: number }, () => image);
  const message = await messageFor(slack, counterpart, { images, text });
  expect(await slack.publish(message, bot(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.log.at(-1)?.text).toBe(text);
  const links = fake.messages.at(-1)?.blocks.flatMap(({ elements = [] }) => elements[0]?.elements ?? []);
  expect(links?.flatMap(({ url = [] }) => url)).toEqual(number === 0 ? [] : ['https://a.org/x_y_z', 'https://b.org']);
});

test('counts three characters as they are sent', async () => {
  const { text: rule } = slack.profile.limits;
  expect(measure('&<>', rule)).toBe('&amp;&lt;&gt;'.length);
  const message = await messageFor(slack, counterpart, { images: [image], text: '&'.repeat(4000) });
  expect(await slack.publish(message, bot(), ioFor(counterpart))).toMatchObject({ kind: 'refused', cause: 'too_long' });
});

test('waits until a file was looked at, and posts nothing where that takes too long', async () => {
  await using slow = await startSlack({ looks: 1 });
  await using slower = await startSlack({ looks: 1_000_000 });
  const message = await messageFor(slack, counterpart, { images: [image] });
  const send = ({ url }: FakeSlack, signal = new AbortController().signal) =>
    slack.publish(message, { kind: 'bot', ...slackBot, server: url }, ioFor(counterpart, { signal }));
  expect(await send(slow)).toMatchObject({ kind: 'published' });
  expect(await send(slower, AbortSignal.timeout(300))).toMatchObject({ kind: 'down' });
  expect(slower.log).toEqual([]);
});

test('takes no images where the bot may not upload files, nor by a webhook', async () => {
  await using poor = await startSlack({ scopes: 'chat:write,channels:history' });
  const poorBot = { ...slackBot, kind: 'bot', server: poor.url } as const;
  expect(await slack.check(bot(), ioFor(counterpart))).toMatchObject({ limits: { images: { max: 4 } } });
  expect(await slack.check(poorBot, ioFor(counterpart))).toMatchObject({ limits: { images: null } });
  expect(lesserWayOf(slack.profile, hook)?.limits).toEqual({ images: null });
  for (const credentials of [poorBot, hook]) {
    const message = await messageFor(slack, counterpart, { images: [image] });
    expect(await slack.publish(message, credentials, ioFor(counterpart))).toMatchObject({
      kind: 'refused',
      detail: expect.stringMatching(/files:write is needed|webhook cannot show images/),
    });
  }
  expect([...poor.log, ...fake.log]).toEqual([]);
});

test('says which ways to connect there are', () => {
  const { error } = slack.credentials.safeParse({ webhookUrl: 'https://hooks.slack.com/services/T0/B0/x' });
  expect(error?.issues.map(({ message }) => message)).toEqual([
    'must be of kind bot (a token and a channel) or webhook (the address of an incoming webhook).',
  ]);
});
