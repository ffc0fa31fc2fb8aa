import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { requestArticle } from '../../src/pipeline/ingest.ts';
import { promote } from '../../src/pipeline/sources.ts';
import { articleRequest, getArticle } from '../../src/store/article.ts';
import { pageStories } from '../../src/store/story-list.ts';
import { serve } from '../http/loopback.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { addFeed, logOf, pageOf, readNow, runLine, plainStory, startPaper, story } from './newsroom.ts';
import type { FeedEntry, Paper } from './newsroom.ts';

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
});
afterAll(() => at[Symbol.asyncDispose]());

const stories = () => pageStories(at.context.database, null, null, { limit: 1000, after: null });

/** A source after its first, empty reading. */
async function open(paper: Paper, path: string, settings: object = { text: 'feed' }): Promise<string> {
  paper.items = [];
  const { id } = await addFeed(at.context, paper, { ...settings }, path);
  await readNow(at.context, id);
  return id;
}

/** What a source made of these items: outcomes by title. */
async function take(paper: Paper, id: string, items: FeedEntry[]): Promise<Record<string, string>> {
  paper.items = items;
  await readNow(at.context, id);
  await runLine(at.context);
  return Object.fromEntries((await logOf(at.context, id)).map((row) => [row.title, row.outcome]));
}

it('makes one story of what two feeds bring under one address, whatever its dress', async () => {
  await using paper = await startPaper();
  const [one, other] = [await open(paper, '/feed1.xml'), await open(paper, '/feed2.xml')];
  const before = (await stories()).length;
  const item = { title: 'Ardal votes', content: story('Ardal'), guid: 'a', link: 'https://ardal.example/news/vote' };
  expect(await take(paper, one, [item])).toEqual({ 'Ardal votes': 'accepted' });
  const dressed = [
    'https://www.ardal.example/news/vote?utm_source=rss',
    'https://m.ardal.example/news/vote/',
    'https://ardal.example/news/vote/amp',
    'http://ardal.example/news/vote#comments',
  ];
  expect(await take(paper, other, [{ ...item, link: dressed[0] ?? '', guid: 'other', title: 'Copy 0' }])).toEqual({
    'Copy 0': 'duplicate',
  });
  for (const [n, link] of dressed.entries())
    await take(paper, one, [{ ...item, link, guid: `again-${n}`, title: `Again ${n}` }]);
  expect(await logOf(at.context, one)).toHaveLength(1);
  expect(await stories()).toHaveLength(before + 1);
});

it('knows a copy under another headline at another outlet, and posts it no second time', async () => {
  await using paper = await startPaper();
  const [own, wire] = [await open(paper, '/feed1.xml'), await open(paper, '/feed2.xml')];
  const text = story('Bjornsund');
  await take(paper, own, [{ title: 'Bjornsund rebuilds its mole', content: text, link: 'https://own.example/mole' }]);
  const before = (await stories()).length;
  const copy = { title: 'Millions for a harbour', content: text, link: 'https://wire.example/4711' };
  expect(await take(paper, wire, [copy])).toEqual({ 'Millions for a harbour': 'duplicate' });
  const [log] = await logOf(at.context, wire);
  expect(log).toMatchObject({
    storyId: expect.stringMatching(/^story_/),
    detail: expect.stringContaining('It tells the same story'),
  });
  expect(await stories()).toHaveLength(before);
  expect((await stories())[0]).toMatchObject({ id: log?.storyId, copies: 1, posts: { in_review: 1 } });

  // A person may know better: then it stands by itself, and says what it is like.
  const { articleId } = await promote(at.context, log?.id ?? '', 'test');
  await runLine(at.context);
  const article = await getArticle(at.context.database, articleId);
  expect(article).toMatchObject({ state: 'ready', possibleDuplicate: { storyId: log?.storyId } });
  expect(article?.storyId).not.toBe(log?.storyId);
});

it('follows a redirect, and the address that a page calls its own, to the story that is there', async () => {
  await using paper = await startPaper();
  const id = await open(paper, '/feed1.xml', {});
  paper.pages.set('/final', pageOf('Corvik opens its museum', story('Corvik')));
  await take(paper, id, [{ title: 'Corvik opens its museum', guid: 'c1', link: `${paper.url}/final` }]);
  const before = (await stories()).length;
  await using short = await startPaper();
  short.pages.set(
    '/go',
    pageOf('x', '', `<meta http-equiv="refresh" content="0"><link rel="canonical" href="${paper.url}/final">`),
  );
  short.pages.set(
    '/go',
    pageOf('Corvik opens its museum', story('Corvik'), `<link rel="canonical" href="${paper.url}/final">`),
  );
  const outcomes = await take(paper, id, [{ title: 'Again', guid: 'c2', link: `${short.url}/go` }]);
  expect(outcomes['Again']).toBe('duplicate');
  await using moved = await serve((_, response) => response.writeHead(302, { location: `${paper.url}/final` }).end());
  const redirected = await take(paper, id, [{ title: 'By redirect', guid: 'c3', link: `${moved.url}/old` }]);
  expect(redirected['By redirect']).toBe('duplicate');
  expect(await stories()).toHaveLength(before);
});

it('does not make one story of all pages that call the home page their canonical address', async () => {
  await using paper = await startPaper();
  const id = await open(paper, '/feed1.xml', {});
  const before = (await stories()).length;
  const home = `<link rel="canonical" href="${paper.url}/">`;
  for (const name of ['Dunmoor', 'Eskil', 'Farrow'])
    paper.pages.set(`/${name}`, pageOf(`News of ${name}`, story(name), home));
  const items = ['Dunmoor', 'Eskil', 'Farrow'].map((name) => ({
    title: name,
    guid: name,
    link: `${paper.url}/${name}`,
  }));
  expect(await take(paper, id, items)).toEqual({ Dunmoor: 'accepted', Eskil: 'accepted', Farrow: 'accepted' });
  expect(await stories()).toHaveLength(before + 3);
});

it('leaves it to a person where two are alike and no more', async () => {
  await using paper = await startPaper();
  const id = await open(paper, '/feed1.xml');
  const paragraphs = (name: string) =>
    story(name)
      .split('</p>')
      .filter(Boolean)
      .map((text) => `${text}</p>`);
  const [gellin, hallig] = [paragraphs('Gellin'), paragraphs('Hallig')];
  const items = [
    { title: 'Gellin and its market', content: gellin.join(''), link: 'https://one.example/g' },
    {
      title: 'A day at Hallig',
      content: [...gellin.slice(0, 2), ...hallig.slice(0, 5)].join(''),
      link: 'https://two.example/h',
    },
  ];
  expect(await take(paper, id, items.slice(0, 1))).toEqual({ 'Gellin and its market': 'accepted' });
  expect(await take(paper, id, items)).toMatchObject({ 'A day at Hallig': 'accepted' });
  const log = await logOf(at.context, id);
  const [alike, first] = ['A day at Hallig', 'Gellin and its market'].map((title) =>
    log.find((row) => row.title === title),
  );
  const article = await getArticle(at.context.database, alike?.articleId ?? '');
  expect(article?.possibleDuplicate).toEqual({
    storyId: first?.storyId,
    why: expect.stringMatching(/^\d+ % of the shorter text/),
    isAnother: false,
  });
  expect(article?.storyId).not.toBe(first?.storyId);
});

it('keeps two reports of one site apart that share all but their headlines and a sentence', async () => {
  await using paper = await startPaper();
  const id = await open(paper, '/feed1.xml');
  const entry = (guid: string, title: string): FeedEntry => ({
    guid,
    title,
    content: `<p>${title}, the count of Tuesday night shows.</p>${story('Jorvale')}`,
    link: `https://jorvale.example/${guid}`,
  });
  const [quist, berg] = [entry('q', 'Marta Quist takes Norvik'), entry('b', 'Jonas Berg wins Eastmoor')];
  await take(paper, id, [quist]);
  expect(await take(paper, id, [quist, berg])).toEqual({ [quist.title]: 'accepted', [berg.title]: 'accepted' });
  const [second, first] = await logOf(at.context, id);
  expect(second).toMatchObject({ title: berg.title, detail: null });
  expect(second?.storyId).not.toBe(first?.storyId);
  const article = await getArticle(at.context.database, second?.articleId ?? '');
  expect(article).toMatchObject({ revision: 1, possibleDuplicate: { storyId: first?.storyId } });
  const posts = await at.context.database.many(
    z.object({ storyId: z.string(), revision: z.number(), state: z.string() }),
    `SELECT story_id AS "storyId", revision, state FROM standfirst.post WHERE story_id = ANY ($1) ORDER BY id`,
    [[first?.storyId, second?.storyId]],
  );
  expect(posts).toEqual([first, second].map((row) => ({ storyId: row?.storyId, revision: 1, state: 'in_review' })));
});

it('says in the log which story an item became a revision of, and why', async () => {
  await using paper = await startPaper();
  const id = await open(paper, '/feed1.xml');
  const entry = {
    guid: 'k',
    title: 'Kelby drains its dock',
    content: story('Kelby'),
    link: 'https://kelby.example/dock',
  };
  await take(paper, id, [entry]);
  const [first] = await logOf(at.context, id);
  expect(first).toMatchObject({ outcome: 'accepted', detail: null });
  // Handed out again: another guid, another address, a sentence more.
  const again = {
    ...entry,
    guid: 'k2',
    link: 'https://kelby.example/dock-2',
    content: `${entry.content}<p>It is dry now.</p>`,
  };
  await take(paper, id, [entry, again]);
  const [second] = await logOf(at.context, id);
  expect(second).toMatchObject({ guid: 'k2', outcome: 'accepted', storyId: first?.storyId });
  expect(second?.detail).toMatch(new RegExp(`^It is revision 2 of ${first?.storyId}: \\d+ % of the shorter text`));
  // Other words of the item itself.
  await take(paper, id, [again, { ...entry, content: `${again.content}<p>Boats come back in May.</p>` }]);
  const changed = (await logOf(at.context, id)).find(({ guid }) => guid === 'k');
  expect(changed?.detail).toBe(`It is revision 3 of ${first?.storyId}: its source calls it the same item.`);
});

it('takes what a person hands in twice for a deliberate act, and says that it may be a duplicate', async () => {
  const text = plainStory('Ilmen');
  const request = articleRequest.parse({ text, title: 'Ilmen by hand' });
  const first = await requestArticle(at.context, request, 'test');
  const second = await requestArticle(at.context, request, 'test');
  await runLine(at.context);
  const [one, two] = [
    await getArticle(at.context.database, first.articleId),
    await getArticle(at.context.database, second.articleId),
  ];
  expect(two).toMatchObject({ state: 'ready', possibleDuplicate: { storyId: one?.storyId } });
});
