import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { memoryOf } from '../../bench/figures.ts';
import { holdBefore } from './hold-point.ts';
import { everywhere, withServers } from './row.ts';
import type { Note, Row, Scene } from './row.ts';
import { CONCURRENCY } from './stage.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** What kills who touches it: a post, an article. */
export const poisonRows: readonly Row[] = [
  {
    n: 31,
    name: 'a post whose worker dies each time, others beside it',
    on: withServers,
    failed: 1,
    // What the two workers had written down as sent and had not sent when they died: X cannot prove that.
    unknown: 2 * CONCURRENCY,
    storm: { posts: 100, spreadMs: 4_000 },
    fault: killWhoeverHasIt,
  },
  {
    n: 32,
    name: 'articles and feeds of 10 GB, a gzip bomb, redirects without end',
    on: everywhere,
    check: readPoison,
  },
];

async function killWhoeverHasIt({ stage, label, brew }: Scene): Promise<{ notes: Note[] }> {
  const poison = await brew(`${label} poison`, { posts: 1 });
  const postId = poison.posts[0]?.id ?? '';
  for (let death = 0; death < 2; death++) {
    await using point = await holdBefore(stage, 'sent', { postId });
    await point.reached();
    const pid = await holderOf(stage, postId);
    await stage.workers.find((one) => one.pid === pid)?.kill();
    await stage.startWorker();
  }
  const cause = async (): Promise<string> => {
    await using client = await stage.connect();
    const { rows } = await client.query<{ cause: string }>(
      `SELECT failure->>'cause' AS cause FROM standfirst.post WHERE id = $1 AND state = 'failed'`,
      [postId],
    );
    return rows[0]?.cause ?? 'nothing';
  };
  const isMet = await until(20_000, async () => (await cause()) === 'poison');
  return { notes: [{ sentence: `given up for ${await cause()} after two deaths`, isMet }] };
}

/** The process that holds a post. */
async function holderOf(stage: Stage, postId: string): Promise<number> {
  await using client = await stage.connect();
  const { rows } = await client.query<{ pid: number }>(
    'SELECT worker.pid FROM standfirst.post JOIN standfirst.worker ON worker.id = post.worker_id WHERE post.id = $1',
    [postId],
  );
  return rows[0]?.pid ?? 0;
}

/** Reads each, one after the other; memory is that of everything which reads, from before the first to the worst of all. */
async function readPoison(stage: Stage): Promise<Note[]> {
  await using site = await startPoisonSite();
  const memory = (): number => stage.workers.reduce((sum, { pid }) => sum + memoryOf(pid).mb, 0);
  // The first article of a process brings the reader into memory: that is not the poison's.
  await read(stage, `${site.url}/harmless`);
  const before = memory();
  let worst = before;
  const watch = setInterval(() => (worst = Math.max(worst, memory())), 100);
  const notes: Note[] = [];
  for (const [what, ask] of [
    ['article', read],
    ['feed', poll],
  ] as const) {
    for (const page of ['endless', 'bomb', 'redirects/0']) {
      const from = performance.now();
      const state = await ask(stage, `${site.url}/${page}`);
      const ms = Math.round(performance.now() - from);
      const sentence = `${what} ${page.split('/')[0]}: ${state} after ${ms} ms`;
      notes.push({ sentence, isMet: state === 'refused' && ms <= 15_000 });
    }
  }
  clearInterval(watch);
  const grown = Math.max(0, worst - before);
  return [...notes, { sentence: `memory grew by ${grown} MB`, isMet: grown <= 50 }];
}

async function read(stage: Stage, url: string): Promise<string> {
  const { id } = await stage.call<{ id: string }>('POST', '/v1/articles', { url, accountIds: [] });
  let state = 'pending';
  await until(30_000, async () => {
    state = (await stage.call<{ state: string }>('GET', `/v1/articles/${id}`)).state;
    return state !== 'pending';
  });
  return state;
}

/** A feed that is one when it is added, because what is none is refused then, and turns into the page before it is polled. */
async function poll(stage: Stage, url: string): Promise<string> {
  const { origin, pathname } = new URL(url);
  const feed = { kind: 'feed', url: `${origin}/feed-then${pathname}` };
  const { id } = await stage.call<{ id: string }>('POST', '/v1/sources', feed);
  let state = 'not read';
  await until(30_000, async () => {
    const source = await stage.call<{ lastPollAt: string | null; problem: string | null }>('GET', `/v1/sources/${id}`);
    if (source.lastPollAt !== null) state = source.problem === null ? 'taken' : 'refused';
    return source.lastPollAt !== null;
  });
  await stage.call('DELETE', `/v1/sources/${id}`);
  return state;
}

/** Under `/feed-then/`, each is a feed when it is asked for first. A page that is harmless, one of 10 GB, one of 10 MB that unpacks to 10 GB, and one that always moves on. */
async function startPoisonSite(): Promise<AsyncDisposable & { url: string }> {
  const sentence = 'The ferry to the island sails again from Monday, the harbour office said. ';
  const paragraphs = `<p>${sentence.repeat(5)}</p>`.repeat(10);
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const packed = gzipSync(Buffer.alloc(10_000_000, '<p>x</p>'));
  const feed = '<rss version="2.0"><channel><title>The ferry office</title></channel></rss>';
  const asked = new Set<string>();
  const server: Server = createServer(({ url = '' }, response) => {
    const isFeed = url.startsWith('/feed-then/') && !asked.has(url);
    asked.add(url);
    const [page, n] = url.replace('/feed-then/', '/').slice(1).split('/');
    if (isFeed) response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed);
    else if (page === 'redirects') response.writeHead(302, { location: `/redirects/${Number(n) + 1}` }).end();
    else if (page === 'endless') pour(response.writeHead(200, html), Buffer.alloc(1_000_000, '<p>x</p>'), 10_000);
    else if (page === 'bomb') pour(response.writeHead(200, { ...html, 'content-encoding': 'gzip' }), packed, 1_000);
    else
      response.writeHead(200, html).end(`<html><title>The ferry sails again</title><article>${paragraphs}</article>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a piece again and again, as fast as it is taken. */
function pour(response: ServerResponse, piece: Buffer, times: number): void {
  if (times === 0) return void response.end();
  if (response.destroyed) return;
  if (response.write(piece)) setImmediate(pour, response, piece, times - 1);
  else response.once('drain', () => pour(response, piece, times - 1));
}
