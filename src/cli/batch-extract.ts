import { extractArticle } from '../text/html.ts';
import { optionalString, stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/**
 * `{html, url}` → `{title, text, author, date, description, siteName}`. A page that is no article answers `{error, reason}`
 * beside what could be read of it.
 */
export function answerExtract(request: BatchRequest): BatchAnswer {
  const found = extractArticle(stringOf(request, 'html'), optionalString(request, 'url'));
  const article = found.kind === 'article' ? found.article : found.partial;
  const { title, text, authors, publishedAt, description, siteName } = article;
  return {
    ...(found.kind === 'refused' && { error: found.detail, reason: found.reason }),
    title,
    text,
    author: authors.join(', ') || null,
    date: publishedAt,
    description,
    siteName,
  };
}
