import { describe, expect, it } from 'vitest';
import { openReadingThread } from '../../src/sources/reading-thread.ts';
import { parseFeed } from '../../src/text/feed.ts';
import { extractArticle } from '../../src/text/html.ts';
import { parseSitemap } from '../../src/text/sitemap.ts';

const sentence = 'The ferry between Norholm and Teglvik sails again from Monday, the harbour office said on Thursday. ';
const article = `<html lang="en"><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>
${`<p>${sentence.repeat(3)}</p>`.repeat(6)}</article></body></html>`;
const url = 'https://harbour-post.example/ferry';

/** More work than any article, in a few megabytes: half a second where everything is warm, and a hundred megabytes. */
const teaser = (n: number): string =>
  `<div class="t${n}"><a href="/a/${n}">Teaser ${n} of this page, said the office</a><p>${sentence}</p></div>`;
const endless = `<html><body>${Array.from({ length: 20_000 }, (_, n) => teaser(n)).join('')}</body></html>`;

const feed = (items: string[]): string =>
  `<rss version="2.0"><channel><title>Harbour Post</title>${items.join('')}</channel></rss>`;
const small = feed([
  '<item><guid>1</guid><title>Ferry sails again</title><description><![CDATA[<p>From Monday.</p>]]></description></item>',
]);
/** Five megabytes of what takes longest for its length: seconds of work. */
const heavy = feed(
  Array.from(
    { length: 50 },
    (_, n) => `<item><guid>${n}</guid><description><![CDATA[${'<p>x'.repeat(25_000)}]]></description></item>`,
  ),
);
const sitemap = '<urlset><url><loc>https://harbour-post.example/ferry</loc></url></urlset>';

/** Milliseconds: a third of what this machine takes for it now. Too few for that, and many times what anything ordinary needs. */
function aThirdOf(read: () => unknown): number {
  const from = performance.now();
  read();
  return Math.round((performance.now() - from) / 3);
}

describe('reading a page in a thread', () => {
  it('answers what reading it here would', async () => {
    await using thread = openReadingThread();
    expect(await thread.extract(article, url)).toEqual(extractArticle(article, url));
    expect(await thread.extract('<p>nothing</p>', null)).toEqual(extractArticle('<p>nothing</p>', null));
  });

  it('refuses a page that takes too long, leaves the main thread free meanwhile, and reads the next one', async () => {
    const timeMs = aThirdOf(() => extractArticle(endless, url));
    await using thread = openReadingThread({ timeMs, memoryMb: 256 });
    await thread.extract(article, url);
    let ticks = 0;
    const watch = setInterval(() => ticks++, 5);
    const answers = await Promise.all([thread.extract(endless, url), thread.extract(article, url)]);
    clearInterval(watch);
    expect(answers[0]).toEqual({
      kind: 'refused',
      reason: 'too-complex',
      detail: `${url} takes longer than ${timeMs / 1000} s to be read. Paste the article’s text instead.`,
    });
    expect(answers[1]).toMatchObject({ kind: 'article' });
    // A blocked main thread would have ticked once at most.
    expect(ticks).toBeGreaterThan(5);
  });

  it('refuses a page that needs too much memory, and reads the next one', async () => {
    await using thread = openReadingThread({ timeMs: 20_000, memoryMb: 24 });
    expect(await thread.extract(endless, null)).toEqual({
      kind: 'refused',
      reason: 'too-complex',
      detail: 'The HTML needs more than 24 MB to be read. Paste the article’s text instead.',
    });
    expect(await thread.extract(article, url)).toMatchObject({ kind: 'article' });
  });

  it('takes the pages in turn, each with its own answer', async () => {
    await using thread = openReadingThread();
    const titles = ['One', 'Two', 'Three'];
    const pages = titles.map((title) => thread.extract(article.replaceAll('Ferry sails again', title), url));
    const got = (await Promise.all(pages)).map((answer) => (answer.kind === 'article' ? answer.article.title : 'none'));
    expect(got).toEqual(titles);
  });

  it('says so where it has been closed', async () => {
    const thread = openReadingThread();
    await thread.extract(article, url);
    await thread.close();
    await expect(thread.extract(article, url)).rejects.toThrow('is closed');
  });
});

describe('reading a feed in a thread', () => {
  it('answers what reading it here would, and so with a sitemap', async () => {
    await using thread = openReadingThread();
    expect(await thread.parse.feed(small, {}, false)).toEqual(parseFeed(small));
    expect(await thread.parse.feed('<p>no feed</p>', {}, false)).toEqual(parseFeed('<p>no feed</p>'));
    expect(await thread.parse.sitemap(sitemap)).toEqual(parseSitemap(sitemap));
  });

  it('refuses one that takes too long, leaves the main thread free meanwhile, and reads the next one', async () => {
    const feedMs = aThirdOf(() => parseFeed(heavy));
    await using thread = openReadingThread({ feedMs });
    await thread.parse.feed(small, {}, false);
    let ticks = 0;
    const watch = setInterval(() => ticks++, 5);
    const answers = await Promise.all([thread.parse.feed(heavy, {}, false), thread.parse.feed(small, {}, false)]);
    clearInterval(watch);
    expect(answers[0]).toEqual({
      kind: 'refused',
      reason: 'hostile',
      detail: `The feed takes longer than ${feedMs / 1000} s to be read.`,
    });
    expect(answers[1]).toMatchObject({ kind: 'feed' });
    expect(ticks).toBeGreaterThan(5);
  });
});
