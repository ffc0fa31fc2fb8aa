import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleView } from '../../src/api/schemas/article.ts';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import type { CorrectionView } from '../../src/api/schemas/correction.ts';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { carryOut } from '../../src/pipeline/carry-out.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { pageOf, runLine, startPaper, story } from '../line/newsroom.ts';
import type { Paper } from '../line/newsroom.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Installation } from './installation.ts';

let here: Installation;
let paper: Paper;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }, { hostFloorMs: 0 });
  paper = await startPaper();
  headers = await here.key();
});
afterAll(async () => {
  await here.close();
  await paper[Symbol.asyncDispose]();
});

const get = async <T>(url: string): Promise<T> => (await here.app.inject({ url, headers })).json<T>();
const send = (url: string, payload: object = {}, as = headers) =>
  here.app.inject({ method: 'POST', url, headers: as, payload });
const say = (path: string, headline: string): void =>
  void paper.pages.set(path, pageOf(headline, story(`${path} ${headline}`)));

/** An article of the paper, read. */
async function read(path: string): Promise<ArticleView> {
  say(path, `The ${path.slice(1)} opens`);
  const taken = await send('/v1/articles', { url: `${paper.url}${path}` });
  expect(taken.statusCode).toBe(202);
  await runLine(here.context);
  return get<ArticleView>(taken.headers['location'] as string);
}

/** An article whose post is out, and what it says now: a correction waits for a person. */
async function raise(path: string): Promise<{ correction: CorrectionView; postId: string }> {
  const { id, storyId } = await read(path);
  const { data } = await get<{ data: PostView[] }>(`/v1/posts?story=${storyId}`);
  const postId = data[0]?.id ?? '';
  expect((await send(`/v1/posts/${postId}/approve`, { schedule: 'now' })).statusCode).toBe(200);
  await publish(here.context, { postId, network: 'sandbox' }, new AbortController().signal);
  expect((await get<PostView>(`/v1/posts/${postId}`)).state).toBe('published');
  say(path, `The ${path.slice(1)} stays closed`);
  await send(`/v1/articles/${id}/reread`);
  await runLine(here.context);
  const { data: open } = await get<{ data: CorrectionView[] }>('/v1/corrections?state=open');
  const correction = open.find((one) => one.storyId === storyId);
  if (correction === undefined) throw new Error('no correction was raised');
  return { correction, postId };
}

const unfinished = async (): Promise<string[]> =>
  (await get<{ data: CorrectionView[] }>('/v1/corrections?state=unfinished')).data.map(({ id }) => id);

/** Sends what answers or replaces the wrong post of a correction. */
async function publishRight(id: string): Promise<void> {
  const [post] = (await get<CorrectionView>(`/v1/corrections/${id}`)).posts;
  const right = { postId: post?.newPostId ?? '', network: 'sandbox' };
  await publish(here.context, right, new AbortController().signal);
}

const changesOf = async (action: string, subject: string): Promise<AuditView['changes']> =>
  (await get<{ data: AuditView[] }>(`/v1/audit?action=${action}&subject=${subject}`)).data[0]?.changes ?? null;

describe('an article that is read again', () => {
  it('answers with the revision that is read now, and where to look', async () => {
    const first = await read('/mill');
    say('/mill', 'The mill stays closed');
    const again = await send(`/v1/articles/${first.id}/reread`);
    const { id, href } = again.json<{ id: string; href: string }>();
    expect([again.statusCode, again.headers['location']]).toEqual([202, href]);
    await runLine(here.context);
    const next = await get<ArticleView>(href);
    expect(next).toMatchObject({ id, state: 'ready', title: 'The mill stays closed', storyId: first.storyId });
    expect(id).not.toBe(first.id);
  });

  it('is one that has a page: handed in as text it is handed in anew', async () => {
    const text =
      'The bridge opens on Monday, the council said. It has been closed since the spring flood of last year.';
    const { id } = (
      await send('/v1/articles', { url: 'https://tarn.example/1', title: 'The bridge opens', text })
    ).json<{
      id: string;
    }>();
    const refused = problemOf(await send(`/v1/articles/${id}/reread`));
    expect([refused.status, refused.detail]).toEqual([
      409,
      `Article ${id} was handed in as text: hand in the new text.`,
    ]);
    const unknown = problemOf(await send(`/v1/articles/art_01890000-0000-7000-8000-000000000000/reread`));
    expect(unknown.status).toBe(404);
  });

  it('is not read by a test key, which reaches nothing outside', async () => {
    const { id } = await read('/weir');
    expect((await send(`/v1/articles/${id}/reread`, {}, await here.key(undefined, true))).statusCode).toBe(403);
  });
});

describe('a correction', () => {
  it('names each post that is out, what it would say, and what its network can do', async () => {
    const { correction, postId } = await raise('/ferry');
    expect(correction).toMatchObject({
      state: 'open',
      storyTitle: 'The ferry stays closed',
      chosenBy: null,
      posts: [{ postId, network: 'sandbox', state: 'open', choice: null, problem: null, newPostId: null }],
    });
    const [post] = correction.posts;
    expect(post?.texts.join()).toContain('stays closed');
    expect(post?.plan).toBe(post?.options[0]);
    expect(await get(`/v1/corrections/${correction.id}`)).toEqual(correction);
  });

  it('is carried out once by one call, by its plan, and says what became of each post', async () => {
    const { correction, postId } = await raise('/tower');
    const url = `/v1/corrections/${correction.id}`;
    const decided = await send(`${url}/carry-out`);
    expect([decided.statusCode, decided.headers['location']]).toEqual([202, url]);
    expect(decided.json<CorrectionView>()).toMatchObject({
      state: 'carrying-out',
      chosenBy: expect.stringMatching(/^key_/),
    });
    // Asked again while it runs, and after.
    expect((await send(`${url}/carry-out`)).statusCode).toBe(202);
    expect(await unfinished()).toContain(correction.id);
    await carryOut(here.context, correction.id);
    await publishRight(correction.id);
    expect(await unfinished()).not.toContain(correction.id);
    expect((await send(`${url}/carry-out`)).statusCode).toBe(202);
    await carryOut(here.context, correction.id);
    const done = await get<CorrectionView>(url);
    expect(done).toMatchObject({ state: 'done', doneAt: expect.any(String), posts: [{ postId, state: 'done' }] });
    const { data } = await get<{ data: CorrectionView[] }>('/v1/corrections?state=open');
    expect(data.map(({ id }) => id)).not.toContain(correction.id);
  });

  it('takes other words and another way, and says every fault of what was chosen at once', async () => {
    const { correction, postId } = await raise('/quarry');
    const url = `/v1/corrections/${correction.id}/carry-out`;
    const choices = [
      { postId: 'post_01890000-0000-7000-8000-000000000000' },
      { postId, choice: 'reply', texts: ['long '.repeat(20_000)] },
    ];
    const refused = problemOf(await send(url, { choices }));
    expect(refused.status).toBe(400);
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(['/choices/0/postId', '/choices/1/texts']);
    const decided = await send(url, { choices: [{ postId, choice: 'reply', texts: ['The quarry stays closed.'] }] });
    expect(decided.statusCode).toBe(202);
    await carryOut(here.context, correction.id);
    const done = await get<CorrectionView>(`/v1/corrections/${correction.id}`);
    const answer = await get<PostView>(`/v1/posts/${done.posts[0]?.newPostId}`);
    expect(answer.parts.map(({ text }) => text)).toEqual(['The quarry stays closed.']);
    expect(await changesOf('correction.decided', correction.id)).toEqual([
      { field: 'state', before: 'open', after: 'carrying-out' },
      {
        field: postId,
        before: { choice: null, texts: correction.posts[0]?.texts },
        after: { choice: 'reply', texts: ['The quarry stays closed.'] },
      },
    ]);
    expect(await changesOf('correction.done', correction.id)).toEqual([
      { field: 'state', before: 'carrying-out', after: 'done' },
    ]);
    const changed = problemOf(await send(url, { choices: [{ postId, choice: 'leave' }] }));
    expect([changed.status, changed.detail]).toEqual([409, `Post ${postId} is corrected already by: reply.`]);
  });

  it('is unfinished until the post that answers or replaces the wrong one is out', async () => {
    const { correction, postId } = await raise('/pier');
    await send(`/v1/corrections/${correction.id}/carry-out`, { choices: [{ postId, choice: 'reply' }] });
    await carryOut(here.context, correction.id);
    const [waits] = (await get<CorrectionView>(`/v1/corrections/${correction.id}`)).posts;
    expect(waits).toMatchObject({ state: 'done', newPostState: 'scheduled' });
    expect(await unfinished()).toContain(correction.id);
    await publishRight(correction.id);
    const [out] = (await get<CorrectionView>(`/v1/corrections/${correction.id}`)).posts;
    expect(out?.newPostState).toBe('published');
    expect(await unfinished()).not.toContain(correction.id);
  });

  it('shows in the audit the text that was out and is, and what was taken off its network', async () => {
    const { postId } = await raise('/foundry');
    const url = `/v1/posts/${postId}`;
    const out = await get<PostView>(url);
    const corrected = await send(`${url}/correct`, { text: 'The foundry stays closed.' }, await here.key());
    expect(corrected.statusCode, corrected.body).toBe(200);
    expect(await changesOf('post.corrected', postId)).toEqual([
      { field: 'text', before: out.parts[0]?.text, after: 'The foundry stays closed.' },
      { field: 'approvedBy', before: out.approvedBy, after: corrected.json<PostView>().approvedBy },
    ]);
    const { data } = await get<{ data: AuditView[] }>(`/v1/audit?action=post.corrected&subject=${postId}`);
    const { revisions } = await get<PostDetail>(url);
    const hashes = [1, 2].map((n) => revisions.find((one) => one.n === n)?.hash);
    expect([data[0]?.before, data[0]?.after]).toEqual(hashes);
    const removed = await send(`${url}/remove`, { reason: 'Retracted.' });
    expect(await changesOf('post.removed', postId)).toEqual([
      { field: 'removedAt', before: null, after: removed.json<PostView>().removedAt },
      { field: 'reason', before: null, after: 'Retracted.' },
    ]);
  });

  it('is decided by who may approve, and not by a test key', async () => {
    const { correction } = await raise('/chapel');
    const url = `/v1/corrections/${correction.id}/carry-out`;
    const writer = await here.key(['posts:read', 'posts:publish']);
    const refused = problemOf(await send(url, {}, writer));
    expect([refused.status, refused.detail]).toEqual([403, expect.stringContaining('posts:approve')]);
    expect((await send(url, {}, await here.key(undefined, true))).statusCode).toBe(403);
    expect((await get<CorrectionView>(`/v1/corrections/${correction.id}`)).state).toBe('open');
  });
});
