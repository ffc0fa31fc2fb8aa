import type { Article } from '../domain/article.ts';
import type { HtmlDocument } from './html-node.ts';
import { oneLine } from './html-text.ts';

export type Metadata = Omit<Article, 'text'>;

/** Everything about the article but its body. */
export function readMetadata(document: HtmlDocument, url: string | null): Metadata {
  const meta = new Map<string, string>();
  for (const element of document.getElementsByTagName('meta')) {
    const name = (element.getAttribute('property') ?? element.getAttribute('name') ?? '').toLowerCase();
    const content = oneLine(element.getAttribute('content') ?? '');
    if (name && content && !meta.has(name)) meta.set(name, content);
  }
  const image = meta.get('og:image');
  return {
    title: meta.get('og:title') ?? document.title,
    lang: document.documentElement.getAttribute('lang') ?? 'und',
    url,
    siteName: meta.get('og:site_name') ?? null,
    section: meta.get('article:section') ?? null,
    keywords: (meta.get('keywords') ?? '').split(',').map(oneLine).filter(Boolean),
    authors: [meta.get('author') ?? ''].filter(Boolean),
    description: meta.get('og:description') ?? meta.get('description') ?? null,
    publishedAt: meta.get('article:published_time') ?? null,
    modifiedAt: meta.get('article:modified_time') ?? null,
    image: image ? { url: image, alt: meta.get('og:image:alt') ?? null } : null,
  };
}
