import { evidenceIn } from '../../text/evidence.ts';
import type { Evidence, EvidenceSource } from '../../text/evidence.ts';
import type { Article } from '../api/types.ts';

const sources = new WeakMap<Article, EvidenceSource>();

/** What of a text the article bears out: all that came with the article counts, not its body alone. */
export function evidenceOf(text: string, article: Article): Evidence {
  let source = sources.get(article);
  if (source === undefined) {
    const { title, description, section, siteName, authors, keywords } = article;
    const lines = [title, description, article.text, section, siteName, ...authors, ...keywords];
    const lang = article.summary?.lang ?? article.lang ?? 'und';
    sources.set(article, (source = { text: lines.filter((line) => line !== null).join('\n'), lang }));
  }
  return evidenceIn(text, source);
}
