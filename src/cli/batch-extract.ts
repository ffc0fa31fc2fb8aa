import { extractArticle } from '../text/html.ts';
import { optionalString, stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/** `{html, url}` → `{title, text, author, date, description, siteName}`, or `{error, reason}` where it is no article. */
export function answerExtract(request: BatchRequest): BatchAnswer {
  const found = extractArticle(stringOf(request, 'html'), optionalString(request, 'url'));
  if (found.kind === 'refused') return { error: found.detail, reason: found.reason };
  const { title, text, authors, publishedAt, description, siteName } = found.article;
  return { title, text, author: authors.join(', ') || null, date: publishedAt, description, siteName };
}
