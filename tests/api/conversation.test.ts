import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleView } from '../../src/api/schemas/article.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
let story: string;
let post: PostView;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
  const article = await throughTheLine();
  story = article.storyId ?? '';
  post = (await ask('GET', `/v1/posts?article=${article.id}`)).json<{ data: [PostView] }>().data[0];
});
afterAll(() => here.close());

const text = `The harbour town of Veltmoor will get a new ferry to Ostrand in May, its council decided on Monday.
Mayor Ana Torvald said the boat costs 12 million crowns and carries 300 people.
The old ferry, built in 1974, was out of service for 40 days last winter.
Fishermen at the north quay fear that their berths will have to make way for the new landing stage.`;

function ask(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, more: Record<string, string> = headers) {
  return here.app.inject({ method, url, headers: more, ...(payload === undefined ? {} : { payload }) });
}

async function throughTheLine(): Promise<ArticleView> {
  const title = 'Veltmoor <gets> a new ferry';
  const { id } = (await ask('POST', '/v1/articles', { text, title })).json<{ id: string }>();
  await ingest(here.context, id);
  await summarize(here.context, id);
  await compose(here.context, id);
  return (await ask('GET', `/v1/articles/${id}`)).json<ArticleView>();
}

describe('comments on a story', () => {
  it('are kept in the order in which they were made, with who made them', async () => {
    for (const said of ['Is the price confirmed?', 'Yes, by the council.']) {
      expect((await ask('POST', `/v1/stories/${story}/comments`, { text: said })).statusCode).toBe(201);
    }
    const first = (await ask('GET', `/v1/stories/${story}/comments?limit=1`)).json<{ nextCursor: string }>();
    const rest = await ask('GET', `/v1/stories/${story}/comments?cursor=${first.nextCursor}`);
    expect(first).toMatchObject({
      data: [{ text: 'Is the price confirmed?', author: expect.stringMatching(/^key_/) }],
    });
    expect(rest.json()).toMatchObject({ data: [{ text: 'Yes, by the council.' }], nextCursor: null });
  });

  it('need a story and words', async () => {
    expect(problemOf(await ask('POST', `/v1/stories/${story}/comments`, { text: ' ' })).status).toBe(400);
    expect(problemOf(await ask('POST', '/v1/stories/story_nowhere/comments', { text: 'Hello.' })).status).toBe(404);
    for (const list of ['comments', 'shares'])
      expect(problemOf(await ask('GET', `/v1/stories/story_nowhere/${list}`))).toMatchObject({
        status: 404,
        detail: 'There is no story story_nowhere.',
      });
  });
});

describe('a link to a story', () => {
  it('shows its posts to anybody who has it, until it is taken back', async () => {
    const made = (await ask('POST', `/v1/stories/${story}/shares`, {})).json<{ id: string; path: string }>();
    const page = await ask('GET', made.path, undefined, {});
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Veltmoor &#60;gets&#62; a new ferry');
    expect(page.body).toContain(post.parts[0]?.text.split('\n')[0]?.slice(0, 40));
    expect(page.body).toContain('not published');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
    const listed = (await ask('GET', `/v1/stories/${story}/shares`)).json<{ data: object[] }>().data;
    expect(listed).toMatchObject([{ id: made.id }]);
    expect(JSON.stringify(listed)).not.toContain(made.path.split('/').at(-1));

    expect((await ask('DELETE', `/v1/shares/${made.id}`)).statusCode).toBe(204);
    expect((await ask('GET', made.path, undefined, {})).statusCode).toBe(410);
    expect((await ask('DELETE', `/v1/shares/${made.id}`)).statusCode).toBe(404);
  });

  it('works for a week at most', async () => {
    const problem = problemOf(await ask('POST', `/v1/stories/${story}/shares`, { hours: 169 }));
    expect(problem.errors).toMatchObject([{ pointer: '/hours', message: 'must be from 1 to 168' }]);
  });

  it('is told once: the same request sent again answers without it', async () => {
    const again = { ...headers, 'idempotency-key': 'share-once' };
    const first = (await ask('POST', `/v1/stories/${story}/shares`, { hours: 1 }, again)).json();
    const second = (await ask('POST', `/v1/stories/${story}/shares`, { hours: 1 }, again)).json();
    expect(second).toEqual({ ...first, path: null });
  });
});

describe('the master text of a story', () => {
  it('is written against the version that was seen, so that nobody writes over another', async () => {
    const put = (text: string | null, version: number) =>
      here.app.inject({
        method: 'PUT',
        url: `/v1/stories/${story}/master`,
        headers: { ...headers, 'if-match': `"${version}"` },
        payload: { text },
      });
    expect((await ask('GET', `/v1/stories/${story}`)).json()).toMatchObject({ master: null, masterVersion: 0 });
    expect((await put('Veltmoor gets its ferry.', 0)).json()).toMatchObject({ masterVersion: 1 });
    expect(problemOf(await put('Veltmoor has no ferry.', 0))).toMatchObject({ status: 412 });
    expect((await put(null, 1)).json()).toMatchObject({ master: null, masterVersion: 2 });
    const without = await here.app.inject({
      method: 'PUT',
      url: `/v1/stories/${story}/master`,
      headers,
      payload: { text: 'x' },
    });
    expect(problemOf(without).status).toBe(428);
  });
});

describe('a text that is written anew', () => {
  const said = ({ parts }: PostView): string => parts.map((part) => part.text).join('\n');
  const current = async (): Promise<PostView> => (await ask('GET', `/v1/posts/${post.id}`)).json<PostView>();
  const rewrite = (how: string) => ask('POST', `/v1/posts/${post.id}/rewrite`, { how });

  it('is shorter where that is asked for, and back in review', async () => {
    const before = await current();
    await ask('POST', `/v1/posts/${post.id}/approve`, {});
    const after = (await rewrite('shorter')).json<PostView>();
    expect(said(after).length).toBeLessThan(said(before).length);
    expect(after).toMatchObject({ state: 'in_review', revision: before.revision + 1, approvedBy: null });
  });

  it('says another sentence of the article', async () => {
    const before = said(await current());
    const after = said((await rewrite('other-sentence')).json<PostView>());
    const sentences = text.split('\n');
    const begin = (whole: string): number => sentences.findIndex((one) => whole.includes(one.slice(0, 24)));
    expect(begin(after)).not.toBe(begin(before));
    expect(begin(after)).toBeGreaterThanOrEqual(0);
  });

  it('is refused for a text that came without an article', async () => {
    const [ready] = (await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text: 'Hello.' })).json<{
      data: [PostView];
    }>().data;
    const problem = problemOf(await ask('POST', `/v1/posts/${ready.id}/rewrite`, { how: 'shorter' }));
    expect(problem).toMatchObject({ status: 409, detail: expect.stringMatching(/ready text/) });
  });
});
