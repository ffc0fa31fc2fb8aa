import type { Reason } from '../domain/summary.ts';
import type { Reading, ReadSentence } from './summary-reading.ts';
import type { Word } from './words.ts';

/**
 * Points for a feature at its full value. A linear model of how much of a sentence an editor's summary keeps, fitted to news
 * of four kinds in two languages so that the best choice of sentences comes first, checked by six-fold cross-validation,
 * then rounded: none of the numbers matters by itself.
 */
export const WEIGHTS: Record<string, number> = {
  /** 1 for the first sentence, 1/2 for the second, 1/3 … */
  position: 0.27,
  /** 0 for the first, 1 from the fifteenth on. */
  late: -0.17,
  /** Share of the headline's words that it holds. */
  'headline-overlap': 0.28,
  /** How often the article comes back to its words, mean. */
  centrality: 0.42,
  /** How near its words are to the article's as a whole: cosine. */
  theme: 0.14,
  /** Share of its pairs of words that another sentence repeats. */
  'repeated-phrases': 0.18,
  /** The article's main names, 1 for three of them. */
  names: 0.15,
  /** Natural logarithm of its number of words. */
  length: 0.15,
  question: -0.02,
  quotation: -0.02,
  'first-person': -0.08,
  /** Says that somebody says nothing. */
  'no-comment': -0.3,
  /** The editor's own summary. */
  standfirst: 1,
  'orphan-pronoun': -0.01,
  'joining-word': -0.02,
};

/** Where there is no headline, the theme of the whole article says what matters, and the beginning says less. */
const WITHOUT_HEADLINE: Readonly<Record<string, number>> = { position: 0.16, theme: 0.45 };

/** English only; looked for where one of its nouns stands. */
const NO_COMMENT =
  /\b(?:declin(?:ed|es|ing) to (?:comment|be interviewed)|[Rr]equests? for (?:comment|an interview)|(?:reached|available) for comment|did(?: not|n['’]t) (?:immediately )?(?:respond|reply|return)\b.{0,60}\b(?:comment|request|call|message|e-?mail))/;
const MAY_BE_NO_COMMENT = /comment|interview|request|call|message|mail/;

/** What a feature counts in an article with or without a headline. */
export function weightOf(name: string, hasHeadline: boolean): number {
  return (hasHeadline ? undefined : WITHOUT_HEADLINE[name]) ?? WEIGHTS[name] ?? 0;
}

/** What a whole article is about, counted once for all its sentences. */
export interface Theme {
  readonly stems: ReadonlyMap<string, StemWeight>;
  /** Length of the vector of all counts. */
  readonly norm: number;
  /** In how many sentences each pair of neighbouring words stands. */
  readonly pairs: ReadonlyMap<number, number>;
  /** The pairs of each sentence, each as one number. */
  readonly ownPairs: readonly ReadonlySet<number>[];
  /** How often each capitalised word stands inside a sentence. */
  readonly names: ReadonlyMap<string, number>;
  readonly mostNamed: number;
}

interface StemWeight {
  /** How many sentences hold it. */
  count: number;
  /** The same, early ones counting more; then on a scale from 0 to 1 for the heaviest. */
  weight: number;
}

export function themeOf(reading: Reading): Theme {
  const stems = new Map<string, StemWeight>();
  const pairs = new Map<number, number>();
  const numbers = new Map<string, number>();
  const names = new Map<string, number>();
  const ownPairs: ReadonlySet<number>[] = [];
  for (const { index, words, stems: own } of reading.sentences) {
    const early = 1 / (1 + 0.15 * index);
    for (const stem of own) {
      const known = stems.get(stem);
      if (known === undefined) stems.set(stem, { count: 1, weight: early });
      else {
        known.count += 1;
        known.weight += early;
      }
    }
    const distinct = pairsOf(words, numbers);
    ownPairs.push(distinct);
    for (const pair of distinct) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    for (let at = 1; at < words.length; at += 1) {
      const { text, key } = words[at] as Word;
      if (key.length > 2 && isCapital(text)) names.set(key, (names.get(key) ?? 0) + 1);
    }
  }
  let heaviest = 1;
  let squares = 1;
  for (const { count, weight } of stems.values()) {
    if (weight > heaviest) heaviest = weight;
    squares += count * count;
  }
  for (const one of stems.values()) one.weight = Math.log1p(one.weight) / Math.log1p(heaviest);
  return { stems, norm: Math.sqrt(squares), pairs, ownPairs, names, mostNamed: largest(names.values()) };
}

/** What speaks for and against a sentence, each share between 0 and 1. */
export function featuresOf(sentence: ReadSentence, reading: Reading, theme: Theme): Record<string, number> {
  const { index, words, stems } = sentence;
  let shared = 0;
  let central = 0;
  let common = 0;
  for (const stem of stems) {
    if (reading.headline.has(stem)) shared += 1;
    const known = theme.stems.get(stem);
    central += known?.weight ?? 0;
    common += known?.count ?? 0;
  }
  const pairs = theme.ownPairs[index] ?? new Set();
  let repeated = 0;
  for (const pair of pairs) if ((theme.pairs.get(pair) ?? 0) > 1) repeated += 1;
  const size = Math.max(1, stems.size);
  return {
    position: 1 / (1 + index),
    late: Math.min(1, index / 15),
    'headline-overlap': reading.headline.size === 0 ? 0 : shared / reading.headline.size,
    centrality: central / size,
    theme: common / (theme.norm * Math.sqrt(size)),
    'repeated-phrases': repeated / Math.max(1, pairs.size),
    names: Math.min(1, nameWeight(sentence, theme) / 3),
    question: /[?？؟]["”’»)]*$/u.test(sentence.text) ? 1 : 0,
    length: Math.log(Math.max(1, words.length)),
    quotation: sentence.quoted,
    'first-person': sentence.isFirstPerson ? 1 : 0,
    'no-comment': MAY_BE_NO_COMMENT.test(sentence.text) && NO_COMMENT.test(sentence.text) ? 1 : 0,
    standfirst: sentence.isStandfirst ? 1 : 0,
    'orphan-pronoun': sentence.opening === 'pointing' ? 1 : 0,
    'joining-word': sentence.opening === 'joining' ? 1 : 0,
  };
}

/** The features as reasons an editor reads: signed points, nothing that adds nothing. */
export function reasonsOf(features: Readonly<Record<string, number>>, hasHeadline: boolean): Reason[] {
  const reasons: Reason[] = [];
  for (const [name, value] of Object.entries(features)) {
    const points = value * weightOf(name, hasHeadline);
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
