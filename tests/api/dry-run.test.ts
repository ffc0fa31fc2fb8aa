import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostView } from '../../src/api/schemas/post.ts';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
let fakes: Record<'mastodon' | 'bluesky' | 'telegram' | 'x', Fake>;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
  headers = await here.key();
  const all = [startMastodon(), startBluesky(), startTelegram(), startX()] as const;
  const [mastodon, bluesky, telegram, x] = await Promise.all(all);
  fakes = { mastodon, bluesky, telegram, x };
});
afterAll(async () => {
  await here.close();
  for (const fake of Object.values(fakes)) await fake[Symbol.asyncDispose]();
});

interface Rehearsal {
  readonly faults: readonly { pointer: string }[];
  readonly notices: readonly { pointer: string }[];
  readonly parts: readonly { prepared: unknown; requests: { method: string; url: string; body: unknown }[] }[];
}

const ask = (url: string, payload?: object) =>
  here.app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) });

async function connect(network: keyof typeof fakes, credentials: object): Promise<string> {
  const answer = await ask('/v1/accounts', { network, credentials });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: string }>().id;
}

async function rehearse(accountId: string, post: object): Promise<Rehearsal> {
  const made = await ask('/v1/posts', { accountIds: [accountId], ...post });
  expect(made.statusCode).toBe(201);
  const [{ id }] = made.json<{ data: [PostView] }>().data;
  const answer = await ask(`/v1/posts/${id}/dry-run`);
  expect(answer.statusCode).toBe(200);
  return answer.json<Rehearsal>();
}

describe('a dry run', () => {
  it('shows the request of a network that takes one, and sends nothing', async () => {
    const account = await connect('mastodon', { server: fakes.mastodon.url, accessToken: mastodonToken });
    const { faults, parts } = await rehearse(account, { text: 'The ferry sails again.', lang: 'en' });
    expect(faults).toEqual([]);
    expect(parts).toEqual([
      {
        prepared: null,
        requests: [
          {
            method: 'POST',
            url: `${fakes.mastodon.url}/api/v1/statuses`,
            body: { status: 'The ferry sails again.', visibility: 'public', language: 'en' },
          },
        ],
      },
    ]);
    expect(fakes.mastodon.attempts).toBe(0);
  });

  it('shows what is fixed beforehand, for each message of a thread', async () => {
    const account = await connect('bluesky', { service: fakes.bluesky.url, ...blueskyLogin });
    const { parts } = await rehearse(account, { parts: [{ text: 'One.' }, { text: 'Two.' }] });
    expect(parts.map((part) => part.prepared)).toMatchObject([
      { record: { text: 'One.' } },
      { record: { text: 'Two.', reply: {} } },
    ]);
    expect(JSON.stringify(parts)).not.toContain(blueskyLogin.appPassword);
  });

  it('tells of a link that a thread pays for twice, which is no fault', async () => {
    const account = await connect('x', { kind: 'oauth1', ...xKeys, accessToken: '8001-token', server: fakes.x.url });
    const parts = ['One https://lindmoor.org/a', 'Two https://lindmoor.org/a'].map((text) => ({ text }));
    const { faults, notices } = await rehearse(account, { parts });
    expect(faults).toEqual([]);
    expect(notices).toMatchObject([
      { pointer: '/parts/1/text', code: 'link-paid-again', message: expect.stringContaining('$0.20') },
    ]);
  });

  it('keeps every secret back, also in an address', async () => {
    const account = await connect('telegram', { server: fakes.telegram.url, ...telegramBot });
    const { parts } = await rehearse(account, { text: 'The ferry sails again.' });
    expect(parts[0]?.requests[0]?.url).toBe(`${fakes.telegram.url}/bot[secret]/sendMessage`);
    expect(JSON.stringify(parts)).not.toContain(telegramBot.botToken);
  });

  it('needs nothing of a network of our own either, and leaves its timeline empty', async () => {
    const { parts } = await rehearse(here.sandboxId, { text: 'The ferry sails again.' });
    expect(parts[0]?.requests).toMatchObject([{ body: { text: 'The ferry sails again.' } }]);
    const timeline = await here.app.inject({ url: '/v1/sandbox/timeline', headers });
    expect(timeline.json<{ data: object[] }>().data).toEqual([]);
  });
});
