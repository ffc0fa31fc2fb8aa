import type { RankedSentence, Summary } from '../domain/summary.ts';
import { stopWords } from './stopwords/all.ts';
import { clauseEnds } from './summary-clauses.ts';
import { splitWords, wordStem } from './words.ts';

/** Room for a text, in the unit that `measure` counts. */
export interface Budget {
  readonly max: number;
  readonly measure: (text: string) => number;
}

/** How many of the best ranked sentences are tried against each other. */
const POOL = 12;
/** Most sentences one post takes. */
const MOST = 4;
/** A sentence most of whose words the post has already says a thing twice. */
const LEAST_FRESH = 0.4;
/** Most clause ends of one sentence that are tried. */
const MOST_CUTS = 3;
/**
 * What a choice is worth: the sum over its sentences of (score + `base`) × words^`lengthPower` × share of new
 * words^`novelty`. Found by random search on news of two kinds, checked by five-fold cross-validation, then rounded.
 */
export const CHOICE = {
  base: -0.3,
  lengthPower: 1.15,
  novelty: 0.6,
  /** A clause end keeps the main thing, which the mean over the whole sentence undervalues. */
  clause: 1.23,
  /** A sentence that follows its neighbour reads on. */
  neighbour: 0.13,
  /** What each sentence after the first must be worth besides; more once the post is `full` UTF-16 units long. */
  further: 0.2,
  furtherWhenFull: 0.4,
  full: 120,
};

/** One way to use a sentence: whole, or cut at a clause end. */
interface Option {
  readonly sentence: RankedSentence;
  /** Numbers of its distinct content stems, counted over the pool. */
  readonly stems: readonly number[];
  readonly worth: number;
  /** Opens with a pronoun or a joining word: only right after the sentence before it. */
  readonly leans: boolean;
}

interface Pool {
  readonly options: readonly Option[];
  /** How many different stems there are. */
  readonly stems: number;
}

/** The set of sentences worth most within the budget: searched in full over the pool, ties to the earlier sentence. */
export function bestFit(summary: Summary, budget: Budget): RankedSentence[] {
  const pool = poolOf(summary);
  const sized = pool.options
    .map((option) => ({ option, size: budget.measure(option.sentence.text) }))
    .filter(({ size }) => size <= budget.max);
  // A standfirst says it all: nothing of the text is put beside it.
  const standfirst = sized.filter(({ option }) => isStandfirst(option.sentence));
  const options = standfirst.length > 0 ? standfirst : sized;
  const space = budget.measure('a a') - budget.measure('aa');
  const seen = new Int8Array(pool.stems);
  const chosen: Option[] = [];
  let best: RankedSentence[] = [];
  let bestWorth = -Infinity;
  const visit = (from: number, size: number, length: number, worth: number): void => {
    for (let at = from; at < options.length; at += 1) {
      const next = options[at];
      if (next === undefined || !mayFollow(chosen.at(-1), next.option)) continue;
      const total = size + next.size + (chosen.length > 0 ? space : 0);
      if (total > budget.max) continue;
      const more = length + next.option.sentence.text.length;
      const added = addedWorth(next.option, chosen.at(-1), more, seen);
      if (added === null) continue;
      const sum = worth + added;
      chosen.push(next.option);
      if (sum > bestWorth && budget.measure(joined(chosen)) <= budget.max) {
        best = chosen.map((option) => option.sentence);
        bestWorth = sum;
      }
      if (chosen.length < MOST) {
        for (const stem of next.option.stems) seen[stem] = (seen[stem] ?? 0) + 1;
        visit(at + 1, total, more, sum);
        for (const stem of next.option.stems) seen[stem] = (seen[stem] ?? 0) - 1;
      }
      chosen.pop();
    }
  };
  visit(0, 0, 0, 0);
  return best;
}

function mayFollow(previous: Option | undefined, option: Option): boolean {
  if (previous === undefined) return !option.leans;
  const gap = option.sentence.index - previous.sentence.index;
  return gap > 0 && (!option.leans || gap === 1);
}

/** What an option adds to those chosen; null where it repeats them. */
function addedWorth(option: Option, previous: Option | undefined, length: number, seen: Int8Array): number | null {
  let fresh = 0;
  for (const stem of option.stems) if (seen[stem] === 0) fresh += 1;
  if (previous !== undefined && fresh < LEAST_FRESH * option.stems.length) return null;
  const worth = option.worth * (fresh / Math.max(1, option.stems.length)) ** CHOICE.novelty;
  if (previous === undefined) return worth;
  const isNeighbour = previous.sentence.index === option.sentence.index - 1;
  return (
    worth * (isNeighbour ? 1 + CHOICE.neighbour : 1) - (length > CHOICE.full ? CHOICE.furtherWhenFull : CHOICE.further)
  );
}

function isStandfirst(sentence: RankedSentence): boolean {
  return sentence.reasons.some(({ name }) => name === 'standfirst');
}

const known = new WeakMap<Summary, Pool>();

/** The same for every budget, so worked out once: a summary is fitted to a dozen networks. */
function poolOf(summary: Summary): Pool {
  let pool = known.get(summary);
  if (pool === undefined) {
    const numbers = new Map<string, number>();
    const options = summary.sentences
      .filter((sentence) => sentence.rank !== null)
      .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      .slice(0, POOL)
      .toSorted((a, b) => a.index - b.index)
      .flatMap((sentence) => waysToUse(sentence, summary.lang, numbers));
    pool = { options, stems: numbers.size };
    known.set(summary, pool);
  }
  return pool;
}

function waysToUse(sentence: RankedSentence, lang: string, numbers: Map<string, number>): Option[] {
  const stops = stopWords(lang);
  // A standfirst was written to stand alone.
  const leans =
    !isStandfirst(sentence) &&
    sentence.reasons.some(({ name }) => name === 'orphan-pronoun' || name === 'joining-word');
  const words = splitWords(sentence.text, lang).map(({ key, end }) => {
    if (stops.has(key)) return { stem: -1, end };
    const stem = wordStem(key, lang);
    const number = numbers.get(stem) ?? numbers.size;
    numbers.set(stem, number);
    return { stem: number, end };
  });
  return [sentence.text.length, ...clauseEnds(sentence.text, lang).slice(0, MOST_CUTS)].map((end) => {
    const isWhole = end === sentence.text.length;
    const text = isWhole ? sentence.text : `${sentence.text.slice(0, end)}.`;
    const within = words.filter((word) => word.end <= end);
    const value = Math.max(0.01, sentence.score + CHOICE.base) * within.length ** CHOICE.lengthPower;
    return {
      sentence: isWhole ? sentence : { ...sentence, text, end: sentence.start + end },
      stems: [...new Set(within.map((word) => word.stem))].filter((stem) => stem >= 0),
      worth: value * (isWhole ? 1 : CHOICE.clause),
      leans,
    };
  });
}

function joined(options: readonly Option[]): string {
  return options.map((option) => option.sentence.text).join(' ');
}
