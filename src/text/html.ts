import { Readability } from '@mozilla/readability';
import type { Article } from '../domain/article.ts';
import { type Block, blocksOf } from './html-blocks.ts';
import { clearPage, proseHolder } from './html-clean.ts';
import { confidenceOf, readSigns, refusalOf, type RefusalReason } from './html-judge.ts';
import type { HtmlDocument } from './html-document.ts';
import type { HtmlElement } from './html-node.ts';
import { isProse } from './html-records.ts';
import { parseHtml } from './html-parse.ts';
import { textWeight } from './html-text.ts';
import { trimBlocks } from './html-trim.ts';
import { detectLanguage } from './language.ts';
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
  readonly reason: RefusalReason;
  /** One sentence for the journalist: what was found and what to do. */
  readonly detail: string;
  /** What could be read all the same: enough for a headline and a link; the text is a paywall’s teaser or empty. */
  readonly partial: Article;
}

/**
 * The article of a news page: body, headline, authors, dates, section, keywords, language, canonical URL and lead image.
 * `url` is the page's address, or null where there is none (pasted HTML). Never throws; the time it takes grows with the
 * page's length.
 */
export function extractArticle(html: string, url: string | null): Extraction {
  const document = parseHtml(html, url ?? 'about:blank');
  const metadata = readMetadata(document, url);
  const signs = readSigns(document, html, url);
  const { prose, records } = clearPage(document);
  const found = readBody(document, metadata.title);
  const { text, title, told } =
    weigh(found.blocks) < 200 && prose > 600 ? widen(html, url, metadata, found) : bodyOf(found, metadata);
  const refusal = refusalOf(signs, text, { told, records: records + textWeight(text) - told });
  const lang = languageOf(text, metadata.lang);
  const share = Math.min(1, textWeight(text) / Math.max(1, prose));
  const article: Article = { ...metadata, lang, title, text };
  if (refusal) return { kind: 'refused', ...refusal, partial: article };
  return { kind: 'article', article, confidence: confidenceOf(signs, text, article, share) };
}

/** Below this, in UTF-16 units, the page's own word is better than a count of stop words. */
const TELLING_LENGTH = 400;

/** Templates carry the language of whoever wrote them (`lang="en"` around a German text), so a long text decides. */
function languageOf(text: string, declared: string): string {
  if (declared !== 'und' && text.length < TELLING_LENGTH) return declared;
  const detected = detectLanguage(text);
  return detected === 'und' || detected === declared.slice(0, 2).toLowerCase() ? declared : detected;
}

interface Found {
  readonly blocks: readonly Block[];
  readonly title: string;
}

function readBody(document: HtmlDocument, title: string): Found {
  // Readability asks for a DOM; ours has what it touches. JSON-LD is read by our own code.
  const reader = new Readability<HtmlElement>(document as never, {
    disableJSONLD: true,
    keepClasses: true,
    serializer: (element) => element as unknown as HtmlElement,
  });
  const parsed = reader.parse();
  const headline = title || parsed?.title || '';
  return { blocks: parsed?.content ? trimBlocks(blocksOf(parsed.content), headline) : [], title: headline };
}

/**
 * Hardly anything was found on a page with running text: its body is split over containers that Readability judges one
 * by one. The smallest element that holds most of the running text is tried instead, on a fresh tree, because
 * Readability has taken this one apart.
 */
function widen(html: string, url: string | null, metadata: Metadata, found: Found): Body {
  const document = parseHtml(html, url ?? 'about:blank');
  clearPage(document);
  const blocks = trimBlocks(blocksOf(proseHolder(document)), found.title);
  return weigh(blocks) > weigh(found.blocks) * 2 ? bodyOf({ ...found, blocks }, metadata) : bodyOf(found, metadata);
}

interface Body {
  readonly text: string;
  readonly title: string;
  /** Weight of the text without the cells of tables that say nothing in a sentence. */
  readonly told: number;
}

function bodyOf({ blocks, title }: Found, metadata: Metadata): Body {
  const told = blocks.filter(({ tag, text }) => (tag !== 'td' && tag !== 'th') || isProse(text));
  return { text: blocks.map((block) => block.text).join('\n'), title: metadata.title || title, told: weigh(told) };
}

function weigh(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + textWeight(block.text), 0);
}
