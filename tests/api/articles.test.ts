import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleItem, ArticleView, PreviewView } from '../../src/api/schemas/article.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const text = `The harbour town of Veltmoor will get a new ferry to Ostrand in May, its council decided on Monday.
Mayor Ana Torvald said the boat costs 12 million crowns and carries 300 people.
The old ferry, built in 1974, was out of service for 40 days last winter.`;

const send = (payload: object | string, more: Record<string, string> = {}) =>
  here.app.inject({ method: 'POST', url: '/v1/articles', headers: { ...headers, ...more }, payload });
const read = (url: string) => here.app.inject({ url, headers });

async function throughTheLine(payload: object, more: Record<string, string> = {}): Promise<string> {
  const { id } = (await send(payload, more)).json<{ id: string }>();
  await ingest(here.context, id);
  await summarize(here.context, id);
  await compose(here.context, id);
  return id;
}

const articleAt = async (id: string) => (await read(`/v1/articles/${id}`)).json<ArticleView>();
const postsOf = async (articleId: string) =>
  (await read(`/v1/posts?article=${articleId}`)).json<{ data: { id: string; version: number; state: string }[] }>()
    .data;

describe('an article', () => {
  it('is accepted at once, and says where to look at it', async () => {
    const answer = await send({ text, title: 'Veltmoor gets a new ferry' });
    expect(answer.statusCode).toBe(202);
    const { id } = answer.json<{ id: string }>();
    expect(answer.headers.location).toBe(`/v1/articles/${id}`);
    const article = (await read(`/v1/articles/${id}`)).json<ArticleView>();
    expect(article).toMatchObject({ state: 'pending', title: 'Veltmoor gets a new ferry', steps: [], summary: null });
  });

  it('shows what each step made of it, and its posts', async () => {
    const id = await throughTheLine({ text, title: 'Veltmoor gets a new ferry', section: 'Region', tags: ['Sea'] });
    const article = (await read(`/v1/articles/${id}`)).json<ArticleView>();
    expect(article).toMatchObject({ state: 'ready', section: 'Region', lang: 'en', postCount: 1 });
    expect(article.steps.map((step) => [step.name, step.state])).toEqual([
      ['ingest', 'done'],
      ['summarize', 'done'],
      ['compose', 'done'],
    ]);
    expect(article.summary?.sentences).toHaveLength(3);
    const posts = (await read(`/v1/posts?article=${id}`)).json<{ data: object[] }>().data;
    expect(posts).toMatchObject([{ articleId: id, state: 'in_review', accountId: here.sandboxId }]);
  });

  it('without a title says how its text begins', async () => {
    const { id } = (await send({ text })).json<{ id: string }>();
    expect(await articleAt(id)).toMatchObject({ title: null, opening: text.slice(0, 200) });
    const { id: other } = (await send({ text, title: 'Veltmoor gets a new ferry' })).json<{ id: string }>();
    expect(await articleAt(other)).toMatchObject({ opening: null });
  });

  it('that cannot be read says why', async () => {
    const { id } = (await send({ html: '<html><body><nav>Menu</nav></body></html>' })).json<{ id: string }>();
    await ingest(here.context, id);
    const article = (await read(`/v1/articles/${id}`)).json<ArticleView>();
    expect(article.state).toBe('refused');
    expect(article.refusal?.detail).toMatch(/\.$/);
  });

  it('at a private address is refused, not fetched', async () => {
    const { id } = (await send({ url: 'http://127.0.0.1:5432/' })).json<{ id: string }>();
    await ingest(here.context, id);
    const article = (await read(`/v1/articles/${id}`)).json<ArticleView>();
    expect(article).toMatchObject({ state: 'refused', refusal: { reason: 'blocked' } });
  });

  it('is listed, newest first, page by page', async () => {
    for (let n = 0; n < 3; n++) await send({ text: `${text} ${n}` });
    const first = (await read('/v1/articles?limit=2')).json<{ data: ArticleItem[]; nextCursor: string }>();
    const second = (await read(`/v1/articles?limit=2&cursor=${first.nextCursor}`)).json<{ data: ArticleItem[] }>();
    const ids = [...first.data, ...second.data].map((article) => article.id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(4);
    expect((await read('/v1/articles?state=refused')).json<{ data: ArticleItem[] }>().data).not.toHaveLength(0);
  });

  it('of a test key is written for the sandbox only', async () => {
    const testKey = await here.key(undefined, true);
    const { id } = (await send({ text }, testKey)).json<{ id: string }>();
    const row = await here.context.database.pool.query('SELECT request FROM standfirst.article WHERE id = $1', [id]);
    expect(row.rows[0].request.accountIds).toEqual(expect.arrayContaining([here.sandboxId]));
  });

  it('of a test key has a story of its own, and leaves the one at its address as it is', async () => {
    const testKey = await here.key(undefined, true);
    const url = 'https://veltmoor.example/ferry';
    const live = await articleAt(await throughTheLine({ url, text, title: 'Veltmoor gets its ferry' }));
    const [post] = await postsOf(live.id);
    const schedule = { at: new Date(Date.now() + 3_600_000).toISOString() };
    const scheduled = await here.app.inject({
      method: 'POST',
      url: `/v1/posts/${post?.id}/approve`,
      headers: { ...headers, 'if-match': `"${post?.version}"` },
      payload: { schedule },
    });
    expect(scheduled.statusCode, scheduled.body).toBeLessThan(300);
    const before = await postsOf(live.id);
    expect(before).toMatchObject([{ state: expect.stringMatching(/approved|scheduled/) }]);

    const other = { url, title: 'Veltmoor sells its ferry', text: `The council of Veltmoor sold the boat. ${text}` };
    const test = await articleAt(await throughTheLine(other, testKey));
    expect(test).toMatchObject({ state: 'ready', possibleDuplicate: null });
    expect(test.storyId).not.toBe(live.storyId);
    expect(await postsOf(live.id)).toEqual(before);
    expect(await postsOf(test.id)).toMatchObject([{ accountId: here.sandboxId, state: 'in_review' }]);
    const again = await articleAt(await throughTheLine({ ...other, title: 'Veltmoor has its ferry' }));
    expect(again.storyId).toBe(live.storyId);
  });

  it('of a test key is nothing that a live one joins or resembles', async () => {
    const testKey = await here.key(undefined, true);
    const given = {
      url: 'https://veltmoor.example/tried-first',
      text: `Tried first. ${text.replaceAll(' the ', ' that ')}`,
    };
    const test = await articleAt(await throughTheLine(given, testKey));
    const live = await articleAt(await throughTheLine(given));
    expect(live.storyId).not.toBe(test.storyId);
    expect(live.possibleDuplicate?.storyId).not.toBe(test.storyId);
  });

  it('of a test key is not pushed to a source', async () => {
    const answer = await send({ text, sourceId: 'source_1' }, await here.key(undefined, true));
    expect(answer.statusCode).toBe(403);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', {}, ''],
    ['empty text', { text: ' \n\t ' }, '/text'],
    ['a text that no post could say anything of', { text: 'just words' }, '/text'],
    ['two addresses as a headline and a text', { title: 'https://a.example/1', text: 'https://a.example/2' }, '/text'],
    ['binary text', { text: '\u0000\u0001\u0002PNG' }, '/text'],
    ['text and html', { text: 'One.', html: '<p>Two.</p>' }, '/html'],
    ['an address of another kind', { url: 'ftp://example.org/a' }, '/url'],
    ['no address at all', { url: 'ferry' }, '/url'],
    ['an account that is not there', { text: 'One.', accountIds: ['acc_none'] }, '/accountIds/0'],
    ['a language that is none', { text: 'One.', lang: 'english please' }, '/lang'],
    ['text of more than a million characters', { text: 'a'.repeat(1_000_001) }, '/text'],
  ])('%s is refused with the place', async (_what, payload, pointer) => {
    const answer = await send(payload);
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toEqual([expect.objectContaining({ pointer })]);
    expect(problemOf(answer).detail).toMatch(/\.$/);
  });

  it('10 MB of text is refused in one sentence with the limit', async () => {
    const answer = await send({ text: 'a'.repeat(10_000_000) });
    expect(answer.statusCode).toBe(413);
    expect(problemOf(answer).detail).toContain('6 MB');
  });

  it.each([
    ['no JSON', '{"text": ', 'application/json', 400, 'not JSON'],
    ['bytes that are no text', '"\xff\xfe"', 'application/json', 400, 'not UTF-8'],
    ['another type', '<p>Hello</p>', 'text/html', 415, 'not JSON'],
    ['plain text', 'Hello', 'text/plain', 415, 'not JSON'],
    ['a form', 'text=Hello', 'application/x-www-form-urlencoded', 415, 'form'],
    [
      'JSON a thousand levels deep',
      `${'['.repeat(1000)}${']'.repeat(1000)}`,
      'application/json',
      400,
      'deeper than 32',
    ],
    ['a list', '[]', 'application/json', 400, 'must be an object'],
  ])('%s is refused as what it is', async (_what, payload, type, status, words) => {
    const answer = await here.app.inject({
      method: 'POST',
      url: '/v1/articles',
      headers: { ...headers, 'content-type': type },
      payload: Buffer.from(payload, 'latin1'),
    });
    expect(answer.statusCode).toBe(status);
    expect(problemOf(answer).detail).toContain(words);
  });

  it('brackets inside strings are no depth', async () => {
    const answer = await send({ title: 'Brackets', text: `${'[{"'.repeat(50)} said nobody, ever.` });
    expect(answer.statusCode).toBe(202);
  });

  it('a name that would change every object is only a name', async () => {
    const answer = await send('{"text":"One.","__proto__":{"admin":true}}', { 'content-type': 'application/json' });
    expect(answer.statusCode).toBe(400);
    expect(({} as { admin?: true }).admin).toBeUndefined();
  });
});

describe('a preview', () => {
  const preview = (payload: object) => here.app.inject({ method: 'POST', url: '/v1/previews', headers, payload });

  it('shows each network’s post with its length, and stores nothing', async () => {
    const before = (await read('/v1/articles?limit=100')).json<{ data: [] }>().data.length;
    const answer = await preview({ text, title: 'Veltmoor gets a new ferry' });
    expect(answer.statusCode).toBe(200);
    const { posts, article } = answer.json<PreviewView>();
    expect(article.title).toBe('Veltmoor gets a new ferry');
    expect(posts.map((post) => post.network)).toEqual(expect.arrayContaining(['sandbox', 'x']));
    for (const part of posts.flatMap((post) => post.parts)) {
      expect(part.length).toBeGreaterThan(0);
      expect(part.length).toBeLessThanOrEqual(part.max);
    }
    expect((await read('/v1/articles?limit=100')).json<{ data: [] }>().data).toHaveLength(before);
  });

  it('says what of it is out on an account of the network, and is no obstacle', async () => {
    const shown = async () =>
      (await preview({ text, title: 'Veltmoor', networks: ['sandbox'] })).json<PreviewView>().posts[0];
    const first = await shown();
    expect(first?.repeats).toEqual([]);
    const body = { accountIds: [here.sandboxId], text: first?.parts[0]?.text, schedule: 'now' };
    const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload: body });
    const postId = made.json<{ data: [{ id: string }] }>().data[0].id;
    await publish(here.context, { postId, network: 'sandbox' }, new AbortController().signal);
    expect((await shown())?.repeats).toEqual([expect.stringContaining(postId)]);
    const articleId = await throughTheLine({ text, title: 'Veltmoor' });
    const written = (await read(`/v1/posts?article=${articleId}`)).json<{ data: { reason: string | null }[] }>().data;
    expect(written).toMatchObject([{ reason: expect.stringContaining(postId) }]);
  });

  it('is for the networks asked for, and says which there are', async () => {
    const one = await preview({ text, networks: ['sandbox'] });
    expect(one.json<PreviewView>().posts.map((post) => post.network)).toEqual(['sandbox']);
    const none = await preview({ text, networks: ['myspace'] });
    expect(none.statusCode).toBe(404);
    expect(problemOf(none).detail).toContain('sandbox');
  });

  it('of a private address is refused', async () => {
    const answer = await preview({ url: 'http://169.254.169.254/latest/meta-data/' });
    expect(answer.statusCode).toBe(400);
  });

  it('may be asked for 30 times a minute', async () => {
    const own = await here.key(['articles:write']);
    const ask = () =>
      here.app.inject({ method: 'POST', url: '/v1/previews', headers: own, payload: { text, networks: ['sandbox'] } });
    const first = await ask();
    expect(first.headers['ratelimit-policy']).toBe('"preview";q=30;w=60');
    expect(first.headers.ratelimit).toMatch(/^"preview";r=29;t=\d+$/);
    for (let n = 1; n < 30; n++) expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toMatch(/^"preview";r=0;t=\d+$/);
  });
});
