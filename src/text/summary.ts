import type { Article } from '../domain/article.ts';
import type { RankedSentence, Reason, Summary } from '../domain/summary.ts';
import { chooseHashtags } from './hashtags.ts';
import type { HashtagOptions } from './hashtags.ts';
import { bestFit } from './summary-choose.ts';
import type { Budget } from './summary-choose.ts';
import { readArticle } from './summary-reading.ts';
import { featuresOf, reasonsOf, themeOf } from './summary-score.ts';

/** Name and version of this engine: raise the version whenever the same article could give another summary. */
export const ENGINE = { engine: 'extractive', version: '1.17' } as const;

/**
 * Ranks every sentence of an article, says why, and finds its hashtags. Deterministic: the same article, options and
 * version give the same summary.
 */
export function summarize(article: Article, options: { readonly hashtags?: HashtagOptions } = {}): Summary {
  const reading = readArticle(article);
  const theme = themeOf(reading);
  const scored = reading.sentences.map((sentence) => {
    const { index, text, start, end, flaw } = sentence;
    const reasons: Reason[] = reasonsOf(featuresOf(sentence, reading, theme), reading.headline.size > 0);
    if (flaw !== null) reasons.push({ name: flaw, points: -1, detail: 'may not be used' });
    const score = reasons.reduce((sum, reason) => sum + reason.points, 0);
    return { index, text, start, end, score, rank: null, reasons, isUsable: flaw === null };
  });
  const order = scored.filter((one) => one.isUsable).toSorted((a, b) => b.score - a.score || a.index - b.index);
  const ranks = new Map(order.map((sentence, place) => [sentence.index, place + 1]));
  return {
    ...ENGINE,
    lang: article.lang,
    sentences: scored.map(({ index, text, start, end, score, reasons }) => {
      return { index, text, start, end, score, rank: ranks.get(index) ?? null, reasons };
    }),
    hashtags: chooseHashtags(article, options.hashtags ?? { strategy: 'smart' }),
  };
}

/**
 * The best sentences that fit, in article order; joined by one space they measure at most `budget.max`. A sentence may
 * come back cut at a clean clause end. Empty where nothing fits.
 * @param budget `measure` counts in the network's own unit.
 * @param headline of the article: a choice that says what it says is worth more. Empty where there is none.
 */
export function chooseSentences(summary: Summary, budget: Budget, headline: string): RankedSentence[] {
  return bestFit(summary, budget, headline);
}
