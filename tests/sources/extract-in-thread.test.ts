import { describe, expect, it } from 'vitest';
import { openExtractThread } from '../../src/sources/extract-in-thread.ts';
import { extractArticle } from '../../src/text/html.ts';

const sentence = 'The ferry between Norholm and Teglvik sails again from Monday, the harbour office said on Thursday. ';
const article = `<html lang="en"><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>
${`<p>${sentence.repeat(3)}</p>`.repeat(6)}</article></body></html>`;
const url = 'https://harbour-post.example/ferry';

/** More work than any article, in a few megabytes: half a second where everything is warm, and a hundred megabytes. */
const teaser = (n: number): string =>
  `<div class="t${n}"><a href="/a/${n}">Teaser ${n} of this page, said the office</a><p>${sentence}</p></div>`;
const endless = `<html><body>${Array.from({ length: 20_000 }, (_, n) => teaser(n)).join('')}</body></html>`;

describe('reading a page in a thread', () => {
  it('answers what reading it here would', async () => {
    await using thread = openExtractThread();
    expect(await thread.extract(article, url)).toEqual(extractArticle(article, url));
    expect(await thread.extract('<p>nothing</p>', null)).toEqual(extractArticle('<p>nothing</p>', null));
  });

  it('refuses a page that takes too long, leaves the main thread free meanwhile, and reads the next one', async () => {
    await using thread = openExtractThread({ timeMs: 350, memoryMb: 256 });
    await thread.extract(article, url);
    let ticks = 0;
    const watch = setInterval(() => ticks++, 5);
    const answers = await Promise.all([thread.extract(endless, url), thread.extract(article, url)]);
    clearInterval(watch);
    expect(answers[0]).toEqual({
      kind: 'refused',
      reason: 'too-complex',
      detail: `${url} takes longer than 0.35 s to be read. Paste the article’s text instead.`,
    });
    expect(answers[1]).toMatchObject({ kind: 'article' });
    // A blocked main thread would have ticked once at most.
    expect(ticks).toBeGreaterThan(5);
  });

  it('refuses a page that needs too much memory, and reads the next one', async () => {
    await using thread = openExtractThread({ timeMs: 20_000, memoryMb: 24 });
    expect(await thread.extract(endless, null)).toEqual({
      kind: 'refused',
      reason: 'too-complex',
      detail: 'The HTML needs more than 24 MB to be read. Paste the article’s text instead.',
    });
    expect(await thread.extract(article, url)).toMatchObject({ kind: 'article' });
  });

  it('takes the pages in turn, each with its own answer', async () => {
    await using thread = openExtractThread();
    const titles = ['One', 'Two', 'Three'];
    const pages = titles.map((title) => thread.extract(article.replaceAll('Ferry sails again', title), url));
    const got = (await Promise.all(pages)).map((answer) => (answer.kind === 'article' ? answer.article.title : 'none'));
    expect(got).toEqual(titles);
  });

  it('says so where it has been closed', async () => {
    const thread = openExtractThread();
    await thread.extract(article, url);
    await thread.close();
    await expect(thread.extract(article, url)).rejects.toThrow('is closed');
  });
});
