import { afterAll, describe, expect, it } from 'vitest';
import { type FeedMark, fetchFeed } from '../../src/sources/feed.ts';
import { openReadingThread } from '../../src/sources/reading-thread.ts';
import { openHttp, serve } from '../http/loopback.ts';

const nothing: FeedMark = { etag: null, lastModified: null };
const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Ferry returns</title><link>/ferry</link><guid>1</guid></item></channel></rss>`;

const { parse, close } = openReadingThread();
afterAll(close);

describe('asking for a feed', () => {
  it('reads it, and remembers what makes the next question cheap', async () => {
    await using server = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"7"' }).end(rss);
    });
    await using http = openHttp();
    const first = await fetchFeed(`${server.url}/feed`, nothing, { get: http.get, parse });
    expect(first).toMatchObject({ kind: 'read', mark: { etag: '"7"', lastModified: null } });
    const mark = first.kind === 'read' ? first.mark : nothing;
    expect(await fetchFeed(`${server.url}/feed`, mark, { get: http.get, parse })).toEqual({
      kind: 'unchanged',
      mark,
      movedTo: null,
    });
  });

  it('follows it where it has moved', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else if (request.url === '/today') response.writeHead(302, { location: '/new' }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(rss);
    });
    await using http = openHttp();
    const of = (path: string) => fetchFeed(`${server.url}${path}`, nothing, { get: http.get, parse });
    expect(await of('/old')).toMatchObject({ kind: 'read', movedTo: `${server.url}/new` });
    expect(await of('/today')).toMatchObject({ kind: 'read', movedTo: null });
  });

  it('learns where it offers to tell of changes, from its headers before its text', async () => {
    await using server = await serve((_, response) => {
      const link = '<https://hub.example/>; rel="hub", </feed.xml>; rel=self; type="application/rss+xml"';
      response.writeHead(200, { 'content-type': 'application/rss+xml', link }).end(rss);
    });
    await using http = openHttp();
    expect(await fetchFeed(`${server.url}/feed`, nothing, { get: http.get, parse })).toMatchObject({
      feed: { hub: 'https://hub.example/', self: `${server.url}/feed.xml` },
    });
  });

  it('reads the beginning of one that never ends, as far as its last whole item', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/rss+xml' });
      response.write('<rss version="2.0"><channel><title>Endless</title>');
      const more = (n: number): void => {
        if (response.destroyed) return;
        response.write(
          `<item><title>Märchen ${n}</title><guid>${n}</guid><description>${'ö'.repeat(30_000)}</description></item>`,
          () => more(n + 1),
        );
      };
      more(0);
    });
    await using http = openHttp();
    const answer = await fetchFeed(`${server.url}/feed`, nothing, { get: http.get, parse });
    if (answer.kind !== 'read') throw new Error(JSON.stringify(answer));
    expect(answer.feed.isCut).toBe(true);
    // 5 MB of items that each take 60,000 bytes and some.
    expect(answer.feed.items).toHaveLength(87);
    expect(answer.feed.items.at(-1)?.title).toBe('Märchen 86');
  });

  it('waits for a feed that takes longer than a page may', async () => {
    await using server = await serve((_, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss), 900);
    });
    await using http = openHttp({ timeouts: { connectMs: 400, headersMs: 100 } });
    expect(await fetchFeed(`${server.url}/feed`, nothing, { get: http.get, parse })).toMatchObject({ kind: 'read' });
  });

  it.each([
    [410, 'gone'],
    [404, 'not-found'],
    [403, 'not-allowed'],
    [500, 'server-error'],
  ])('answers status %i as %s', async (status, reason) => {
    await using server = await serve((_, response) => response.writeHead(status, { 'retry-after': '60' }).end());
    await using http = openHttp();
    const got = await fetchFeed(`${server.url}/feed`, nothing, { get: http.get, parse });
    expect(got).toMatchObject({ kind: 'failed', reason, retryAfterSeconds: 60 });
  });

  it('is stopped by the guard at a private address, and by the caller', async () => {
    await using http = openHttp();
    expect(await fetchFeed('http://10.0.0.1/feed', nothing, { get: http.get, parse })).toMatchObject({
      kind: 'failed',
      reason: 'blocked',
    });
    const signal = AbortSignal.abort(new Error('shutting down'));
    await expect(fetchFeed('http://127.0.0.1:1/feed', nothing, { get: http.get, parse, signal })).rejects.toThrow(
      'shutting down',
    );
  });
});
