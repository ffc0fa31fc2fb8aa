import { extractArticle } from '../text/html.ts';
import { optionalString, stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/**
 * `{html, url}` → `{title, text, author, date, description, siteName, confidence}`. Where it is no article the line also
 * has `{error, reason}`, and the fields hold what could be read all the same: a paywall's teaser, a headline, a date.
 */
export function answerExtract(request: BatchRequest): BatchAnswer {
  const found = extractArticle(stringOf(request, 'html'), optionalString(request, 'url'));
  const article = found.kind === 'refused' ? found.partial : found.article;
  const verdict =
    found.kind === 'refused' ? { error: found.detail, reason: found.reason } : { confidence: found.confidence };
  const { title, text, authors, publishedAt, description, siteName } = article;
  return { ...verdict, title, text, author: authors.join(', ') || null, date: publishedAt, description, siteName };
}
