import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../http/loopback.ts';
import type { Loopback } from '../http/loopback.ts';
import { openInstallation } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';
import { getSource } from '../../src/store/source.ts';
import { addFeed, logOf, readNow, rssOf, startPaper, story } from './newsroom.ts';
import type { Paper } from './newsroom.ts';

let here: Installation;
let paper: Paper;
let hub: Loopback;
beforeAll(async () => {
  const env = { STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8', STANDFIRST_PUBLIC_URL: 'https://desk.example.org/' };
  here = await openInstallation(env, { hostFloorMs: 0 });
  hub = await serve((_, response) => response.writeHead(202).end());
  paper = await startPaper();
});
afterAll(async () => {
  await here.close();
  for (const server of [hub, paper]) await server[Symbol.asyncDispose]();
});

const head = (): string =>
  `<atom:link rel="hub" href="${hub.url}/hub"/><atom:link rel="self" href="${paper.url}/feed.xml"/>`;
const entry = (name: string) => ({
  guid: name,
  title: `News of ${name}`,
  link: `https://hub-news.example/${name}`,
  content: story(name),
});

/** What the hub was asked last. */
function asked(): URLSearchParams {
  return new URLSearchParams(hub.seen.at(-1)?.body);
}

async function deliver(path: string, body: string, signature: string): Promise<number> {
  const headers = { 'content-type': 'application/rss+xml', 'x-hub-signature': signature };
  return (await here.app.inject({ method: 'POST', url: path, headers, payload: body })).statusCode;
}

it('subscribes to the hub of a feed, proves that it did, and takes what the hub signs, and nothing else', async () => {
  paper.head = head();
  paper.items = [entry('old')];
  const { id } = await addFeed(here.context, paper);
  await readNow(here.context, id);
  const form = asked();
  expect(Object.fromEntries(form)).toMatchObject({ 'hub.mode': 'subscribe', 'hub.topic': `${paper.url}/feed.xml` });
  const callback = new URL(form.get('hub.callback') ?? '');
  expect(callback.origin).toBe('https://desk.example.org');
  const path = callback.pathname;
  const verify = (topic: string, to = path) =>
    here.app.inject({
      url: `${to}?hub.mode=subscribe&hub.topic=${encodeURIComponent(topic)}&hub.challenge=abc<b>&hub.lease_seconds=864000`,
    });
  expect((await verify('https://elsewhere.example/feed')).statusCode).toBe(404);
  expect((await verify(`${paper.url}/feed.xml`, '/websub/AAAAAAAAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(404);
  const verified = await verify(`${paper.url}/feed.xml`);
  expect(verified).toMatchObject({ statusCode: 200, body: 'abc<b>' });
  expect(verified.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect((await getSource(here.context.database, id))?.hubState).toBe('active');

  const secret = form.get('hub.secret') ?? '';
  expect(secret).toMatch(/^[\w-]{43}$/);
  const body = rssOf([entry('fresh'), entry('old')], head());
  const sign = (method: string, text = body, key = secret) =>
    `${method}=${createHmac(method, key).update(text).digest('hex')}`;
  for (const wrong of [sign('sha256', body, 'guess'), sign('sha256', `${body} `), 'sha256=', 'md5=abc', '']) {
    expect(await deliver(path, body, wrong)).toBe(202);
  }
  expect(await logOf(here.context, id)).toHaveLength(1);
  expect(await deliver(path, body, sign('sha256'))).toBe(202);
  expect(await deliver(path, body, sign('sha1'))).toBe(202);
  expect((await logOf(here.context, id)).map(({ guid, outcome }) => [guid, outcome])).toEqual([
    ['fresh', 'accepted'],
    ['old', 'baseline'],
  ]);
  // The poll finds it known, and comes seldom now.
  paper.items = [entry('fresh'), entry('old')];
  const { nextAt, polledAt } = await readNow(here.context, id);
  expect(await logOf(here.context, id)).toHaveLength(2);
  expect((nextAt?.getTime() ?? 0) - (polledAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(3_600_000);

  const { database } = here.context;
  const { rows } = await database.pool.query(`SELECT secret FROM standfirst.subscription WHERE source_id = $1`, [id]);
  expect(JSON.stringify(rows)).not.toContain(secret);
  // A lease that ends soon is renewed; one that does not is left alone.
  const before = hub.seen.length;
  await readNow(here.context, id);
  expect(hub.seen).toHaveLength(before);
  await database.run(
    `UPDATE standfirst.subscription SET lease_until = standfirst.clock() + interval '1 day', asked_at = asked_at - interval '9 days'`,
  );
  await readNow(here.context, id);
  expect(hub.seen).toHaveLength(before + 1);
  // Nobody knows the old address any more.
  expect(await deliver(path, body, sign('sha256'))).toBe(410);
});

it('takes a hub that refuses, or is not there, for no fault of the feed', async () => {
  const { id } = await addFeed(here.context, paper, { text: 'feed' }, '/feed2.xml');
  await readNow(here.context, id);
  const path = new URL(asked().get('hub.callback') ?? '').pathname;
  const denied = await here.app.inject({
    url: `${path}?hub.mode=denied&hub.topic=${encodeURIComponent(`${paper.url}/feed.xml`)}&hub.reason=no`,
  });
  expect(denied.statusCode).toBe(200);
  expect(await getSource(here.context.database, id)).toMatchObject({ hubState: 'denied', failures: 0 });
  paper.head = '<atom:link rel="hub" href="http://127.0.0.1:1/"/>';
  const other = await addFeed(here.context, paper, { text: 'feed' }, '/feed3.xml');
  expect(await readNow(here.context, other.id)).toMatchObject({ hubState: 'denied', failures: 0, problem: null });
});

it('asks no hub where the world cannot reach us', async () => {
  const inside = { ...here.context, publicUrl: null };
  paper.head = head();
  const before = hub.seen.length;
  const { id } = await addFeed(inside, paper, { text: 'feed' }, '/feed4.xml');
  await readNow(inside, id);
  expect(hub.seen).toHaveLength(before);
});

it('bounds what is delivered', async () => {
  const path = '/websub/AAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  expect(await deliver(path, 'x'.repeat(5 * 1024 * 1024 + 1), 'sha256=00')).toBe(413);
  expect(await deliver('/websub/short', '', '')).toBe(404);
});
