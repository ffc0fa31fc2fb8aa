import type { Article, ArticleImage } from '../domain/article.ts';
import type { HtmlDocument } from './html-document.ts';
import type { HtmlElement } from './html-node.ts';
import { oneLine } from './html-text.ts';
import { findAuthors } from './metadata-authors.ts';
import { findHeadline } from './metadata-headline.ts';
import { isObject, isOfType, names } from './metadata-jsonld.ts';
import { firstMeta, type PageFacts, readFacts } from './metadata-page.ts';
import { findDates } from './metadata-published.ts';
import { canonicalUrl } from './url.ts';

export type Metadata = Omit<Article, 'text'>;

/**
 * Everything about the article but its body. Sources in order of trust: JSON-LD, OpenGraph and other meta tags,
 * microdata and `<time>`, the address, then the printed page. `url` is the page's address where it is known.
 */
export function readMetadata(document: HtmlDocument, url: string | null): Metadata {
  const facts = readFacts(document, url);
  const siteName = siteNameOf(facts);
  const headline = findHeadline(facts, siteName);
  return {
    title: headline.text,
    lang: facts.lang || 'und',
    url: addressOf(facts),
    siteName,
    section: sectionOf(facts),
    keywords: keywordsOf(facts),
    authors: findAuthors(facts, siteName, headline.element),
    description: firstMeta(facts, 'og:description', 'description', 'twitter:description', 'dc.description') ?? null,
    ...findDates(facts, headline.element),
    image: imageOf(facts),
  };
}

function siteNameOf(facts: PageFacts): string | null {
  const publisher = names(facts.articleNode?.['publisher'], facts.nodes)[0];
  const website = facts.nodes.find((node) => isOfType(node, /^WebSite$/));
  return (
    firstMeta(facts, 'og:site_name') ??
    publisher ??
    names(website?.['name'])[0] ??
    firstMeta(facts, 'application-name', 'apple-mobile-web-app-title', 'publisher') ??
    null
  );
}

/** The canonical link where it leads to the same site and not to its front page; else the address that was asked for. */
function addressOf(facts: PageFacts): string | null {
  const { url } = facts;
  const link = facts.elements.find(
    (element) => element.localName === 'link' && /\bcanonical\b/i.test(element.getAttribute('rel') ?? ''),
  );
  for (const given of [link?.getAttribute('href'), firstMeta(facts, 'og:url')]) {
    const address = absolute(given, url);
    if (!address) continue;
    if (!url) return canonicalUrl(address);
    const [asked, named] = [new URL(url), new URL(address)];
    const isFrontPage = named.pathname === '/' && asked.pathname !== '/';
    if (!isFrontPage && siteOf(named) === siteOf(asked)) return canonicalUrl(address);
  }
  return url ? canonicalUrl(url) : null;
}

/** `amp.news.example.co.uk` and `www.example.co.uk` are one site: the last two labels, three under short second levels. */
function siteOf({ hostname }: URL): string {
  const labels = hostname.split('.');
  const isShort = (labels.at(-2)?.length ?? 0) <= 3 && (labels.at(-1)?.length ?? 0) === 2;
  return labels.slice(isShort ? -3 : -2).join('.');
}

function absolute(address: string | null | undefined, base: string | null): string | null {
  if (!address) return null;
  const url = URL.parse(address.trim(), base ?? undefined);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

function sectionOf(facts: PageFacts): string | null {
  const given =
    names(facts.articleNode?.['articleSection'])[0] ??
    firstMeta(
      facts,
      'article:section',
      'parsely-section',
      'og:article:section',
      'section',
      'cxenseparse:section',
      'category',
    );
  if (given && given.length <= 60 && !/^https?:/.test(given)) return given;
  const crumbs = facts.nodes.find((node) => isOfType(node, /^BreadcrumbList$/))?.['itemListElement'];
  const labels = [crumbs].flat().flatMap((crumb) => (isObject(crumb) ? names(crumb['name'] ?? crumb['item']) : []));
  // Home, section, …, the article itself.
  const section = labels.length >= 3 ? labels[1] : null;
  return section && section.length <= 60 ? section : null;
}

const MAX_KEYWORDS = 30;

function keywordsOf(facts: PageFacts): string[] {
  const sources = [
    facts.meta('news_keywords'),
    facts.meta('article:tag'),
    names(facts.articleNode?.['keywords']),
    facts.meta('parsely-tags'),
    facts.meta('sailthru.tags'),
    facts.meta('keywords'),
    facts.elements
      .filter((element) => /(?:^|\s)tag(?:\s|$)/.test(element.getAttribute('rel') ?? ''))
      .map((element) => element.textContent),
  ];
  const given = sources.find((source) => source.length > 0) ?? [];
  const seen = new Set<string>();
  return given
    .flatMap((text) => (given.length > 1 ? [text] : text.split(/[,;|،、]/)))
    .map((text) => oneLine(text).replace(/^#/, ''))
    .filter((keyword) => {
      const key = keyword.toLowerCase();
      // “type:article” and the like are for the publisher's own machines.
      if (key === '' || key.length > 60 || seen.has(key) || /^[\w.-]+:\S|[{}=_]|^\d+$/.test(keyword)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MAX_KEYWORDS);
}

function imageOf(facts: PageFacts): ArticleImage | null {
  const stated = firstMeta(
    facts,
    'og:image:secure_url',
    'og:image',
    'og:image:url',
    'twitter:image',
    'twitter:image:src',
  );
  const image = [facts.articleNode?.['image']].flat()[0];
  const linked =
    typeof image === 'string' ? image : isObject(image) && typeof image['url'] === 'string' ? image['url'] : null;
  const address = absolute(stated ?? linked, facts.url);
  if (!address) return null;
  return { url: address, alt: firstMeta(facts, 'og:image:alt', 'twitter:image:alt') ?? altOf(facts, address) };
}

/** The alternative text of the same picture in the page, whatever size its address asks for. */
function altOf(facts: PageFacts, address: string): string | null {
  const file = fileOf(address);
  if (file.length < 5) return null;
  const shows = (element: HtmlElement): boolean => {
    const source = `${element.getAttribute('src') ?? ''} ${element.getAttribute('data-src') ?? ''} ${element.getAttribute('srcset') ?? ''}`;
    return source.includes(file);
  };
  const image = facts.elements.find(
    (element) => element.localName === 'img' && element.getAttribute('alt') && shows(element),
  );
  return oneLine(image?.getAttribute('alt') ?? '') || null;
}

function fileOf(address: string): string {
  return (
    new URL(address).pathname
      .split('/')
      .at(-1)
      ?.replace(/\.\w{2,5}$/, '') ?? ''
  );
}
