import { afterAll, beforeAll, expect, it } from 'vitest';
import { logOf, pageOf, readNow, runLine, plainStory, startPaper, story } from '../line/newsroom.ts';
import type { Paper } from '../line/newsroom.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Installation } from './installation.ts';

let here: Installation;
let key: Record<string, string>;
let paper: Paper;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }, { hostFloorMs: 0 });
  key = await here.key();
  paper = await startPaper();
});
afterAll(async () => {
  await paper[Symbol.asyncDispose]();
  await here.close();
});

type Answer = { status: number; body: unknown; etag: string; raw: Awaited<ReturnType<Installation['app']['inject']>> };

async function ask(
  method: string,
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const raw = await here.app.inject({
    method: method as 'GET',
    url,
    headers: { ...key, ...headers },
    ...(payload && { payload }),
  });
  const body: unknown = raw.body.startsWith('{') ? raw.json() : {};
  return { status: raw.statusCode, body, etag: String(raw.headers['etag']), raw };
}

const feed = (path: string) => ({ kind: 'feed', url: `${paper.url}/feed${path}` });

it('adds a source, shows how it does, changes it against the version that was read, and removes it', async () => {
  paper.items = [{ guid: '1', title: 'Old news of Mirow', link: 'https://post.example/mirow' }];
  const added = await ask('POST', '/v1/sources', {
    ...feed('/a.xml'),
    settings: { rules: { exclude: ['horoscope'] } },
  });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ name: new URL(paper.url).host, state: 'active', lastPollAt: null, polls: 0 });
  const { id } = added.body as { id: string };
  await readNow(here.context, id);
  const read = await ask('GET', `/v1/sources/${id}`);
  expect(read.body).toMatchObject({
    name: 'Tarn Valley Post',
    httpStatus: 200,
    polls: 1,
    unchanged: 0,
    failures: 0,
    problem: null,
    medianDelayMs: null,
    settings: { maxPerHour: 30, intervalMs: 300_000 },
  });
  expect((read.body as { days: unknown[] }).days).toHaveLength(14);
  const next =
    Date.parse((read.body as { nextPollAt: string }).nextPollAt) -
    Date.parse((read.body as { lastPollAt: string }).lastPollAt);
  expect(next).toBeGreaterThanOrEqual(300_000);
  expect(next).toBeLessThanOrEqual(331_000);

  expect((await ask('PATCH', `/v1/sources/${id}`, { name: 'Mine' })).status).toBe(428);
  const changed = await ask(
    'PATCH',
    `/v1/sources/${id}`,
    { name: 'Mine', settings: { rules: { minLength: 5 } } },
    { 'if-match': read.etag },
  );
  expect(changed.body).toMatchObject({ name: 'Mine', settings: { rules: { minLength: 5, exclude: ['horoscope'] } } });
  expect((await ask('PATCH', `/v1/sources/${id}`, { name: 'Late' }, { 'if-match': read.etag })).status).toBe(412);

  expect((await ask('POST', `/v1/sources/${id}/pause`, { reason: 'Moved house' })).body).toMatchObject({
    state: 'paused',
    reason: 'Moved house',
    nextPollAt: null,
  });
  expect((await ask('POST', `/v1/sources/${id}/poll`)).status).toBe(409);
  expect((await ask('POST', `/v1/sources/${id}/resume`)).body).toMatchObject({ state: 'active', reason: null });
  expect((await ask('POST', `/v1/sources/${id}/poll`)).status).toBe(202);
  expect((await ask('DELETE', `/v1/sources/${id}`)).status).toBe(204);
  expect((await ask('GET', `/v1/sources/${id}`)).status).toBe(404);
});

it('refuses an address that leads to no feed, with what it leads to and what to do', async () => {
  paper.pages.set('/story.html', pageOf('A ferry is late', '<p>It waits.</p>'));
  const page = { kind: 'feed', url: `${paper.url}/story.html` };
  const before = (await ask('GET', '/v1/sources')).body as { data: unknown[] };
  const refused = problemOf((await ask('POST', '/v1/sources', page)).raw);
  expect(refused).toMatchObject({ status: 400, errors: [{ pointer: '/url', code: 'not-a-feed' }] });
  expect(refused.detail).toBe(
    `${page.url}: The address leads to a web page, not to a feed, and the page names none. Give the address of the feed itself, or take its articles by a sitemap or by push.`,
  );
  expect((await ask('GET', '/v1/sources')).body).toEqual(before);
  const source = await ask('POST', '/v1/sources', feed('/right.xml'));
  const { id } = source.body as { id: string };
  const change = await ask('PATCH', `/v1/sources/${id}`, { url: page.url }, { 'if-match': source.etag });
  expect(problemOf(change.raw).errors).toMatchObject([{ pointer: '/url', code: 'not-a-feed' }]);
});

it('takes an address that does not answer now, and says so', async () => {
  const away = await ask('POST', '/v1/sources', { kind: 'feed', url: 'http://127.0.0.1:9/feed.xml' });
  expect(away.status).toBe(201);
  expect(away.body).toMatchObject({
    state: 'active',
    problem: expect.stringMatching(/^It could not be read now and is tried again: /),
  });
});

it('refuses an address that is never asked', async () => {
  const inside = await ask('POST', '/v1/sources', { kind: 'feed', url: 'http://169.254.169.254/feed.xml' });
  expect(problemOf(inside.raw)).toMatchObject({ status: 400, errors: [{ pointer: '/url', code: 'blocked' }] });
  expect(problemOf(inside.raw).detail).toContain('is not a public address');
});

it('says every fault of a new source at once, and refuses an address that is read already', async () => {
  const wrong = await ask('POST', '/v1/sources', {
    kind: 'urls',
    url: 'https://a.example/',
    settings: { intervalMs: 5, rules: { languages: ['English'] } },
  });
  expect(
    problemOf(wrong.raw)
      .errors?.map(({ pointer }) => pointer)
      .sort(),
  ).toEqual(['/settings/intervalMs', '/settings/rules/languages/0', '/settings/urls', '/url']);
  expect(problemOf((await ask('POST', '/v1/sources', { kind: 'feed' })).raw).errors).toMatchObject([
    { pointer: '/url' },
  ]);
  const noSuchAccount = await ask('POST', '/v1/sources', { ...feed('/n.xml'), settings: { accountIds: ['acc_none'] } });
  expect(problemOf(noSuchAccount.raw).errors).toMatchObject([{ pointer: '/settings/accountIds/0' }]);
  expect((await ask('POST', '/v1/sources', feed('/twice.xml'))).status).toBe(201);
  expect(problemOf((await ask('POST', '/v1/sources', feed('/twice.xml'))).raw)).toMatchObject({
    status: 409,
    detail: expect.stringContaining('is already read as'),
  });
});

it('shows five items before saving, and what the rules would make of them, and stores nothing', async () => {
  paper.items = Array.from({ length: 8 }, (_one, n) => ({
    guid: `p${n}`,
    title: n === 1 ? 'Horoscope' : `Item ${n}`,
    link: `https://post.example/${n}`,
  }));
  const before = (await ask('GET', '/v1/sources?limit=100')).body as { data: unknown[] };
  const shown = await ask('POST', '/v1/source-previews', {
    ...feed('/p.xml'),
    settings: { rules: { exclude: ['horoscope'] } },
  });
  expect(shown.body).toMatchObject({ title: 'Tarn Valley Post', itemCount: 8, hasHub: false });
  const { items } = shown.body as { items: { title: string; judgement: { passes: boolean; rule: string | null } }[] };
  expect(items.map(({ judgement }) => judgement.rule)).toEqual([null, 'exclude', null, null, null]);
  expect((await ask('GET', '/v1/sources?limit=100')).body).toMatchObject({ data: { length: before.data.length } });
  const broken = await ask('POST', '/v1/source-previews', { kind: 'feed', url: `${paper.url}/none` });
  expect(problemOf(broken.raw)).toMatchObject({
    status: 400,
    detail: expect.stringContaining('there is no such feed'),
  });
});

it('tells what other rules would have matched, lists decisions by outcome, and takes in what was skipped', async () => {
  const { id } = (await ask('POST', '/v1/sources', { ...feed('/log.xml'), settings: { text: 'feed' } })).body as {
    id: string;
  };
  paper.items = [];
  await readNow(here.context, id);
  paper.items = Array.from({ length: 20 }, (_one, n) => ({
    guid: `l${n}`,
    title: n < 14 ? `Harbour report ${n}` : `Hill report ${n}`,
    link: `https://post.example/report-${n}`,
    category: 'Reports',
    content: story(`Place ${n}`),
  }));
  const patched = await ask('GET', `/v1/sources/${id}`);
  await ask('PATCH', `/v1/sources/${id}`, { settings: { rules: { include: ['hill'] } } }, { 'if-match': patched.etag });
  await readNow(here.context, id);
  const trial = await ask('POST', `/v1/sources/${id}/rule-trials`, { rules: { include: ['harbour'] } });
  expect(trial.body).toMatchObject({ matched: 14, of: 20 });

  const filtered = (await ask('GET', `/v1/sources/${id}/decisions?outcome=filtered&limit=10`)).body as {
    data: { id: string; outcome: string; rule: string; title: string }[];
    nextCursor: string;
  };
  expect(filtered.data).toHaveLength(10);
  expect(new Set(filtered.data.map(({ outcome, rule }) => `${outcome} ${rule}`))).toEqual(
    new Set(['filtered include']),
  );
  const rest = (await ask('GET', `/v1/sources/${id}/decisions?outcome=filtered&cursor=${filtered.nextCursor}`))
    .body as { data: unknown[] };
  expect(rest.data).toHaveLength(4);

  const skipped = filtered.data[0];
  const promoted = await ask('POST', `/v1/decisions/${skipped?.id}/promote`);
  expect(promoted.status).toBe(202);
  await runLine(here.context);
  const article = await ask('GET', (promoted.body as { href: string }).href);
  expect(article.body).toMatchObject({ state: 'ready', title: skipped?.title, sourceId: id });
  expect((await logOf(here.context, id)).find((row) => row.id === skipped?.id)).toMatchObject({
    outcome: 'accepted',
    promotedBy: expect.stringMatching(/^key_/),
  });
  expect((await ask('POST', `/v1/decisions/${skipped?.id}/promote`)).status).toBe(409);
});

it('reads an item again whose page could not be read', async () => {
  const { id } = (await ask('POST', '/v1/sources', feed('/again.xml'))).body as { id: string };
  paper.items = [];
  await readNow(here.context, id);
  paper.items = [{ guid: 'late', title: 'Late page', link: `${paper.url}/late` }];
  await readNow(here.context, id);
  await runLine(here.context);
  const [refused] = await logOf(here.context, id);
  expect(refused?.outcome).toBe('refused');
  paper.pages.set('/late', pageOf('Late page', story('Late')));
  await ask('POST', `/v1/decisions/${refused?.id}/promote`);
  await runLine(here.context);
  expect((await logOf(here.context, id))[0]).toMatchObject({
    outcome: 'accepted',
    storyId: expect.stringMatching(/^story_/),
  });
});

it('takes what is pushed under the rules, the defaults and the cap of its source', async () => {
  const settings = { maxPerHour: 2, section: 'Wire', urgency: 'evergreen', rules: { exclude: ['draft'] } };
  const { id } = (await ask('POST', '/v1/sources', { kind: 'push', name: 'CMS', settings })).body as { id: string };
  const push = (title: string) => ask('POST', '/v1/articles', { text: plainStory(title), title, sourceId: id });
  expect((await push('Bellmoor votes')).status).toBe(202);
  expect((await push('A draft about Ensk')).status).toBe(202);
  const over = await push('Third one');
  expect(problemOf(over.raw)).toMatchObject({
    status: 429,
    detail: expect.stringContaining('“CMS” has brought 2 articles'),
  });
  await runLine(here.context);
  const log = await logOf(here.context, id);
  expect(log.map(({ title, outcome, rule }) => [title, outcome, rule])).toEqual([
    ['A draft about Ensk', 'filtered', 'exclude'],
    ['Bellmoor votes', 'accepted', null],
  ]);
  const article = await ask('GET', `/v1/articles/${log[1]?.articleId}`);
  expect(article.body).toMatchObject({ section: 'Wire', sourceId: id });
  const feedId = ((await ask('POST', '/v1/sources', feed('/no-push.xml'))).body as { id: string }).id;
  expect(
    problemOf((await ask('POST', '/v1/articles', { text: 'Ensk votes again.', sourceId: feedId })).raw).errors,
  ).toMatchObject([{ pointer: '/sourceId', code: 'not-push' }]);
});

it('takes a list of feeds in, gives it out again, and knows it the second time', async () => {
  const opml = `<opml version="2.0"><body><outline text="Coast &amp; Sea" xmlUrl="https://coast.example/feed"/>
    <outline text="Old scheme" xmlUrl="feed://hills.example/rss"/><outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>`;
  const first = await ask('POST', '/v1/source-imports', { opml });
  expect(first.body).toMatchObject({
    added: 2,
    feeds: [{ result: 'added' }, { result: 'added', url: 'http://hills.example/rss' }, { result: 'refused' }],
  });
  expect((await ask('POST', '/v1/source-imports', { opml })).body).toMatchObject({
    added: 0,
    feeds: [{ result: 'known' }, { result: 'known' }, { result: 'refused' }],
  });
  const out = await ask('GET', '/v1/sources.opml');
  expect(out.raw.headers['content-type']).toBe('text/x-opml; charset=utf-8');
  expect(out.raw.body).toContain('text="Coast &amp; Sea" title="Coast &amp; Sea" xmlUrl="https://coast.example/feed"');
  expect(problemOf((await ask('POST', '/v1/source-imports', { opml: '<html/>' })).raw).errors).toMatchObject([
    { pointer: '/opml' },
  ]);
});

it('lets no test key make us read or post anything', async () => {
  const test = await here.key(undefined, true);
  for (const [url, payload] of [
    ['/v1/sources', feed('/t.xml')],
    ['/v1/source-previews', feed('/t.xml')],
    ['/v1/source-imports', { opml: '<opml/>' }],
  ] as const) {
    expect((await here.app.inject({ method: 'POST', url, headers: test, payload })).statusCode).toBe(403);
  }
});
