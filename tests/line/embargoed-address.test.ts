import { afterAll, beforeAll, expect, it } from 'vitest';
import { keysOfUrl } from '../../src/pipeline/place.ts';
import { shownEmbargo } from '../../src/pipeline/shown-embargo.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { addStoryKeys, insertStory } from '../../src/store/story-likeness.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** Ways to write, or to carry, the address of a story under embargo so that a reader gets to it all the same. */

const ADDRESS = 'https://www.paper.example/News/ferry-1';
const CODED = encodeURIComponent(ADDRESS);
let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
  const { database, io } = at.context;
  const id = io.id('story');
  await insertStory(database, { id, title: 'The ferry', url: ADDRESS, urgency: 'normal' });
  await addStoryKeys(database, id, keysOfUrl(ADDRESS));
  await editStory(at.context, id, { embargoUntil: new Date(Date.now() + 3_600_000) }, 'ed');
});
afterAll(() => at[Symbol.asyncDispose]());

const shown = (link: string): Promise<Date | null> =>
  shownEmbargo(at.context.database, {
    postId: 'post_none',
    network: 'sandbox',
    link,
    parts: [{ text: 'It sails.', media: [], card: null }],
  });

it.each([
  ADDRESS,
  'https://paper.example/news/FERRY-1',
  `${ADDRESS};jsessionid=1A2B`,
  `${ADDRESS};v=1/?page=2`,
  `${ADDRESS}%20`,
  `${ADDRESS},`,
  `${ADDRESS}%2F`,
  `${ADDRESS}).`,
  'https://www.paper.example:8443/News/ferry-1',
  `https://l.facebook.com/l.php?u=${CODED}&h=AT0`,
  `https://out.example/?to=${encodeURIComponent(CODED)}`,
  `https://www.google.example/url?q=${encodeURIComponent(`https://l.facebook.com/l.php?u=${CODED}`)}`,
  `https://web.archive.org/web/2026/${ADDRESS}`,
  `https://web.archive.org/web/2026/${ADDRESS}?utm_source=x`,
  'https://web.archive.org/web/2026/www.paper.example/News/ferry-1',
  `https://reader.example/${CODED}`,
  `https://x.example/#${ADDRESS}`,
  `https://x.example/a?b=1#!/${CODED}`,
  `https://x.example/#u=${CODED}&t=1`,
  `https://x.example/#/${encodeURIComponent(`https://l.facebook.com/l.php?u=${CODED}`)}`,
  `https://web.archive.org/web/2026/https://x.example/#${ADDRESS}`,
  `${ADDRESS}#comments`,
  'https://12ft.example/proxy?q=paper.example/News/ferry-1',
])('keeps back %s', async (link) => {
  expect(await shown(link)).toBeInstanceOf(Date);
});

it('keeps back what a text has after a `#`', async () => {
  const parts = [{ text: `It sails: https://x.example/#${ADDRESS}.`, media: [], card: null }];
  const post = { postId: 'post_none', network: 'sandbox', link: null, parts };
  expect(await shownEmbargo(at.context.database, post)).toBeInstanceOf(Date);
});

it.each([
  `https://x.example/#${ADDRESS}-in-short`,
  'https://x.example/#a%zz',
  `${ADDRESS}-in-short`,
  `${ADDRESS}0`,
  'https://www.paper.example/News',
  'https://www.paper.example/',
  'https://other.example/News/ferry-1',
  'https://web.archive.org/web/2026/https://www.paper.example/News/ferry-12',
  'https://paper.example/%E0%A4%A?u=%zz',
])('lets %s out', async (link) => {
  expect(await shown(link)).toBeNull();
});
