import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { pageOf, readNow, runLine, startPaper, story } from '../line/newsroom.ts';
import type { Paper } from '../line/newsroom.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Installation } from './installation.ts';
import { join } from './member.ts';
import type { Member } from './member.ts';

/** The key in the address of a feed for subscribers. */
const HUSH = 'hush-4711';

let here: Installation;
let key: Record<string, string>;
let paper: Paper;
let viewer: Member;
let editor: Member;
let id: string;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }, { hostFloorMs: 0 });
  key = await here.key();
  paper = await startPaper();
  [viewer, editor] = [await join(here, 'Vera', 'viewer'), await join(here, 'Edda', 'editor')];
  paper.items = [{ guid: 'a', title: 'Old news of Holm', link: 'https://post.example/holm' }];
  const added = await here.app.inject({
    method: 'POST',
    url: '/v1/sources',
    headers: key,
    payload: { kind: 'feed', url: `${paper.url}/feed/inner.xml?token=${HUSH}` },
  });
  id = added.json<{ id: string }>().id;
  await readNow(here.context, id);
  // The feed hands the key on to its items; two of them cannot be read.
  paper.items = [
    { guid: 'b', title: 'News of Holm', link: `${paper.url}/gone-1?token=${HUSH}` },
    { guid: 'c', title: 'More of Holm', link: `${paper.url}/gone-2?id=12` },
  ];
  await readNow(here.context, id);
  await runLine(here.context);
});
afterAll(async () => {
  await paper[Symbol.asyncDispose]();
  await here.close();
});

it.each(['/v1/sources', () => `/v1/sources/${id}`, '/v1/sources.opml', () => `/v1/sources/${id}/decisions`] as const)(
  'shows the key in the address of a feed to who looks after sources, and to nobody else (%s)',
  async (path) => {
    const url = typeof path === 'string' ? path : path();
    const seen = await viewer.ask('GET', url);
    expect(seen.statusCode).toBe(200);
    expect(seen.body).not.toContain(HUSH);
    expect(seen.body).toContain('?…');
    expect((await editor.ask('GET', url)).body).toContain(HUSH);
  },
);

it('leaves the address of an item as it is where no key is in it', async () => {
  const { data } = (await viewer.ask('GET', `/v1/sources/${id}/decisions`)).json<{
    data: { title: string; url: string }[];
  }>();
  const urls = Object.fromEntries(data.map(({ title, url }) => [title, url]));
  expect(urls).toMatchObject({ 'News of Holm': `${paper.url}/gone-1?…`, 'More of Holm': `${paper.url}/gone-2?id=12` });
});

it('tells other rules tried on its items without the key', async () => {
  const tried = await viewer.ask('POST', `/v1/sources/${id}/rule-trials`, { rules: {} });
  expect(tried.statusCode).toBe(200);
  expect(tried.body).not.toContain(HUSH);
});

it('writes the key into no event and no audit, whatever happens to the source', async () => {
  const change = async (payload: object) => {
    const etag = String((await editor.ask('GET', `/v1/sources/${id}`)).headers.etag);
    const changed = await editor.ask('PATCH', `/v1/sources/${id}`, payload, { 'if-match': etag });
    expect(changed.statusCode).toBe(200);
  };
  await change({ url: `${paper.url}/feed/other.xml?token=${HUSH}-2` });
  await editor.ask('POST', `/v1/sources/${id}/pause`, { reason: `See ${paper.url}/feed?token=${HUSH}` });
  expect((await viewer.ask('GET', `/v1/sources/${id}`)).body).not.toContain(HUSH);
  const list = await here.app.inject({
    method: 'POST',
    url: '/v1/sources',
    headers: key,
    payload: { kind: 'urls', settings: { urls: [`${paper.url}/page?key=${HUSH}`] } },
  });
  expect(list.statusCode).toBe(201);
  const listed = await viewer.ask('GET', `/v1/sources/${list.json<{ id: string }>().id}`);
  expect(listed.json()).toMatchObject({ settings: { urls: [`${paper.url}/page?…`] } });
  const rows = await here.context.database.many(
    z.object({ written: z.string() }),
    `SELECT event::text AS written FROM standfirst.event WHERE type LIKE 'source.%'
     UNION ALL SELECT audit::text FROM standfirst.audit WHERE action LIKE 'source.%'`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(8);
  for (const { written } of rows) expect(written).not.toContain(HUSH);
});

it('hides a key that an older version wrote into the audit, which stays as it is', async () => {
  await here.context.database.run(
    `INSERT INTO standfirst.event (type, subject, actor, data) VALUES ('source.changed', 'src_old', 'user_old', $1)`,
    [JSON.stringify({ url: `https://post.example/feed?token=${HUSH}` })],
  );
  const seen = await here.app.inject({ url: '/v1/audit?subject=src_old', headers: await here.key(['audit:read']) });
  expect(seen.json()).toMatchObject({ data: [{ data: { url: 'https://post.example/feed?…' } }] });
});

it('takes no address with a user name or password, also in a list of pages', async () => {
  const refused = await here.app.inject({
    method: 'POST',
    url: '/v1/sources',
    headers: key,
    payload: { kind: 'urls', settings: { urls: ['https://ilse:hush@post.example/'] } },
  });
  expect(refused.statusCode).toBe(400);
  expect(problemOf(refused).errors).toMatchObject([
    { pointer: '/settings/urls/0', message: expect.stringContaining('user name') },
  ]);
});

it('publishes no key that an item hands on: readers get the link without it, and a person looks whether it opens', async () => {
  const added = await here.app.inject({
    method: 'POST',
    url: '/v1/sources',
    headers: key,
    payload: { kind: 'feed', url: `${paper.url}/feed/second.xml?token=${HUSH}` },
  });
  const { id: sourceId } = added.json<{ id: string }>();
  await readNow(here.context, sourceId);
  const rules = await here.app.inject({ url: '/v1/house-rules', headers: key });
  const { rules: before } = rules.json<{ rules: object }>();
  const saved = await here.app.inject({
    method: 'PUT',
    url: '/v1/house-rules',
    headers: { ...key, 'if-match': String(rules.headers.etag) },
    payload: { ...before, auto: [{ sourceId, urgencies: ['breaking', 'normal', 'evergreen'] }] },
  });
  expect(saved.statusCode, saved.body).toBe(200);
  const canonical = `<link rel="canonical" href="${paper.url}/clean">`;
  const about = `<meta property="article:published_time" content="${new Date().toISOString()}"><meta name="author" content="Ilse Tarn">`;
  paper.pages.set(`/keyed?page=1&token=${HUSH}`, pageOf('The ferry to Tarn is late', story('Tarn'), about));
  paper.pages.set(`/clean?token=${HUSH}`, pageOf('The bridge at Vik is open', story('Vik'), about + canonical));
  paper.items = [
    { guid: 'd', title: 'The ferry to Tarn is late', link: `${paper.url}/keyed?page=1&amp;token=${HUSH}` },
    { guid: 'e', title: 'The bridge at Vik is open', link: `${paper.url}/clean?token=${HUSH}` },
  ];
  await readNow(here.context, sourceId);
  await runLine(here.context);
  const { data } = (await here.app.inject({ url: '/v1/posts', headers: key })).json<{
    data: { link: string; state: string; reason: string | null; parts: unknown }[];
  }>();
  const of = (path: string) => data.find(({ link }) => link.includes(path));
  expect(of('/keyed')).toMatchObject({ link: `${paper.url}/keyed?page=1`, state: 'in_review' });
  expect(of('/keyed')?.reason).toBe(
    'A person decides, because its link had token in it, which may be a key and was left out: see that it opens.',
  );
  // What a page names as its own address is for readers.
  expect(of('/clean')).toMatchObject({ link: `${paper.url}/clean`, reason: null });
  expect(of('/clean')?.state).not.toBe('in_review');
  expect(JSON.stringify(data)).not.toContain(HUSH);
});

it('shows no key that an item hands on to who may not have it, read or not', async () => {
  const { data } = (await viewer.ask('GET', '/v1/articles')).json<{ data: { id: string; url: string }[] }>();
  expect(data.map(({ url }) => url)).toEqual(expect.arrayContaining([`${paper.url}/gone-1?…`, `${paper.url}/clean`]));
  for (const { id: articleId } of data) {
    expect((await viewer.ask('GET', `/v1/articles/${articleId}`)).body).not.toContain(HUSH);
  }
  const refused = data.find(({ url }) => url.includes('gone-1'))?.id ?? '';
  expect((await editor.ask('GET', `/v1/articles/${refused}`)).body).toContain(`gone-1?token=${HUSH}`);
  for (const url of ['/v1/articles', '/v1/stories', '/v1/posts']) {
    expect((await viewer.ask('GET', url)).body).not.toContain(HUSH);
  }
  const told = await here.context.database.many(
    z.object({ written: z.string() }),
    `SELECT event::text AS written FROM standfirst.event WHERE type LIKE 'article.%'`,
  );
  expect(told.length).toBeGreaterThanOrEqual(4);
  for (const { written } of told) expect(written).not.toContain(HUSH);
});
