import { afterEach, beforeEach, expect, test } from 'vitest';
import { discordHook, linksIn, readMarkdown, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { discord } from '../../src/networks/discord.ts';
import { measure } from '../../src/text/length.ts';
import { escapeMarkup } from '../../src/text/markup.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor, messageFor } from './fixture.ts';
import type { Counterpart } from './fixture.ts';
import fc from '../properties.ts';

let fake: FakeDiscord;
let counterpart: Counterpart;
const hook = () => ({ webhookUrl: `${fake.url}${discordHook}` });

beforeEach(async () => {
  fake = await startDiscord();
  counterpart = counterpartOf(fake, hook(), null);
});
afterEach(() => fake[Symbol.asyncDispose]());

test('calls nobody by name', async () => {
  const message = await messageFor(discord, counterpart, { text: 'Hello @everyone' });
  await discord.publish(message, hook(), ioFor(counterpart));
  expect(JSON.parse(fake.lastBody())).toEqual({ content: 'Hello @everyone', allowed_mentions: { parse: [] } });
});

test('is read as it was written, markup and all', async () => {
  const text = [
    '# 5 bridges, *one* of __them__ new, ||says|| [the council](https://a.org/x_y) <@42> `x` ~~not~~',
    '> a quote',
    '- a list, snake_case, 1 < 2, C# > B',
    '  12. of things',
    '-# small, \\\\o/ https://a.org/a_b*c* (https://a.org/_x_)',
  ].join('\n');
  await discord.publish(await messageFor(discord, counterpart, { text }), hook(), ioFor(counterpart));
  expect(fake.log.at(-1)?.text).toBe(text);
  // Nothing is spent where nothing is markup.
  expect(measure('2. Liga: 3-2, C#, a > b, “so” (yes) #tag 50 - 50', discord.profile.limits.text)).toBe(49);
});

test.each([
  ['**https://a.org/b** is new', 'https://a.org/b'],
  ['“https://a.org/b” is new', 'https://a.org/b'],
  ['Read https://a.org/b!', 'https://a.org/b'],
  ['(see https://a.org/b.)', 'https://a.org/b'],
  ['(see https://a.org/b).', 'https://a.org/b'],
  ['<https://a.org/b>', 'https://a.org/b'],
  ['b<https://a.org/b>', 'https://a.org/b'],
  ['||https://a.org/b||', 'https://a.org/b'],
  ['`https://a.org/b`', 'https://a.org/b'],
  ['https://a.org/b<@42>', 'https://a.org/b'],
  ['[the ferry](https://a.org/b)', 'https://a.org/b'],
  ['https://en.wikipedia.org/wiki/Foo_(bar)', 'https://en.wikipedia.org/wiki/Foo_(bar)'],
  ['https://a.org/a_b*c', 'https://a.org/a_b*c'],
])('a link ends where its reader would say, and nothing of the text is lost: %s', (text, link) => {
  const sent = escapeMarkup(text, discord.profile.limits.text.markup!);
  expect([readMarkdown(sent), linksIn(sent)]).toEqual([text, [link]]);
});

test('a link that ends with a space, a line or a full stop is sent as it is, so that it has its preview', () => {
  const text = 'It opens.\nhttps://a.org/a_b Read https://a.org/c. Or https://a.org/d, “too”: (https://a.org/e)';
  expect(escapeMarkup(text, discord.profile.limits.text.markup!)).toBe(text);
});

test('any text is read as it was written', () => {
  const { markup } = discord.profile.limits.text;
  const marked = fc.array(
    fc.constantFrom(
      ...'\\*_~`|[]()<>#-+@:.1 \n',
      'a',
      '# ',
      '||',
      '~~',
      '**',
      '> ',
      '- ',
      '1. ',
      '<@1>',
      '<t:1>',
      ' https://a.org/a_b ',
      '[a](https://b.org) ',
      'https://a.org/b',
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(marked, (pieces) => {
      const text = pieces.join('');
      expect(readMarkdown(escapeMarkup(text, markup!))).toBe(text);
    }),
    { numRuns: 5000 },
  );
});

test('sends pictures with their alternative text', async () => {
  const image = { bytes: Buffer.from('pixels'), type: 'image/png', width: 4, height: 3, alt: 'The bridge' };
  const message = await messageFor(discord, counterpart, { images: [image] });
  expect(await discord.publish(message, hook(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect(fake.lastBody()).toContain('"attachments":[{"id":0,"description":"The bridge"}]');
  expect(fake.lastBody()).toMatch(/name="files\[0\]"; filename="image\.png"/);
});

test('waits for fractions of a second as the body of a 429 says, a second at least', async () => {
  const answers = [0.3, 64.57].map((seconds) =>
    Response.json({ message: 'slow', retry_after: seconds }, { status: 429 }),
  );
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(answers.shift() ?? new Response()) });
  const message = await messageFor(discord, counterpart);
  expect(await discord.publish(message, hook(), io)).toMatchObject({ retryAfterMs: 1_000 });
  expect(await discord.publish(message, hook(), io)).toMatchObject({ retryAfterMs: 64_570 });
});

test('sends the messages of a thread one after the other, each by itself', async () => {
  const first = await discord.publish(
    await messageFor(discord, counterpart, { text: 'One' }),
    hook(),
    ioFor(counterpart),
  );
  if (first.kind !== 'published') throw new Error(first.detail);
  const replyTo = { root: first.receipt, parent: first.receipt };
  const next = await messageFor(discord, counterpart, { text: 'Two', replyTo });
  expect(await discord.publish(next, hook(), ioFor(counterpart))).toMatchObject({ kind: 'published' });
  expect([...fake.messages.values()]).toEqual(['One', 'Two']);
  expect(JSON.parse(fake.lastBody())).toEqual({ content: 'Two', allowed_mentions: { parse: [] } });
});

test('a webhook that was deleted signs the account out', async () => {
  const webhookUrl = `${fake.url}/api/webhooks/999/fake-token`;
  const message = await messageFor(discord, counterpart);
  expect(await discord.publish(message, { webhookUrl }, ioFor(counterpart))).toMatchObject({ kind: 'signed-out' });
});

test('edits what it published', async () => {
  const outcome = await discord.publish(await messageFor(discord, counterpart), hook(), ioFor(counterpart));
  if (outcome.kind !== 'published') throw new Error(outcome.detail);
  const corrected = await messageFor(discord, counterpart, { text: 'It opens on Saturday.' });
  await discord.edit?.(outcome.receipt, corrected, hook(), ioFor(counterpart));
  expect([...fake.messages.values()]).toEqual(['It opens on Saturday.']);
});

test('refuses an address that is no webhook', () => {
  expect(discord.credentials.safeParse({ webhookUrl: 'https://discord.com/channels/1/2' }).success).toBe(false);
});
