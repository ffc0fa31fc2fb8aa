import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import sharp from 'sharp';
import type { Network } from '../../src/networks/network.ts';
import { telegram } from '../../src/networks/telegram.ts';
import { mastodon as mastodonNetwork } from '../../src/networks/mastodon.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { correctPost } from '../../src/pipeline/correct.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { keyOfAddress } from '../../src/pipeline/place.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { removePost } from '../../src/pipeline/remove.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { getPost } from '../../src/store/post.ts';
import { keepLastEmbargo } from '../../src/store/embargo.ts';
import { addStoryKeys, insertStory } from '../../src/store/story-likeness.ts';
import { urlKey } from '../../src/text/url.ts';
import type { PostRow } from '../../src/store/post.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { Fake } from '../fakes/fake.ts';
import { counterpartOf } from '../networks/counterpart.ts';
import { ioFor, messageFor } from '../networks/fixture.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;

describeBackends(
  'a post that is out',
  (backend) => {
    let at: Installation;
    let fake: FakeMastodon;
    let x: Fake;
    let accounts: Record<string, AccountRow>;
    let serial = 0;

    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      fake = await startMastodon();
      x = await startX();
      accounts = {
        mastodon: await addAccount(
          at.context,
          { network: 'mastodon', credentials: { server: fake.url, accessToken: mastodonToken } },
          'test',
        ),
        x: await addAccount(
          at.context,
          { network: 'x', credentials: { kind: 'oauth1', ...xKeys, accessToken: '77-token', server: x.url } },
          'test',
        ),
      };
    });
    afterEach(() => fake.setMode({ name: 'ok' }));
    afterAll(async () => {
      await at[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
      await x[Symbol.asyncDispose]();
    });

    async function published(network: string, count = 1): Promise<PostRow> {
      const parts = Array.from({ length: count }, (_, index) => ({
        text: `The ferry to Tolvane sails at ${index + 6} (${++serial}).`,
        media: [],
        card: null,
      }));
      const accountIds = [(accounts[network] as AccountRow).id];
      const [post] = await createPosts(at.context, { parts, accountIds, schedule: 'now' }, 'test');
      await publish(at.context, { postId: (post as PostRow).id, network }, never);
      const now = await read(post as PostRow);
      expect(now.state).toBe('published');
      return now;
    }
    const read = async (post: PostRow): Promise<PostRow> => (await getPost(at.context.database, post.id)) as PostRow;
    const texts = (): string[] => fake.statuses.map((status) => status.text);

    it('is corrected on its network, and the new text is a revision', async () => {
      const post = await published('mastodon', 2);
      const [first = '', second = ''] = post.parts.map((part) => part.text);
      const right = `${second} Corrected.`;
      await correctPost(at.context, post.id, post.version, [first, right], 'ilse');
      expect(texts()).toContain(right);
      expect(texts()).not.toContain(second);
      const now = await read(post);
      expect(now).toMatchObject({ state: 'published', revision: 2, approvedBy: 'ilse' });
      expect(now.parts.map((part) => part.text)).toEqual([first, right]);
      expect(now.approvedHash).toBe(now.hash);
    });

    it('stays as it was where the network refuses the correction, or a text is too long', async () => {
      const post = await published('mastodon');
      const before = post.parts[0]?.text ?? '';
      await fake.setMode({ name: '422', scope: 'all' });
      await expect(correctPost(at.context, post.id, null, ['Another text.'], 'ilse')).rejects.toThrow(/as it was/);
      await fake.setMode({ name: 'ok' });
      await expect(correctPost(at.context, post.id, null, ['a'.repeat(501)], 'ilse')).rejects.toThrow(/501 of 500/);
      await expect(correctPost(at.context, post.id, null, ['a', 'b'], 'ilse')).rejects.toThrow(/has 1 messages/);
      expect(await read(post)).toEqual(post);
      expect(texts()).toContain(before);
    });

    it.each([
      ['account', (post: PostRow) => post.accountId],
      ['post', (post: PostRow) => post.id],
      ['word', () => 'Zebrafinch'],
    ] as const)('is not corrected to what a hold on a %s keeps back, and is once it is lifted', async (scope, of) => {
      const post = await published('mastodon');
      const right = [`The Zebrafinch sails at seven (${serial}).`];
      const { id } = await hold(at.context, { scope, target: of(post), reason: 'Lawyers look at it' }, 'otto');
      try {
        await expect(correctPost(at.context, post.id, null, right, 'ilse')).rejects.toThrow(/is held .*Lawyers look/);
        expect(await read(post)).toEqual(post);
        expect(texts()).not.toContain(right[0]);
      } finally {
        await lift(at.context, id, 'as-planned', 'otto');
      }
      await correctPost(at.context, post.id, null, right, 'ilse');
      expect(texts()).toContain(right[0]);
    });

    it('is not corrected to show the address of a story under embargo', async () => {
      const { database, io } = at.context;
      const [url, id] = [`https://www.tarn-valley.example/budget-${++serial}`, io.id('story')];
      const until = new Date(Date.now() + 3_600_000);
      await insertStory(database, { id, title: 'The budget', url, urgency: 'normal' });
      await addStoryKeys(database, id, [keyOfAddress(urlKey(url))]);
      await database.run(`UPDATE standfirst.story SET embargo_until = $2 WHERE id = $1`, [id, until]);
      await keepLastEmbargo(database, until);
      const post = await published('mastodon');
      await expect(correctPost(at.context, post.id, null, [`In full: ${url}`], 'ilse')).rejects.toThrow(
        `is under embargo until ${until.toISOString()}`,
      );
      await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, id]);
      await expect(correctPost(at.context, post.id, null, ['Other words.'], 'ilse')).rejects.toThrow(
        `its story is under embargo until ${until.toISOString()}`,
      );
      expect(texts()).not.toContain('Other words.');
    });

    it('is not corrected by somebody who saw an older version', async () => {
      const post = await published('mastodon');
      await correctPost(at.context, post.id, post.version, ['First hand.'], 'ilse');
      await expect(correctPost(at.context, post.id, post.version, ['Second hand.'], 'otto')).rejects.toThrow(
        /somebody changed it/,
      );
      expect(texts()).not.toContain('Second hand.');
    });

    it('is removed with every message of its thread, and then cannot be changed', async () => {
      const post = await published('mastodon', 3);
      await removePost(at.context, post.id, null, 'wrong day', 'ilse');
      for (const part of post.parts) expect(texts()).not.toContain(part.text);
      expect(await read(post)).toMatchObject({ state: 'published', removedAt: expect.any(Date), reason: 'wrong day' });
      await expect(correctPost(at.context, post.id, null, ['a', 'b', 'c'], 'ilse')).rejects.toThrow(/was removed/);
      await expect(removePost(at.context, post.id, null, null, 'ilse')).rejects.toThrow(/was removed/);
    });

    it('keeps count of what is gone where the network fails in the middle, and goes on from there', async () => {
      const post = await published('mastodon', 2);
      let calls = 0;
      const failingSecond: Installation['context'] = {
        ...at.context,
        networkIo: (accountId, signal) => {
          const io = at.context.networkIo(accountId, signal);
          const fetchOnce: typeof fetch = (...request) =>
            ++calls === 2 ? Promise.resolve(new Response('{}', { status: 503 })) : io.fetch(...request);
          return { ...io, fetch: fetchOnce };
        },
      };
      await expect(removePost(failingSecond, post.id, null, null, 'ilse')).rejects.toThrow(
        /One message is still on Mastodon/,
      );
      expect(texts()).toContain(post.parts[0]?.text);
      expect(texts()).not.toContain(post.parts[1]?.text);
      expect((await read(post)).removedAt).toBeNull();
      await removePost(failingSecond, post.id, null, null, 'ilse');
      expect(calls).toBe(3);
      expect(texts()).not.toContain(post.parts[0]?.text);
      expect((await read(post)).removedAt).toBeInstanceOf(Date);
    });

    it('is removed, but never corrected, where its network has no edits', async () => {
      const post = await published('x');
      await expect(correctPost(at.context, post.id, null, ['Else.'], 'ilse')).rejects.toThrow(/X cannot change a post/);
      await removePost(at.context, post.id, null, null, 'ilse');
      expect((await read(post)).removedAt).toBeInstanceOf(Date);
    });
  },
  ['postgres'],
);

it.each([
  [
    'Telegram',
    telegram as Network,
    async () => {
      const server = await startTelegram();
      const after = (): string | undefined => [...server.captions.values()][0];
      return { server, counterpart: counterpartOf(server, { ...telegramBot, server: server.url }, null), after };
    },
  ],
  [
    'Mastodon',
    mastodonNetwork as Network,
    async () => {
      const server = await startMastodon();
      const login = { server: server.url, accessToken: mastodonToken, visibility: 'public' };
      const after = (): string | undefined =>
        server.statuses[0]?.media.length === 1 ? server.statuses[0].text : undefined;
      return { server, counterpart: counterpartOf(server, login, null), after };
    },
  ],
] as const)('%s keeps the image when the text beside it is corrected', async (_name, network, start) => {
  const { server, counterpart, after } = await start();
  const bytes = await sharp({ create: { width: 9, height: 6, channels: 3, background: '#c33' } })
    .png()
    .toBuffer();
  const images = [{ bytes: new Uint8Array(bytes), type: 'image/png', width: 9, height: 6, alt: 'A red crane' }];
  const outcome = await network.publish(
    await messageFor(network, counterpart, { images }),
    counterpart.credentials,
    ioFor(counterpart),
  );
  if (outcome.kind !== 'published') throw new Error(outcome.detail);
  const corrected = await messageFor(network, counterpart, { text: 'The crane is blue.' });
  expect(await network.edit?.(outcome.receipt, corrected, counterpart.credentials, ioFor(counterpart))).toMatchObject({
    kind: 'published',
  });
  expect(after()).toBe('The crane is blue.');
  await server[Symbol.asyncDispose]();
});
