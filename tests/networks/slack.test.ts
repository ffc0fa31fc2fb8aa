import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fake } from '../fakes/fake.ts';
import { slackBot, slackHook, startSlack } from '../fakes/slack.ts';
import { slack } from '../../src/networks/slack.ts';
import type { SlackCredentials } from '../../src/networks/slack.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';

let fake: Fake;
let counterpart: Counterpart;
let hook: SlackCredentials;

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
  const bot: SlackCredentials = { kind: 'bot', ...slackBot, server: fake.url };
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(Response.json({ ok: false, error })) });
  const message = await messageFor(slack, counterpart);
  expect(await slack.publish(message, bot, io)).toMatchObject({ kind, cause, code: error });
});

test('does not take a message of another key for its own, though the words are the same', async () => {
  const bot: SlackCredentials = { kind: 'bot', ...slackBot, server: fake.url };
  const message = await messageFor(slack, counterpart);
  await slack.publish(message, bot, ioFor(counterpart));
  expect(await slack.find?.({ ...message, key: 'another' }, bot, ioFor(counterpart))).toEqual({ kind: 'absent' });
});
