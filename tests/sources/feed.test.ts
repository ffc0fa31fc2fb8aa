import { describe, expect, it } from 'vitest';
import { type FeedMark, fetchFeed } from '../../src/sources/feed.ts';
import { openHttp, serve } from '../http/loopback.ts';

const nothing: FeedMark = { etag: null, lastModified: null };
const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Ferry returns</title><link>/ferry</link><guid>1</guid></item></channel></rss>`;

describe('asking for a feed', () => {
  it('reads it, and remembers what makes the next question cheap', async () => {
    await using server = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"7"' }).end(rss);
    });
    await using http = openHttp();
    const first = await fetchFeed(`${server.url}/feed`, nothing, http);
    expect(first).toMatchObject({ kind: 'read', mark: { etag: '"7"', lastModified: null } });
    const mark = first.kind === 'read' ? first.mark : nothing;
    expect(await fetchFeed(`${server.url}/feed`, mark, http)).toEqual({ kind: 'unchanged', mark });
  });

  it('follows it where it has moved', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(rss);
    });
    await using http = openHttp();
    expect(await fetchFeed(`${server.url}/old`, nothing, http)).toMatchObject({ kind: 'read' });
  });

  it.each([
    [410, 'gone'],
    [404, 'not-found'],
    [403, 'not-allowed'],
    [500, 'server-error'],
  ])('answers status %i as %s', async (status, reason) => {
    await using server = await serve((_, response) => response.writeHead(status, { 'retry-after': '60' }).end());
    await using http = openHttp();
    const got = await fetchFeed(`${server.url}/feed`, nothing, http);
    expect(got).toMatchObject({ kind: 'failed', reason, retryAfterSeconds: 60 });
  });

  it('is stopped by the guard at a private address, and by the caller', async () => {
    await using http = openHttp();
    expect(await fetchFeed('http://10.0.0.1/feed', nothing, http)).toMatchObject({ kind: 'failed', reason: 'blocked' });
    const signal = AbortSignal.abort(new Error('shutting down'));
    await expect(fetchFeed('http://127.0.0.1:1/feed', nothing, { get: http.get, signal })).rejects.toThrow(
      'shutting down',
    );
  });
});
