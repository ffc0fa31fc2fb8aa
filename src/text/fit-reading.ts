import type { LengthRule } from '../domain/limits.ts';
import type { RankedSentence, Summary } from '../domain/summary.ts';
import type { FitInput } from './fit.ts';
import { measure } from './length.ts';
import { isClosed } from './open-marks.ts';
import { chooseSentences } from './summary.ts';

/** A post says what happened; who wants the rest opens the link. */
export const MOST_SENTENCES = 4;

/** `measure` for sentences that further networks, or the same one with its tags, will ask for again. */
export function remembering(rule: LengthRule, lengths: Map<string, Map<string, number>>): (text: string) => number {
  const { unit, linkCost, bareLinks, remoteMentionsCostLocalPart, markup } = rule;
  const way = JSON.stringify([unit, linkCost, bareLinks, remoteMentionsCostLocalPart, markup]);
  const known = lengths.get(way) ?? new Map<string, number>();
  lengths.set(way, known);
  return (text) => {
    let length = known.get(text);
    if (length === undefined) known.set(text, (length = measure(text, rule)));
    return length;
  };
}

interface Reading {
  /** Sentences that may be posted, best first: ranked, not empty, and with every quotation closed. */
  readonly usable: readonly RankedSentence[];
  /** The summary with no other sentence in its ranking. */
  readonly closed: Summary;
  /** What is said where there is room for everything: the best choice of a narrow budget too, if it fits. */
  readonly best: readonly RankedSentence[];
  /** The wanted tags, by how many are. */
  readonly tags: Map<number, readonly string[]>;
  /** Lengths of sentences and choices, by how they are counted. */
  readonly lengths: Map<string, Map<string, number>>;
}

const readings = new WeakMap<Summary, Reading>();

/** What is the same for every network, worked out once for a summary. */
export function readingOf({ summary, article }: Pick<FitInput, 'summary' | 'article'>): Reading {
  const known = readings.get(summary);
  if (known) return known;
  const sentences = summary.sentences.map((sentence) =>
    sentence.text.trim() !== '' && isClosed(sentence.text) ? sentence : { ...sentence, rank: null },
  );
  const usable = sentences.filter(({ rank }) => rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const closed = { ...summary, sentences };
  const best = chooseSentences(closed, { max: Number.MAX_SAFE_INTEGER, measure: (text) => text.length }, article.title);
  const reading: Reading = {
    usable,
    closed,
    best: best.slice(0, MOST_SENTENCES),
    tags: new Map(),
    lengths: new Map(),
  };
  readings.set(summary, reading);
  return reading;
}
