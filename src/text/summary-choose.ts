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
  readonly stems: ReadonlySet<string>;
  readonly worth: number;
  /** Opens with a pronoun or a joining word: only right after the sentence before it. */
  readonly leans: boolean;
}

interface Choice {
  readonly chosen: readonly Option[];
  readonly seen: ReadonlySet<string>;
  readonly size: number;
  readonly length: number;
  readonly worth: number;
}

/** The set of sentences worth most within the budget: searched in full over the pool, ties to the earlier sentence. */
export function bestFit(summary: Summary, budget: Budget): RankedSentence[] {
  const sized = optionsOf(summary).map((option) => ({ option, size: budget.measure(option.sentence.text) }));
  const standfirst = sized.filter(({ option, size }) => size <= budget.max && isStandfirst(option.sentence));
  // A standfirst says it all: nothing of the text is put beside it.
  const options = standfirst.length > 0 ? standfirst : sized;
  const space = budget.measure('a a') - budget.measure('aa');
  let best: Choice = { chosen: [], seen: new Set(), size: 0, length: 0, worth: -Infinity };
  const visit = (from: number, so: Choice): void => {
    for (let at = from; at < options.length; at += 1) {
      const next = options[at];
      if (next === undefined || !mayFollow(so.chosen.at(-1)?.sentence, next.option)) continue;
      const size = so.size + next.size + (so.chosen.length > 0 ? space : 0);
      if (size > budget.max) continue;
      const choice = extend(so, next.option, size);
      if (choice.worth > best.worth && budget.measure(joined(choice.chosen)) <= budget.max) best = choice;
      if (choice.chosen.length < MOST) visit(at + 1, choice);
    }
  };
  visit(0, { ...best, worth: 0 });
  return best.chosen.map((option) => option.sentence);
}

function isStandfirst(sentence: RankedSentence): boolean {
  return sentence.reasons.some(({ name }) => name === 'standfirst');
}

function mayFollow(previous: RankedSentence | undefined, option: Option): boolean {
  if (previous === undefined) return !option.leans;
  if (previous.index === option.sentence.index) return false;
  return !option.leans || previous.index === option.sentence.index - 1;
}

function extend(so: Choice, option: Option, size: number): Choice {
  const seen = new Set(so.seen);
  let fresh = 0;
  for (const stem of option.stems) {
    if (!seen.has(stem)) fresh += 1;
    seen.add(stem);
  }
  let worth = option.worth * (fresh / Math.max(1, option.stems.size)) ** CHOICE.novelty;
  const length = so.length + option.sentence.text.length;
  const previous = so.chosen.at(-1);
  if (previous !== undefined) {
    if (previous.sentence.index === option.sentence.index - 1) worth *= 1 + CHOICE.neighbour;
    worth -= length > CHOICE.full ? CHOICE.furtherWhenFull : CHOICE.further;
  }
  return { chosen: [...so.chosen, option], seen, size, length, worth: so.worth + worth };
}

const known = new WeakMap<Summary, readonly Option[]>();

/** The same for every budget, so worked out once: a summary is fitted to a dozen networks. */
function optionsOf(summary: Summary): readonly Option[] {
  let options = known.get(summary);
  if (options === undefined) {
    const usable = summary.sentences.filter((sentence) => sentence.rank !== null);
    options = usable
      .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      .slice(0, POOL)
      .toSorted((a, b) => a.index - b.index)
      .flatMap((sentence) => waysToUse(sentence, summary.lang));
    known.set(summary, options);
  }
  return options;
}

function waysToUse(sentence: RankedSentence, lang: string): Option[] {
  const stops = stopWords(lang);
  const leans = sentence.reasons.some(({ name }) => name === 'orphan-pronoun' || name === 'joining-word');
  const words = splitWords(sentence.text, lang).map(({ key, end }) => {
    return { stem: stops.has(key) ? '' : wordStem(key, lang), end };
  });
  return [sentence.text.length, ...clauseEnds(sentence.text, lang)].map((end) => {
    const isWhole = end === sentence.text.length;
    const text = isWhole ? sentence.text : `${sentence.text.slice(0, end)}.`;
    const within = words.filter((word) => word.end <= end);
    const value = Math.max(0.01, sentence.score + CHOICE.base) * within.length ** CHOICE.lengthPower;
    return {
      sentence: isWhole ? sentence : { ...sentence, text, end: sentence.start + end },
      stems: new Set(within.map((word) => word.stem).filter((stem) => stem !== '')),
      worth: value * (isWhole ? 1 : CHOICE.clause),
      leans,
    };
  });
}

function joined(options: readonly Option[]): string {
  return options.map((option) => option.sentence.text).join(' ');
}
