import type { Article } from '../domain/article.ts';
import type { RankedSentence, Reason, Summary } from '../domain/summary.ts';
import { chooseHashtags } from './hashtags.ts';
import type { HashtagOptions } from './hashtags.ts';
import { splitSentences } from './sentences.ts';
import { stopWords } from './stopwords/all.ts';
import { splitWords } from './words.ts';

/** Name and version of this engine: raise the version whenever the same article could give another summary. */
export const ENGINE = { engine: 'extractive', version: '1.0' } as const;

/**
 * Ranks every sentence of an article, says why, and finds its hashtags. Deterministic: the same article, options and
 * version give the same summary.
 */
export function summarize(article: Article, options: { hashtags?: HashtagOptions } = {}): Summary {
  const sentences = splitSentences(article.text, article.lang);
  const stops = stopWords(article.lang);
  const title = new Set(
    splitWords(article.title, article.lang)
      .map((word) => word.key)
      .filter((key) => !stops.has(key)),
  );
  const counts = new Map<string, number>();
  const bags = sentences.map((sentence) => {
    const bag = new Set(
      splitWords(sentence.text, article.lang)
        .map((word) => word.key)
        .filter((key) => !stops.has(key)),
    );
    for (const key of bag) counts.set(key, (counts.get(key) ?? 0) + 1);
    return bag;
  });
  const scored = sentences.map((sentence, index) => {
    const bag = bags[index] ?? new Set<string>();
    const reasons: Reason[] = [{ name: 'position', points: 3 / (1 + index) }];
    let shared = 0;
    let centrality = 0;
    for (const key of bag) {
      if (title.has(key)) shared += 1;
      centrality += Math.log2(counts.get(key) ?? 1);
    }
    if (title.size > 0) reasons.push({ name: 'headline-overlap', points: shared / title.size });
    reasons.push({ name: 'centrality', points: bag.size === 0 ? 0 : centrality / (bag.size + 5) });
    const isUsable = !sentence.text.startsWith('#') && /[.!?…。！？؟।”"’»)]$/u.test(sentence.text) && bag.size > 2;
    if (!isUsable) reasons.push({ name: 'no-sentence', points: -10 });
    const score = reasons.reduce((sum, reason) => sum + reason.points, 0);
    return { index, text: sentence.text, start: sentence.start, end: sentence.end, score, isUsable, reasons };
  });
  const order = scored.filter((s) => s.isUsable).sort((a, b) => b.score - a.score || a.index - b.index);
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
 * The best sentences that fit, in article order; joined by one space they measure at most `budget.max`.
 * @param budget `measure` counts in the network's own unit.
 */
export function chooseSentences(
  summary: Summary,
  budget: { readonly max: number; readonly measure: (text: string) => number },
): RankedSentence[] {
  const ranked = summary.sentences.filter((s) => s.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  let chosen: RankedSentence[] = [];
  for (const sentence of ranked) {
    const next = [...chosen, sentence].sort((a, b) => a.index - b.index);
    if (budget.measure(next.map((s) => s.text).join(' ')) <= budget.max) chosen = next;
  }
  return chosen;
}
