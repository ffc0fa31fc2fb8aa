import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Part } from '../../src/domain/post.ts';
import { addAccount, checkAccount } from '../../src/pipeline/accounts.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest, requestArticle } from '../../src/pipeline/ingest.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { fetchPictures } from '../../src/pipeline/images.ts';
import type { Pictures } from '../../src/pipeline/images.ts';
import { addMedia } from '../../src/pipeline/media.ts';
import { approve, changePost } from '../../src/pipeline/post-actions.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { articleRequest } from '../../src/store/article.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getMedia, mediaOfArticle, removeMedia } from '../../src/store/media.ts';
import type { MediaRow } from '../../src/store/media.ts';
import { endRecurrence } from '../../src/store/recurrence.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { startThreads, threadsToken } from '../fakes/threads.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;

describeBackends(
  'the images of a post',
  (backend) => {
    let at: Installation;
    let site: Server;
    let siteUrl: string;
    let photo: Buffer;
    /** Addresses whose site is in trouble while a post is written: what is wrong with them shows when it is sent. */
    const troubled = new Set<string>();
    /** What one address shows just now; null: its site is in trouble. */
    let changing: Buffer | null = null;
    let mastodon: FakeMastodon;
    let bluesky: FakeBluesky;
    let accounts: Record<'mastodon' | 'bluesky', AccountRow>;
    let serial = 0;

    beforeAll(async () => {
      photo = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c33' } })
        .jpeg()
        .toBuffer();
      site = createServer((request, response) => {
        if (request.url === '/changing.jpg') {
          response.writeHead(changing === null ? 503 : 200, { 'content-type': 'image/jpeg' }).end(changing);
          return;
        }
        if (troubled.has(request.url ?? '')) response.writeHead(503).end();
        else if (request.url === '/crane.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo);
        else if (request.url === '/trouble.jpg') response.writeHead(503).end();
        else if (request.url === '/text.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end('Not it.');
        else response.writeHead(404).end();
      });
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
      siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
      at = await install(backend, { withWorkers: false });
      mastodon = await startMastodon();
      bluesky = await startBluesky();
      const add = (network: string, credentials: object): Promise<AccountRow> =>
        addAccount(at.context, { network, credentials, settings: { images: true } }, 'test');
      accounts = {
        mastodon: await add('mastodon', { server: mastodon.url, accessToken: mastodonToken }),
        bluesky: await add('bluesky', { service: bluesky.url, ...blueskyLogin }),
      };
    });
    afterEach(async () => {
      await mastodon.setMode({ name: 'ok' });
    });
    afterAll(async () => {
      await at[Symbol.asyncDispose]();
      await mastodon[Symbol.asyncDispose]();
      await bluesky[Symbol.asyncDispose]();
      site.closeAllConnections();
      site.close();
    });

    const text = (): string => `The crane of Tolvane is red again (${++serial}).`;
    const withImages = (...paths: string[]): Part => ({
      text: text(),
      media: paths.map((path) => ({ source: `${siteUrl}${path}`, alt: `A red crane at ${path}` })),
      card: null,
    });
    async function send(network: 'mastodon' | 'bluesky', parts: Part[], over: Partial<Installation['context']> = {}) {
      const [post] = await createPosts(
        at.context,
        { parts, accountIds: [accounts[network].id], schedule: 'now' },
        'test',
      );
      troubled.clear();
      const { id } = post as PostRow;
      await publish({ ...at.context, ...over }, { postId: id, network }, never);
      return (await getPost(at.context.database, id)) as PostRow;
    }

    it('are fetched, prepared and sent with their descriptions', async () => {
      const post = await send('mastodon', [withImages('/crane.jpg', '/crane.jpg')]);
      expect(post).toMatchObject({ state: 'published' });
      const status = mastodon.statuses.find((one) => one.text === post.parts[0]?.text);
      expect(status?.media.map((id) => mastodon.pictures.get(id)?.alt)).toEqual([
        'A red crane at /crane.jpg',
        'A red crane at /crane.jpg',
      ]);
    });

    it.each(['/missing.jpg', '/text.jpg'])(
      'stop the post where %s cannot be used, before anything is sent',
      async (path) => {
        const before = mastodon.attempts;
        troubled.add(path);
        const post = await send('mastodon', [withImages('/crane.jpg'), withImages(path)]);
        expect(post).toMatchObject({ state: 'failed', failure: { kind: 'refused', cause: 'media_rejected' } });
        expect(post.failure?.detail).toContain(path);
        expect(mastodon.attempts).toBe(before);
      },
    );

    it.each(['/missing.jpg', '/text.jpg'])(
      'are looked up while the post is written: %s is a fault at its place',
      async (path) => {
        const parts = [withImages('/crane.jpg'), withImages('/crane.jpg', path)];
        const writing = createPosts(
          at.context,
          { parts, accountIds: [accounts.mastodon.id], schedule: 'draft' },
          'test',
        );
        const faults = [
          { pointer: '/parts/1/media/1/source', code: 'no-image', message: expect.stringContaining(path) },
        ];
        await expect(writing).rejects.toMatchObject({ reason: 'invalid', faults });
      },
    );

    it('are asked for again where their site is in trouble, three times at most', async () => {
      const post = await send('mastodon', [withImages('/trouble.jpg')]);
      expect(post).toMatchObject({ state: 'scheduled', tries: 1 });
      for (const state of ['scheduled', 'failed']) {
        await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [
          post.id,
        ]);
        await publish(at.context, { postId: post.id, network: 'mastodon' }, never);
        expect((await getPost(at.context.database, post.id))?.state).toBe(state);
      }
      expect((await listAttempts(at.context.database, post.id)).map(({ phase }) => phase)).toEqual([
        'down',
        'down',
        'refused',
      ]);
    });

    it('may take longer than the moment that is allowed between a claim and its request', async () => {
      let reads = 0;
      const io = { ...at.context.io, monotonic: () => (reads++ < 1 ? 0 : 6_000) };
      expect(await send('mastodon', [withImages('/crane.jpg')], { io })).toMatchObject({ state: 'published' });
    });

    const card = (path: string): Part['card'] => ({
      url: 'https://merrow-herald.example/crane',
      title: 'The crane of Tolvane',
      description: 'Painted.',
      image: { url: `${siteUrl}${path}`, alt: 'A red crane' },
    });
    const recordOf = (post: PostRow) => [...bluesky.records.values()].find((one) => one.text === post.parts[0]?.text);

    it('show on the link card that we build', async () => {
      const post = await send('bluesky', [{ text: text(), media: [], card: card('/crane.jpg') }]);
      expect(post.state).toBe('published');
      expect(recordOf(post)?.embed?.external?.thumb?.size).toBeGreaterThan(0);
    });

    it('never fail a post where the card’s picture cannot be had', async () => {
      const post = await send('bluesky', [{ text: text(), media: [], card: card('/missing.jpg') }]);
      expect(post.state).toBe('published');
      expect(recordOf(post)?.embed?.external).toMatchObject({ uri: 'https://merrow-herald.example/crane' });
      expect(recordOf(post)?.embed?.external?.thumb).toBeUndefined();
    });

    describe('given by an address whose site shows another later', () => {
      const picture = (width: number): Promise<Buffer> =>
        sharp({ create: { width, height: 200, channels: 3, background: '#36c' } })
          .jpeg()
          .toBuffer();
      const inReview = async (): Promise<PostRow> => {
        const [post] = await createPosts(
          at.context,
          { parts: [withImages('/changing.jpg')], accountIds: [accounts.mastodon.id], schedule: 'review' },
          'writer',
        );
        return post as PostRow;
      };
      const widthsOf = async (id: string): Promise<number[]> => {
        await publish(at.context, { postId: id, network: 'mastodon' }, never);
        const post = await getPost(at.context.database, id);
        expect(post).toMatchObject({ state: 'published' });
        const status = mastodon.statuses.find((one) => one.text === post?.parts[0]?.text);
        const files = (status?.media ?? []).map((media) => mastodon.pictures.get(media)?.file);
        return Promise.all(files.map(async (file) => (await sharp(await file?.arrayBuffer()).metadata()).width));
      };

      it('are those that were there when a person approved', async () => {
        changing = await picture(300);
        const { id } = await inReview();
        changing = await picture(400);
        await approve(at.context, id, null, 'now', 'editor');
        changing = await picture(500);
        expect(await widthsOf(id)).toEqual([400]);
      });

      it('keep a post from being approved where they cannot be had', async () => {
        changing = await picture(300);
        const { id } = await inReview();
        changing = null;
        await expect(approve(at.context, id, null, 'now', 'editor')).rejects.toMatchObject({
          reason: 'conflict',
          message: expect.stringContaining(`its image ${siteUrl}/changing.jpg cannot be had`),
        });
        expect((await getPost(at.context.database, id))?.state).toBe('in_review');
        changing = await picture(300);
        await approve(at.context, id, null, 'now', 'editor');
        expect(await widthsOf(id)).toEqual([300]);
      });

      it('are those that were there when a text with its time was handed in', async () => {
        changing = await picture(300);
        const [post] = await createPosts(
          at.context,
          {
            parts: [withImages('/changing.jpg')],
            accountIds: [accounts.mastodon.id],
            schedule: { at: new Date(Date.now() + 3_600_000) },
          },
          'test',
        );
        changing = await picture(500);
        await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [
          post?.id,
        ]);
        expect(await widthsOf(post?.id ?? '')).toEqual([300]);
      });

      it('are not those of a text that came while the approval looked', async () => {
        const parts = [{ text: text(), media: [], card: null }];
        const [post] = await createPosts(
          at.context,
          { parts, accountIds: [accounts.mastodon.id], schedule: 'review' },
          'writer',
        );
        changing = await picture(300);
        const { database } = at.context;
        // The edit is committed between the look at the post and the approval.
        const slow: typeof at.context = {
          ...at.context,
          database: {
            ...database,
            transaction: async (work) => {
              await changePost(at.context, post?.id ?? '', null, { parts: [withImages('/changing.jpg')] }, 'writer');
              return database.transaction(work);
            },
          },
        };
        await expect(approve(slow, post?.id ?? '', null, 'now', 'editor')).rejects.toMatchObject({
          reason: 'stale-version',
        });
        expect((await getPost(database, post?.id ?? ''))?.state).toBe('in_review');
      });

      it.each(['review', 'now'] as const)(
        'on the link card that we build are those that were approved, or handed in with their time (%s)',
        async (schedule) => {
          changing = await picture(300);
          const parts = [{ text: text(), media: [], card: card('/changing.jpg') }];
          const [post] = await createPosts(
            at.context,
            { parts, accountIds: [accounts.bluesky.id], schedule },
            'writer',
          );
          const { id } = post as PostRow;
          if (schedule === 'review') await approve(at.context, id, null, 'now', 'editor');
          // Where it were asked for again, the card would go without.
          changing = null;
          await publish(at.context, { postId: id, network: 'bluesky' }, never);
          const sent = recordOf((await getPost(at.context.database, id)) as PostRow);
          expect(sent?.embed?.external?.thumb?.size).toBeGreaterThan(0);
        },
      );

      it('are seen anew where another text with them is approved', async () => {
        changing = await picture(300);
        const { id } = await inReview();
        await approve(at.context, id, null, null, 'editor');
        await changePost(at.context, id, null, { parts: [withImages('/changing.jpg')] }, 'writer');
        changing = await picture(500);
        await approve(at.context, id, null, 'now', 'editor');
        changing = await picture(400);
        expect(await widthsOf(id)).toEqual([500]);
      });

      it('come again as they were approved', async () => {
        changing = await picture(300);
        const { id } = await inReview();
        await approve(at.context, id, null, 'now', 'editor');
        expect(await widthsOf(id)).toEqual([300]);
        const soon = new Date(Date.now() + 3_600_000).toISOString().slice(11, 16);
        const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
        const again = { postId: id, time: soon, days: [...days], timeZone: 'UTC', endsAt: null };
        const recurrence = await recur(at.context, again, 'editor');
        await runRecurrences(at.context);
        changing = await picture(500);
        const copy = await at.context.database.one(
          z.object({ id: z.string() }),
          `UPDATE standfirst.post SET due_at = standfirst.clock(), wake_at = standfirst.clock() WHERE recurrence_id = $1 RETURNING id`,
          [recurrence],
        );
        expect(await widthsOf(copy?.id ?? '')).toEqual([300]);
        await at.context.database.transaction((sql) => endRecurrence(sql, recurrence, 'editor'));
      });
    });

    it('are cut to the shape of the network’s cards where somebody said what stays, and sent whole else', async () => {
      const kept = await addMedia(at.context, photo, 'A crane', 'test');
      const picturesOf = async (image: NonNullable<Part['card']>['image']) => {
        const part = { text: text(), media: [], card: { ...(card('') as NonNullable<Part['card']>), image } };
        const [shown] = (await fetchPictures(at.context, [part], accounts.bluesky, 0)) as Pictures[];
        return shown?.cardImage;
      };
      expect(await picturesOf({ url: kept.id, alt: 'A crane' })).toMatchObject({ width: 600, height: 400 });
      expect(await picturesOf({ url: kept.id, alt: 'A crane', focus: { x: 0.5, y: 0 } })).toMatchObject({
        width: 600,
        height: 314,
      });
    });

    it('of a card are in use by it where they are kept here, and are missed where they are not', async () => {
      const kept = await addMedia(at.context, photo, 'A crane', 'test');
      const showing = (url: string): Part => ({
        text: text(),
        media: [],
        card: { ...(card('') as NonNullable<Part['card']>), image: { url, alt: 'A crane', focus: { x: 0.5, y: 1 } } },
      });
      const draft = (part: Part) =>
        createPosts(at.context, { parts: [part], accountIds: [accounts.bluesky.id], schedule: 'draft' }, 'test');
      const [post] = await draft(showing(kept.id));
      const remove = at.context.database.transaction((sql) => removeMedia(sql, kept.id, null, 'test'));
      await expect(remove).rejects.toThrow(`is in use by ${post?.id}`);
      const other = await changePost(
        at.context,
        post?.id ?? '',
        null,
        { parts: (post?.parts ?? []).map((part) => ({ ...part, card: showing(kept.id).card })) },
        'test',
      );
      expect(other.hash).toBe(post?.hash);
      await expect(draft(showing('media_gone'))).rejects.toMatchObject({
        faults: [{ pointer: '/parts/0/card/image/url', code: 'not-found' }],
      });
    });

    describe('kept here', () => {
      const showing = (id: string): Part => ({
        text: text(),
        media: [{ source: id, alt: 'A green crane' }],
        card: null,
      });
      const keep = (): Promise<MediaRow> => addMedia(at.context, photo, 'A crane', 'test');
      const remove = (id: string): Promise<void> =>
        at.context.database.transaction((sql) => removeMedia(sql, id, null, 'test'));

      it('go out from here, with what the post says of them', async () => {
        const { id } = await keep();
        const post = await send('mastodon', [showing(id)]);
        expect(post.state).toBe('published');
        const status = mastodon.statuses.find((one) => one.text === post.parts[0]?.text);
        expect(status?.media.map((media) => mastodon.pictures.get(media)?.alt)).toEqual(['A green crane']);
      });

      it('cannot be removed while a post may still show them, and can once none will', async () => {
        const { id } = await keep();
        const [waiting] = await createPosts(
          at.context,
          { parts: [showing(id)], accountIds: [accounts.mastodon.id], schedule: 'review' },
          'test',
        );
        await expect(remove(id)).rejects.toThrow(`Image ${id} is in use by ${waiting?.id}`);
        await changePost(
          at.context,
          waiting?.id ?? '',
          1,
          { parts: [{ text: text(), media: [], card: null }] },
          'test',
        );
        await remove(id);
        await expect(remove(id)).rejects.toThrow(`There is no image ${id}.`);
        const sent = await keep();
        expect((await send('mastodon', [showing(sent.id)])).state).toBe('published');
        await remove(sent.id);
      });

      it('stay as long as a post with them comes again', async () => {
        const { id } = await keep();
        const post = await send('mastodon', [showing(id)]);
        const again = {
          postId: post.id,
          time: '09:00',
          days: ['mon' as const],
          timeZone: 'Europe/Bucharest',
          endsAt: null,
        };
        const recurrence = await recur(at.context, again, 'test');
        await expect(remove(id)).rejects.toThrow('in use');
        await at.context.database.transaction((sql) => endRecurrence(sql, recurrence, 'test'));
        await remove(id);
      });

      it('are given by a public address to a network that fetches for itself, other sites’ images too', async () => {
        const rule = { max: 2, maxBytes: 100_000, types: ['image/jpeg'], maxAlt: 0, byAddress: true };
        const account = { network: 'mastodon', limits: { images: rule } };
        const parts = [{ ...withImages('/crane.jpg'), card: null }];
        const unreachable = await fetchPictures({ ...at.context, publicUrl: null }, parts, account, 0);
        expect(unreachable).toMatchObject({
          kind: 'refused',
          detail: expect.stringContaining('STANDFIRST_PUBLIC_URL'),
        });
        const tools = { ...at.context, publicUrl: 'https://desk.example' };
        const pictures = (await fetchPictures(tools, parts, account, 0)) as readonly Pictures[];
        const [image] = pictures[0]?.images ?? [];
        const id = /^https:\/\/desk\.example\/media\/(media_[\w-]+)\?for=mastodon&token=/.exec(image?.url ?? '')?.[1];
        expect(await getMedia(at.context.database, id ?? '')).toMatchObject({ sourceUrl: `${siteUrl}/crane.jpg` });
      });
    });

    it('come from the article where the account wants them; the link then stands in the text', async () => {
      const telegram = await startTelegram();
      await addAccount(
        at.context,
        { network: 'telegram', credentials: { ...telegramBot, server: telegram.url }, settings: { images: true } },
        'test',
      );
      const plain = await addAccount(
        at.context,
        { network: 'mastodon', name: 'no images', credentials: { server: mastodon.url, accessToken: mastodonToken } },
        'test',
      );
      const url = 'https://merrow-herald.example/crane';
      const sentence =
        'The harbour office of Tolvane has painted its oldest crane red again, after a vote of the town. ';
      const { articleId } = await requestArticle(
        at.context,
        articleRequest.parse({
          url,
          html: `<html lang="en"><head><title>Crane is red again</title><link rel="canonical" href="${url}">
            <meta property="og:image" content="${siteUrl}/crane.jpg"><meta property="og:image:alt" content="A red crane">
            </head><body><article><h1>Crane is red again</h1><p>${sentence.repeat(2)}</p><p>${'It cost nine crowns. '.repeat(12)}</p></article></body></html>`,
        }),
        'test',
      );
      await ingest(at.context, articleId);
      await summarize(at.context, articleId);
      await compose(at.context, articleId);
      const posts = await at.context.database.many(
        postRow,
        `SELECT ${postColumns} FROM ${postFrom} WHERE post.article_id = $1`,
        [articleId],
      );
      const kept = await mediaOfArticle(at.context.database, articleId);
      expect(kept).toMatchObject({ sourceUrl: `${siteUrl}/crane.jpg`, width: 600, height: 400 });
      const media = [{ source: kept?.id, alt: 'A red crane' }];
      const withImage = posts.filter((post) => ['mastodon', 'bluesky', 'telegram'].includes(post.network));
      expect(withImage).toHaveLength(4);
      for (const { accountId, network, parts } of withImage) {
        expect(parts[0], network).toMatchObject({ media: accountId === plain.id ? [] : media, card: null });
        expect(parts[0]?.text, network).toContain(url);
      }
      expect(posts.find(({ network }) => network === 'sandbox')?.parts[0]?.media).toEqual([]);
      await telegram[Symbol.asyncDispose]();
    });

    it.each([
      ['threads', startThreads as () => Promise<Fake>, (server: string) => ({ accessToken: threadsToken, server })],
      ['webhook', startWebhook, (server: string) => ({ url: `${server}/in`, secret: webhookSecret })],
    ] as const)(
      'are left out, and said to be, on an account whose network fetches them and cannot reach us (%s)',
      async (network, start, credentialsFor) => {
        await using fake = await start();
        const { id } = await addAccount(at.context, { network, credentials: credentialsFor(fake.url) }, 'test');
        const parts = [{ text: 'A crane', media: [{ source: `${siteUrl}/crane.jpg`, alt: 'A crane' }], card: null }];
        const queue = () => createPosts(at.context, { parts, accountIds: [id], schedule: 'now' }, 'test');
        await expect(queue()).rejects.toThrow('takes text and link only, not one image');
        const reachable = { ...at.context, publicUrl: 'https://desk.example' };
        await checkAccount(reachable, id);
        const [post] = await queue();
        await publish(reachable, { postId: post?.id ?? '', network }, new AbortController().signal);
        expect((await getPost(at.context.database, post?.id ?? ''))?.state).toBe('published');
        const address = new RegExp(`^https://desk\\.example/media/media_[\\w-]+\\?for=${network}&token=.`);
        expect(fake.log).toMatchObject([{ images: [{ url: expect.stringMatching(address), alt: 'A crane' }] }]);
      },
    );
  },
  ['postgres'],
);

it('a worker that has published no image has not loaded the image library', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const loads = async (module: string): Promise<boolean> => {
    const script = `await import(${JSON.stringify(module)});
      console.log(process.report.getReport().sharedObjects.some((path) => path.includes('vips')));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
    });
    return stdout.trim() === 'true';
  };
  expect(await loads('sharp')).toBe(true);
  expect(await loads(`${root}workers/steps.ts`)).toBe(false);
}, 120_000);
