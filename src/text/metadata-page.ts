/** The page's own statements about itself, gathered once: meta tags, JSON-LD, links. */
import type { HtmlDocument } from './html-document.ts';
import type { HtmlElement } from './html-node.ts';
import { oneLine } from './html-text.ts';
import { readJsonLd, type JsonObject } from './metadata-jsonld.ts';

export interface PageFacts {
  readonly document: HtmlDocument;
  readonly url: string | null;
  /** BCP 47 tag that the page gives itself, or empty. */
  readonly lang: string;
  /** All contents of the meta tags with this name, property or itemprop (lower case), in page order. */
  meta(name: string): readonly string[];
  readonly metaNames: readonly string[];
  /** Every JSON-LD object of the page, nested ones included, references by `@id` resolved. */
  readonly nodes: readonly JsonObject[];
  /** The JSON-LD object that describes the article, or null. */
  readonly articleNode: JsonObject | null;
  readonly elements: readonly HtmlElement[];
}

export function readFacts(document: HtmlDocument, url: string | null): PageFacts {
  const elements = document.getElementsByTagName('*');
  const metas = new Map<string, string[]>();
  for (const element of elements) {
    if (element.localName !== 'meta') continue;
    const content = oneLine(element.getAttribute('content') ?? '');
    if (!content || content === 'null' || content === 'undefined') continue;
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = element.getAttribute(attribute)?.trim().toLowerCase();
      if (!name) continue;
      const known = metas.get(name);
      if (known) known.push(content);
      else metas.set(name, [content]);
    }
  }
  const { nodes, articleNode } = readJsonLd(elements, url);
  const meta = (name: string): readonly string[] => metas.get(name) ?? [];
  return {
    document,
    url,
    lang: languageOf(document, meta),
    meta,
    metaNames: [...metas.keys()],
    nodes,
    articleNode,
    elements,
  };
}

/** The first content of the first of these meta tags that has one. */
export function firstMeta(facts: PageFacts, ...names: string[]): string | null {
  for (const name of names) {
    const content = facts.meta(name)[0];
    if (content) return content;
  }
  return null;
}

function languageOf(document: HtmlDocument, meta: (name: string) => readonly string[]): string {
  const html = document.documentElement;
  const given = [
    html.getAttribute('lang'),
    html.getAttribute('xml:lang'),
    meta('content-language')[0],
    meta('og:locale')[0],
    meta('language')[0],
    meta('inlanguage')[0],
    document.body.getAttribute('lang'),
  ];
  for (const tag of given) {
    const clean = tag?.split(',')[0]?.trim().replaceAll('_', '-');
    if (!clean || !/^[a-z]{2,3}(?:-|$)/i.test(clean)) continue;
    try {
      return Intl.getCanonicalLocales(clean)[0] ?? '';
    } catch {
      // Not a language tag (“en-us-utf8”, “german”): the next source may be better.
    }
  }
  return '';
}
