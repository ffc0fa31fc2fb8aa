import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Part } from '../../src/domain/post.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest, requestArticle } from '../../src/pipeline/ingest.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { articleRequest } from '../../src/store/article.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
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
    let mastodon: FakeMastodon;
    let bluesky: FakeBluesky;
    let accounts: Record<'mastodon' | 'bluesky', AccountRow>;
    let serial = 0;

    beforeAll(async () => {
      const photo = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c33' } })
        .jpeg()
        .toBuffer();
      site = createServer((request, response) => {
        if (request.url === '/crane.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo);
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
      const { id } = post as PostRow;
      await publish({ ...at.context, ...over }, { postId: id, network }, never);
      return (await getPost(at.context.database, id)) as PostRow;
    }

    it('are fetched, prepared and sent with their descriptions', async () => {
      const post = await send('mastodon', [withImages('/crane.jpg', '/crane.jpg')]);
      expect(post).toMatchObject({ state: 'published' });
      const status = mastodon.statuses.find((one) => one.text === post.parts[0]?.text);
      expect(status?.media.map((id) => mastodon.descriptions.get(id))).toEqual([
        'A red crane at /crane.jpg',
        'A red crane at /crane.jpg',
      ]);
    });

    it.each(['/missing.jpg', '/text.jpg'])(
      'stop the post where %s cannot be used, before anything is sent',
      async (path) => {
        const before = mastodon.attempts;
        const post = await send('mastodon', [withImages('/crane.jpg'), withImages(path)]);
        expect(post).toMatchObject({ state: 'failed', failure: { kind: 'refused', cause: 'media_rejected' } });
        expect(post.failure?.detail).toContain(path);
        expect(mastodon.attempts).toBe(before);
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
      const media = [{ source: `${siteUrl}/crane.jpg`, alt: 'A red crane' }];
      const withImage = posts.filter((post) => ['mastodon', 'bluesky', 'telegram'].includes(post.network));
      expect(withImage).toHaveLength(4);
      for (const { accountId, network, parts } of withImage) {
        expect(parts[0], network).toMatchObject({ media: accountId === plain.id ? [] : media, card: null });
        expect(parts[0]?.text, network).toContain(url);
      }
      expect(posts.find(({ network }) => network === 'sandbox')?.parts[0]?.media).toEqual([]);
      await telegram[Symbol.asyncDispose]();
    });
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
}, 30_000);
