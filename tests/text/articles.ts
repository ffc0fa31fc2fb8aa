import { readdirSync, readFileSync } from 'node:fs';
import type { Article } from '../../src/domain/article.ts';
import type { Summary } from '../../src/domain/summary.ts';

const FOLDER = new URL('../fixtures/articles/', import.meta.url);

/** An article with nothing in it. */
export const BLANK: Article = {
  title: '',
  text: '',
  lang: 'en',
  url: null,
  siteName: null,
  section: null,
  keywords: [],
  authors: [],
  description: null,
  publishedAt: null,
  modifiedAt: null,
  image: null,
};

/** A summary of these sentences, the best first, each whole. */
export function summaryOf(texts: readonly string[], tags: readonly string[] = []): Summary {
  return {
    engine: 'extractive',
    version: '1',
    lang: 'en',
    sentences: texts.map((text, index) => {
      return { index, text, start: 0, end: text.length, score: 1, rank: index + 1, reasons: [] };
    }),
    hashtags: tags.map((tag) => ({ tag, phrase: tag, origin: 'topic', score: 1, kept: true, reasons: [] })),
  };
}

/** One of our own articles: first line headline, then section, keywords, an empty line, the body. */
export function articleIn(lang: string): Article {
  const [title = '', section = '', keywords = '', , ...body] = readFileSync(
    new URL(`${lang}.txt`, FOLDER),
    'utf8',
  ).split('\n');
  return { ...BLANK, lang, title, section, keywords: keywords.split(/\s*,\s*/u), text: body.join('\n').trim() };
}

/** The languages we have an article in. */
export const ARTICLE_LANGUAGES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length));
