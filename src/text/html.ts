import { Readability } from '@mozilla/readability';
import type { Article } from '../domain/article.ts';
import { blocksOf } from './html-blocks.ts';
import { clearPage } from './html-clean.ts';
import type { HtmlElement } from './html-node.ts';
import { parseHtml } from './html-parse.ts';
import { trimBlocks } from './html-trim.ts';
import { type Metadata, readMetadata } from './metadata.ts';

export type Extraction = Extracted | ExtractionRefusal;

export interface Extracted {
  readonly kind: 'article';
  readonly article: Article;
  /** 0…1: how sure we are that this is the whole article and nothing else. Below 0.5 a person should look. */
  readonly confidence: number;
}

export interface ExtractionRefusal {
  readonly kind: 'refused';
  readonly reason:
    'paywall' | 'list-page' | 'consent-wall' | 'too-short' | 'needs-javascript' | 'not-html' | 'no-article';
  /** One sentence for the journalist: what was found and what to do. */
  readonly detail: string;
  /** What the page says about its article all the same: enough for a headline and a link. */
  readonly metadata: Metadata;
}

/**
 * The article of a news page: body, headline, authors, dates, section, keywords, language, canonical URL and lead image.
 * `url` is the page's address, or null where there is none (pasted HTML). Never throws.
 */
export function extractArticle(html: string, url: string | null): Extraction {
  const document = parseHtml(html, url ?? 'about:blank');
  const metadata = readMetadata(document, url);
  clearPage(document);
  const parsed = new Readability<HtmlElement>(document as never, {
    disableJSONLD: true,
    keepClasses: true,
    serializer: (element) => element as unknown as HtmlElement,
  }).parse();
  const title = metadata.title || (parsed?.title ?? '');
  const blocks = parsed?.content ? trimBlocks(blocksOf(parsed.content), title) : [];
  const text = blocks.map((block) => block.text).join('\n');
  if (text.length < 200) {
    const detail = `The page has only ${text.length} characters of running text. Paste the article’s text instead.`;
    return { kind: 'refused', reason: 'too-short', detail, metadata };
  }
  return {
    kind: 'article',
    article: { ...metadata, title, text },
    confidence: 0.7,
  };
}
