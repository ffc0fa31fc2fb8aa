import type { Article } from '../domain/article.ts';
import type { RankedSentence, Summary } from '../domain/summary.ts';
import { checkGrounding } from './grounding.ts';
import { ENGINE } from './summary.ts';

/**
 * The summary with no sentence in its ranking that the article does not bear out: such a one stays, without a rank, and its
 * reason `not-grounded` says what is wrong. To be run on every summary before a post is written, whoever wrote it. Our own
 * engine's sentences must be spans of the article; those of any other are held against the span they cite. Pure.
 */
export function grounded(summary: Summary, article: Article): Summary {
  const isExtractive = summary.engine === ENGINE.engine;
  const sentences = summary.sentences.map((sentence) => {
    if (sentence.rank === null) return sentence;
    const details = isExtractive ? spanFaults(sentence, article) : citedFaults(sentence, article);
    if (details.length === 0) return sentence;
    const reasons = details.map((detail) => ({ name: 'not-grounded', points: -1, detail }));
    return { ...sentence, rank: null, reasons: [...sentence.reasons, ...reasons] };
  });
  return { ...summary, sentences: rankedAnew(sentences) };
}

/** Most sentences are the very characters of the article at the place they name; only the others are looked for in it. */
function spanFaults({ text, start, end }: RankedSentence, article: Article): string[] {
  if (article.text.slice(start, end) === text) return [];
  return checkGrounding(text, article).faults.map(({ detail }) => detail);
}

function citedFaults({ text, start, end }: RankedSentence, article: Article): string[] {
  const source = end > start ? { start, end } : null;
  return checkGrounding([{ text, source }], article).faults.map(({ detail }) => detail);
}

/** Ranks from 1 without gaps, in the order they had. */
function rankedAnew(sentences: readonly RankedSentence[]): RankedSentence[] {
  const order = sentences.filter(({ rank }) => rank !== null).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const ranks = new Map(order.map(({ index }, place) => [index, place + 1]));
  return sentences.map((sentence) => ({
    ...sentence,
    rank: sentence.rank === null ? null : (ranks.get(sentence.index) ?? null),
  }));
}
