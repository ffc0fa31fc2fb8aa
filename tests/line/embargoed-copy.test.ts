import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { requestArticle, rereadArticle } from '../../src/pipeline/ingest.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { tellApart } from '../../src/pipeline/tell-apart.ts';
import { listAccounts } from '../../src/store/account.ts';
import { articleRequest, getArticle } from '../../src/store/article.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { getStory } from '../../src/store/story.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { pageOf, plainStory, runLine, startPaper, story } from './newsroom.ts';

/** An article that is handed in again while its story is under embargo, and becomes a story of its own. */

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
});
afterAll(() => at[Symbol.asyncDispose]());

const ends = (): Date => new Date(Date.now() + 3_600_000);
async function read(request: object): Promise<string> {
  const { articleId } = await requestArticle(at.context, articleRequest.parse(request), 'ed');
  await runLine(at.context);
  return articleId;
}
async function handIn(request: object): Promise<PostRow & { articleId: string }> {
  const articleId = await read(request);
  const [post] = await at.context.database.many(
    postRow,
    `SELECT ${postColumns} FROM ${postFrom} WHERE post.article_id = $1`,
    [articleId],
  );
  if (post === undefined) throw new Error('It has no post.');
  return { ...post, articleId };
}
/** Now, whatever it was to wait for. */
async function send({ id }: PostRow): Promise<PostRow> {
  await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [id]);
  await publish(at.context, { postId: id, network: 'sandbox' }, new AbortController().signal);
  return (await getPost(at.context.database, id)) as PostRow;
}
const embargo = (post: PostRow, embargoUntil: Date | null) =>
  editStory(at.context, post.storyId ?? '', { embargoUntil }, 'ed');

it('keeps the copies back, says so, and lets out the one that a person has told apart', async () => {
  const [text, url] = [plainStory('Aldersund'), 'https://aldersund.example/bridge'];
  const first = await handIn({ title: 'Aldersund rebuilds its bridge', text, url });
  const until = ends();
  await embargo(first, until);
  const copies = [
    await handIn({ title: 'Aldersund rebuilds its bridge', text }),
    await handIn({ title: 'Aldersund rebuilds its bridge', text, url: `${url}?v=2` }),
    await handIn({ title: 'A bridge for the town', text }),
  ];
  for (const copy of copies) {
    expect(copy).toMatchObject({ state: 'in_review', reason: expect.stringContaining(until.toISOString()) });
    expect(copy.storyId).not.toBe(first.storyId);
    // Other words than those of the embargoed post: what is told is enough.
    await at.context.database.run(
      `UPDATE standfirst.post_revision SET parts = jsonb_set(parts, '{0,text}', to_jsonb('Words of my own: ' || post_id)), link = NULL WHERE post_id = $1`,
      [copy.id],
    );
    await approve(at.context, copy.id, null, 'now', 'ed');
    expect(await send(copy)).toMatchObject({ state: 'scheduled', wakeAt: until });
  }
  const [one, ...others] = copies as [(typeof copies)[number]];
  await tellApart(at.context, one.articleId, 'ed');
  const woken = await getPost(at.context.database, one.id);
  expect(woken?.wakeAt).toEqual(woken?.dueAt);
  expect(await send(one)).toMatchObject({ state: 'published' });
  for (const other of others) expect(await send(other)).toMatchObject({ state: 'scheduled', wakeAt: until });
  await embargo(first, null);
  for (const other of others) expect(await send(other)).toMatchObject({ state: 'published' });
});

it('keeps back what was handed in before the story under embargo came, until a person has told the two apart', async () => {
  const text = plainStory('Jarvika');
  const early = await handIn({ title: 'Jarvika sells its ship', text });
  await at.context.database.run(
    `UPDATE standfirst.post_revision SET parts = jsonb_set(parts, '{0,text}', '"Words of my own, not those of the other."'), link = NULL WHERE post_id = $1`,
    [early.id],
  );
  await approve(at.context, early.id, null, { at: new Date(Date.now() + 60_000) }, 'ed');
  const until = ends();
  const late = await handIn({ title: 'Jarvika sells its ship', text, embargoUntil: until.toISOString() });
  expect(late.storyId).not.toBe(early.storyId);
  expect(await send(early)).toMatchObject({ state: 'scheduled', wakeAt: until });
  await tellApart(at.context, late.articleId, 'ed');
  const woken = await getPost(at.context.database, early.id);
  expect(woken?.wakeAt).toEqual(woken?.dueAt);
  expect(await send(early)).toMatchObject({ state: 'published' });
});

it('keeps back what waits already, where the embargo of its copy is set later, and lets it out where that is lifted', async () => {
  const text = plainStory('Kallvik');
  const early = await handIn({ title: 'Kallvik buys a ship', text });
  const late = await handIn({ title: 'Kallvik buys a ship', text });
  await approve(at.context, early.id, null, { at: new Date(Date.now() + 60_000) }, 'ed');
  const until = ends();
  await embargo(late, until);
  expect(await send(early)).toMatchObject({ state: 'scheduled', wakeAt: until });
  await embargo(late, null);
  expect(await send(early)).toMatchObject({ state: 'published' });
});

it('keeps back a ready text with the link of a story that came after it under embargo, or the words of its post', async () => {
  const { database } = at.context;
  const [url, text] = ['https://lomsund.example/quay', plainStory('Lomsund')];
  const [sandbox] = await listAccounts(database);
  const ready = async (words: string, link: string | null): Promise<PostRow> => {
    const parts = [{ text: words, media: [], card: null }];
    const schedule = { at: new Date(Date.now() + 60_000) };
    return (
      await createPosts(at.context, { parts, link, accountIds: [sandbox?.id ?? ''], schedule }, 'ed')
    )[0] as PostRow;
  };
  const linking = await ready('Here it is in full.', url);
  const until = ends();
  const own = await handIn({ title: 'Lomsund mends its quay', text, url, embargoUntil: until.toISOString() });
  expect(await send(linking)).toMatchObject({ state: 'scheduled', wakeAt: until });
  await embargo(own, null);
  const saying = await ready(own.parts[0]?.text ?? '', null);
  await embargo(own, until);
  expect(await send(saying)).toMatchObject({ state: 'scheduled', wakeAt: until });
});

it('keeps nothing back for a story that is like one under embargo no more than by its subject', async () => {
  const first = await handIn({ title: 'Brekke opens its baths', text: plainStory('Brekke') });
  await embargo(first, ends());
  const other = await handIn({ title: 'Carlow opens its market', text: plainStory('Carlow') });
  await approve(at.context, other.id, null, 'now', 'ed');
  expect(await send(other)).toMatchObject({ state: 'published' });
});

it('is there with the story where the article is handed in under one, and its posts wait for the end of it', async () => {
  const until = ends();
  const text = plainStory('Dunvik');
  const first = await handIn({ title: 'Dunvik names its mayor', text, embargoUntil: until.toISOString() });
  await approve(at.context, first.id, null, 'now', 'ed');
  expect(await send(first)).toMatchObject({ state: 'scheduled' });
  expect((await getStory(at.context.database, first.storyId ?? ''))?.embargoUntil).toEqual(until);
  // A copy that is handed in without one waits with it, and one that is over opens nothing.
  const copy = await handIn({ title: 'Dunvik names its mayor', text, embargoUntil: '2020-01-01T00:00:00Z' });
  await approve(at.context, copy.id, null, 'now', 'ed');
  expect(await send(copy)).toMatchObject({ state: 'scheduled', wakeAt: until });
  await embargo(first, null);
  for (const post of [first, copy]) expect(await send(post)).toMatchObject({ state: 'published' });
});

it('of an article is on a story that is there already, and never shortens the one it has', async () => {
  const [title, url] = ['Eidsund closes its ferry', 'https://eidsund.example/ferry'];
  const text = plainStory('Eidsund');
  const first = await handIn({ title, url, text });
  const own = async () => (await getStory(at.context.database, first.storyId ?? ''))?.embargoUntil;
  const [later, sooner] = [ends(), new Date(Date.now() + 60_000)];
  await read({ title, url, text: `${text} It is old.`, embargoUntil: later.toISOString() });
  expect(await own()).toEqual(later);
  await read({ title, url, text: `${text} It is very old.`, embargoUntil: sooner.toISOString() });
  expect(await own()).toEqual(later);
  await approve(at.context, first.id, null, 'now', 'ed');
  expect(await send(first)).toMatchObject({ state: 'scheduled' });
});

it('of an article is not set anew where its page is read again after a person has lifted it', async () => {
  await using paper = await startPaper();
  paper.pages.set('/hamnvik', pageOf('Hamnvik opens its harbour', story('Hamnvik')));
  const url = `${paper.url}/hamnvik`;
  const first = await handIn({ url, embargoUntil: ends().toISOString() });
  await embargo(first, null);
  paper.pages.set('/hamnvik', pageOf('Hamnvik opens its harbour', `${story('Hamnvik')}<p>It is open now.</p>`));
  const { articleId } = await rereadArticle(at.context, first.articleId, 'ed');
  await runLine(at.context);
  expect(await getArticle(at.context.database, articleId)).toMatchObject({ state: 'ready', storyId: first.storyId });
  expect((await getStory(at.context.database, first.storyId ?? ''))?.embargoUntil).toBeNull();
});

it('of an article is kept by a worker of the version before too, which writes it down without a word of that', async () => {
  const { database } = at.context;
  const until = ends();
  const asked = articleRequest.parse({
    title: 'Fjelby',
    text: plainStory('Fjelby'),
    embargoUntil: until.toISOString(),
  });
  const { articleId } = await requestArticle(at.context, asked, 'ed');
  await database.run(`INSERT INTO standfirst.story (id, title) VALUES ('story_fjelby', 'Fjelby')`);
  await database.run(`UPDATE standfirst.article SET state = 'ready', story_id = 'story_fjelby' WHERE id = $1`, [
    articleId,
  ]);
  expect((await getStory(database, 'story_fjelby'))?.embargoUntil).toEqual(until);
});

it('of more than ten years is refused', async () => {
  const asked = articleRequest.parse({ text: plainStory('Gausel'), embargoUntil: '2099-01-01T00:00:00Z' });
  await expect(requestArticle(at.context, asked, 'ed')).rejects.toThrow('more than ten years away');
});
