import type { Reason } from '../domain/summary.ts';
import type { Reading, ReadSentence } from './summary-reading.ts';
import type { Word } from './words.ts';

/**
 * Points for a feature at its full value. A linear model of how many of a sentence's words an editor's summary keeps,
 * fitted by ridge regression and random search on news of two kinds, checked by five-fold cross-validation, then rounded.
 */
export const WEIGHTS: Record<string, number> = {
  /** 1 for the first sentence, 1/2 for the second, 1/3 … */
  position: 0.38,
  /** 0 for the first, 1 from the fifteenth on. */
  late: -0.13,
  /** Share of the headline's words that it holds. */
  'headline-overlap': 0.05,
  /** How often the article comes back to its words, mean. */
  centrality: 0.35,
  /** How near its words are to the article's as a whole: cosine. */
  theme: 0.3,
  /** Share of its pairs of words that another sentence repeats. */
  'repeated-phrases': 0.28,
  /** Share of its words that stand in the first three sentences. */
  'lead-overlap': 0.06,
  /** The article's main names, 1 for three of them. */
  names: 0.06,
  question: -0.1,
  /** More than 32 words. */
  long: -0.12,
  quotation: -0.02,
  'first-person': -0.08,
  /** The editor's own summary. */
  standfirst: 1,
  'orphan-pronoun': -0.01,
  'joining-word': -0.02,
};

/** What a whole article is about, counted once for all its sentences. */
export interface Theme {
  /** Weight of each stem: how many sentences hold it, early ones more. */
  readonly stems: ReadonlyMap<string, number>;
  readonly heaviest: number;
  /** In how many sentences each stem stands, and the length of that vector. */
  readonly counts: ReadonlyMap<string, number>;
  readonly norm: number;
  /** In how many sentences each pair of neighbouring words stands. */
  readonly pairs: ReadonlyMap<number, number>;
  /** The pairs of each sentence, each as one number. */
  readonly ownPairs: readonly ReadonlySet<number>[];
  /** How often each capitalised word stands inside a sentence. */
  readonly names: ReadonlyMap<string, number>;
  readonly mostNamed: number;
  /** Stems of the first three usable sentences. */
  readonly lead: readonly ReadSentence[];
}

export function themeOf(reading: Reading): Theme {
  const stems = new Map<string, number>();
  const counts = new Map<string, number>();
  const pairs = new Map<number, number>();
  const numbers = new Map<string, number>();
  const names = new Map<string, number>();
  const ownPairs: ReadonlySet<number>[] = [];
  for (const { index, words, stems: own } of reading.sentences) {
    for (const stem of own) {
      stems.set(stem, (stems.get(stem) ?? 0) + 1 / (1 + 0.15 * index));
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
    const distinct = pairsOf(words, numbers);
    ownPairs.push(distinct);
    for (const pair of distinct) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    for (let at = 1; at < words.length; at += 1) {
      const { text, key } = words[at] as Word;
      if (key.length > 2 && isCapital(text)) names.set(key, (names.get(key) ?? 0) + 1);
    }
  }
  return {
    stems,
    counts,
    norm: Math.sqrt(counts.values().reduce((sum, count) => sum + count * count, 1)),
    pairs,
    ownPairs,
    names,
    heaviest: largest(stems.values()),
    mostNamed: largest(names.values()),
    lead: reading.sentences.filter((sentence) => sentence.flaw === null).slice(0, 3),
  };
}

/** What speaks for and against a sentence, each share between 0 and 1. */
export function featuresOf(sentence: ReadSentence, reading: Reading, theme: Theme): Record<string, number> {
  const { index, words, stems } = sentence;
  const heaviest = Math.log1p(theme.heaviest);
  let shared = 0;
  let central = 0;
  let led = 0;
  let common = 0;
  for (const stem of stems) {
    if (reading.headline.has(stem)) shared += 1;
    central += Math.log1p(theme.stems.get(stem) ?? 0) / heaviest;
    common += theme.counts.get(stem) ?? 0;
    if (theme.lead.some((other) => other.index !== index && other.stems.has(stem))) led += 1;
  }
  const pairs = theme.ownPairs[index] ?? new Set();
  let repeated = 0;
  for (const pair of pairs) if ((theme.pairs.get(pair) ?? 0) > 1) repeated += 1;
  const size = Math.max(1, stems.size);
  return {
    position: 1 / (1 + index),
    late: Math.min(1, index / 15),
    'headline-overlap': reading.headline.size === 0 ? 0 : shared / Math.min(reading.headline.size, size),
    centrality: central / size,
    theme: common / (theme.norm * Math.sqrt(size)),
    'repeated-phrases': repeated / Math.max(1, pairs.size),
    'lead-overlap': led / size,
    names: Math.min(1, nameWeight(sentence, theme) / 3),
    question: /[?？؟]["”’»)]*$/u.test(sentence.text) ? 1 : 0,
    long: words.length > 32 ? 1 : 0,
    quotation: sentence.quoted,
    'first-person': sentence.isFirstPerson ? 1 : 0,
    standfirst: sentence.isStandfirst ? 1 : 0,
    'orphan-pronoun': sentence.opening === 'pointing' ? 1 : 0,
    'joining-word': sentence.opening === 'joining' ? 1 : 0,
  };
}

/** The features as reasons an editor reads: signed points, nothing that adds nothing. */
export function reasonsOf(features: Readonly<Record<string, number>>): Reason[] {
  const reasons: Reason[] = [];
  for (const [name, value] of Object.entries(features)) {
    const points = value * (WEIGHTS[name] ?? 0);
    if (points !== 0) reasons.push({ name, points });
  }
  return reasons;
}

function largest(values: Iterable<number>): number {
  let most = 1;
  for (const value of values) if (value > most) most = value;
  return most;
}

function nameWeight(sentence: ReadSentence, theme: Theme): number {
  const seen = new Set<string>();
  let weight = 0;
  for (const { key } of sentence.words) {
    if (seen.has(key)) continue;
    seen.add(key);
    weight += (theme.names.get(key) ?? 0) / theme.mostNamed;
  }
  return weight;
}

/** More than an article within `READ_TO` has different words. */
const MOST_WORDS = 65_536;

/** The distinct pairs of neighbouring words, each as one number; `numbers` gives each word its own. */
function pairsOf(words: readonly Word[], numbers: Map<string, number>): ReadonlySet<number> {
  const pairs = new Set<number>();
  let before = -1;
  for (const { key } of words) {
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    if (before >= 0) pairs.add(before * MOST_WORDS + number);
    before = number;
  }
  return pairs;
}

function isCapital(text: string): boolean {
  const code = text.charCodeAt(0);
  return code < 0x80 ? code >= 0x41 && code <= 0x5a : /^\p{Lu}/u.test(text);
}
