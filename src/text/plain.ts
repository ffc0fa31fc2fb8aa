import type { Article } from '../domain/article.ts';
import { oneLine } from './html-text.ts';

/** What the caller knows about a raw text; everything is optional. */
export interface GivenAboutText {
  readonly title?: string;
  readonly url?: string | null;
  /** BCP 47 tag; wins over detection. */
  readonly lang?: string;
  readonly section?: string;
  /** Keywords without `#`; those of the text's own hashtag lines are added after them. */
  readonly keywords?: readonly string[];
}

/**
 * An article from raw text: NFC, one paragraph a line, empty lines dropped. Closing lines that hold nothing but
 * `#tags` are the newsroom's own tags: they become keywords and never body text.
 * `detect` tells the language of a text as a BCP 47 tag; without it and without `given.lang` the language is `und`.
 */
export function articleFromText(
  text: string,
  given: GivenAboutText = {},
  detect: (text: string) => string = () => 'und',
): Article {
  const paragraphs = text
    .split(/\r\n|[\n\r\u2028\u2029\u0085]/)
    .map(oneLine)
    .filter((line) => line !== '');
  const tags: string[] = [];
  while (paragraphs.length > 1 && isTagLine(paragraphs.at(-1) ?? '')) tags.unshift(...tagsOf(paragraphs.pop() ?? ''));
  const body = paragraphs.join('\n');
  return {
    title: oneLine(given.title ?? ''),
    text: body,
    lang: given.lang ?? detect(body),
    url: given.url ?? null,
    siteName: null,
    section: given.section ?? null,
    keywords: unique([...(given.keywords ?? []).map(withoutHash), ...tags]),
    authors: [],
    description: null,
    publishedAt: null,
    modifiedAt: null,
    image: null,
  };
}

/** A hashtag as networks read it: `#` (or its full-width form), then letters, marks, digits or `_`, not digits only. */
const tag = /[#＃](?=[\p{M}\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_·\u200c\u200d]+/u;
const tagLine = new RegExp(`^(?:${tag.source}[\\s,;]*)+$`, 'u');

function isTagLine(line: string): boolean {
  return tagLine.test(line);
}

function tagsOf(line: string): string[] {
  return (line.match(new RegExp(tag.source, 'gu')) ?? []).map(withoutHash);
}

function withoutHash(keyword: string): string {
  return oneLine(keyword).replace(/^[#＃]+/, '');
}

function unique(keywords: readonly string[]): string[] {
  const seen = new Set<string>();
  return keywords.filter((keyword) => {
    const key = keyword.toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
