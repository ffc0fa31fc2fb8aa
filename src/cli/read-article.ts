import type { Article } from '../domain/article.ts';
import { MAX_ARTICLE_LENGTH } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import { sniffInput } from '../text/input.ts';
import { detectLanguage } from '../text/language.ts';
import { articleFromText } from '../text/plain.ts';
import { readInput } from './read-input.ts';

/** What the caller knows better than the page or the text. */
export interface GivenAboutArticle {
  readonly title?: string;
  readonly section?: string;
  readonly url?: string;
  /** BCP 47 tag. */
  readonly lang?: string;
}

/**
 * The article that a name on the command line stands for: an address, a file, or `-` for standard input.
 * @throws Refusal that says what was found instead of an article and what to do
 */
export async function readArticle(name: string, given: GivenAboutArticle): Promise<Article> {
  const article = /^[a-z][a-z0-9+.-]*:\/\//i.test(name) ? await readPage(name) : await readFileArticle(name, given);
  if (article.text.length > MAX_ARTICLE_LENGTH) {
    const length = `${article.text.length} characters, at most ${MAX_ARTICLE_LENGTH} are accepted`;
    throw new Refusal('too-large', `The article in ${name} has ${length}. Give one article only.`);
  }
  const lang = given.lang ?? (article.lang === 'und' ? detectLanguage(article.text) : article.lang);
  return {
    ...article,
    lang,
    title: given.title ?? article.title,
    section: given.section ?? article.section,
    url: given.url ?? article.url,
  };
}

async function readPage(url: string): Promise<Article> {
  const { fetchArticle } = await import('./fetch-article.ts');
  return fetchArticle(url);
}

async function readFileArticle(name: string, given: GivenAboutArticle): Promise<Article> {
  const input = sniffInput(await readInput(name), null);
  if (input.kind === 'refused')
    throw new Refusal(input.reason === 'too-large' ? 'too-large' : 'invalid', `${name}: ${input.detail}`);
  if (input.kind === 'html') {
    const { extractArticle } = await import('../text/html.ts');
    const found = extractArticle(input.html, given.url ?? null);
    if (found.kind === 'refused') throw new Refusal('invalid', `${name}: ${found.detail}`);
    return found.article;
  }
  return articleFromText(input.text, given, detectLanguage);
}
