import { expect, test } from 'vitest';
import { facebook } from '../../src/networks/facebook.ts';
import { mastodon } from '../../src/networks/mastodon.ts';
import type { Checked, Network } from '../../src/networks/network.ts';
import { slack } from '../../src/networks/slack.ts';
import { telegram } from '../../src/networks/telegram.ts';
import { threads } from '../../src/networks/threads.ts';
import { x } from '../../src/networks/x.ts';
import { facebookLogin, startFacebook } from '../fakes/facebook.ts';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { slackBot, startSlack } from '../fakes/slack.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { startThreads, threadsToken } from '../fakes/threads.ts';
import { startX } from '../fakes/x.ts';
import { counterpartOf } from './counterpart.ts';
import { ioFor } from './fixture.ts';

/** What each network says of itself where a token lacks something. Epoch seconds. */
const endsAt = Math.floor(Date.now() / 1000) + 30 * 86_400;

async function checked<C>(network: Network<C>, fake: Fake, credentials: object): Promise<Checked> {
  await using counterpart = counterpartOf(fake, credentials, null);
  return await network.check(network.credentials.parse(credentials), ioFor(counterpart));
}
const missing = (of: Checked): readonly string[] | string =>
  of.kind === 'connected' ? of.missingPermissions : of.kind;

test.each([
  { has: ['read', 'write'], lacks: [] },
  { has: ['read:accounts', 'read:statuses', 'write:statuses'], lacks: ['write:media'] },
  { has: ['read'], lacks: ['write:statuses', 'write:media'] },
  { has: undefined, lacks: [] },
])('Mastodon names what the token’s app lacks: $lacks', async ({ has, lacks }) => {
  const fake = await startMastodon(has === undefined ? {} : { scopes: has });
  const credentials = { server: fake.url, accessToken: mastodonToken };
  expect(missing(await checked(mastodon, fake, credentials))).toEqual(lacks);
});

test('Mastodon holds a token to what was granted with it, whatever its app may do', async () => {
  const fake = await startMastodon({ scopes: ['read', 'write'] });
  const credentials = { server: fake.url, accessToken: mastodonToken, scope: 'read:accounts read:statuses' };
  expect(missing(await checked(mastodon, fake, credentials))).toEqual(['write:statuses', 'write:media']);
});

test('Threads names what a token lacks, and when it ends', async () => {
  const fake = await startThreads({ token: { scopes: ['threads_basic'], endsAt } });
  const said = await checked(threads, fake, { accessToken: threadsToken, server: fake.url });
  expect(said).toMatchObject({
    missingPermissions: ['threads_content_publish', 'threads_manage_replies'],
    expiresAt: new Date(endsAt * 1000),
  });
});

test('a Page’s token is asked for what it may do, and for the end of its access', async () => {
  const fake = await startFacebook({ token: { scopes: ['pages_show_list', 'pages_read_engagement'], endsAt } });
  const said = await checked(facebook, fake, { ...facebookLogin, server: fake.url });
  expect(said).toMatchObject({ missingPermissions: ['pages_manage_posts'], expiresAt: new Date(endsAt * 1000) });
});

test.each(['threads', 'facebook'] as const)(
  '%s says nothing of a token to those who have no role in its app',
  async (which) => {
    const said =
      which === 'threads'
        ? await startThreads().then((fake) => checked(threads, fake, { accessToken: threadsToken, server: fake.url }))
        : await startFacebook().then((fake) => checked(facebook, fake, { ...facebookLogin, server: fake.url }));
    expect(said).toMatchObject({ kind: 'connected', missingPermissions: [], expiresAt: null });
  },
);

test('X names what was not granted with a user’s token', async () => {
  const fake = await startX();
  const token = { kind: 'oauth2', clientId: 'client', accessToken: 'user-77', server: fake.url };
  expect(missing(await checked(x, fake, { ...token, scope: 'tweet.read users.read' }))).toEqual([
    'tweet.write',
    'media.write',
  ]);
});

test('Slack names the scopes that the bot lacks', async () => {
  const fake = await startSlack({ scopes: 'files:write,files:read' });
  const said = await checked(slack, fake, { kind: 'bot', ...slackBot, server: fake.url });
  expect(missing(said)).toEqual(['chat:write', 'channels:history']);
});

test('Telegram names what the bot may not do in the channel', async () => {
  const fake = await startTelegram({ mayPost: false });
  expect(missing(await checked(telegram, fake, { ...telegramBot, server: fake.url }))).not.toEqual([]);
});
