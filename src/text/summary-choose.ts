import type { RankedSentence, Summary } from '../domain/summary.ts';
import { stopWords } from './stopwords/all.ts';
import { clauseEnds } from './summary-clauses.ts';
import { weightOf } from './summary-score.ts';
import { withoutTickers } from './tickers.ts';
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
/** Two sentences that share this much of the shorter one’s words say one thing, however much the longer one adds. */
const MOST_SHARED = 0.7;
/** With fewer words, what two sentences share is chance. */
const LEAST_COMPARED = 4;
/** Most clause ends of one sentence that are tried. */
const MOST_CUTS = 3;
/** What a sentence that follows its neighbour adds, as a share of the choice: it reads on. */
const NEIGHBOUR = 0.12;

/** One way to use a sentence: whole, or cut at a clause end. */
interface Option {
  /** Its place in the pool. */
  readonly place: number;
  readonly sentence: RankedSentence;
  /** Numbers of its distinct content stems, counted over the pool. */
  readonly stems: readonly number[];
  readonly words: number;
  /** Points for what is its own; headline, theme and length are judged for all that is chosen together. */
  readonly own: number;
  /** Opens with a pronoun or a joining word: only right after the sentence before it. */
  readonly leans: boolean;
}

interface Pool {
  readonly options: readonly Option[];
  /** For each pair of options 1 where they say one thing, -1 where they do not, 0 where nobody has asked yet. */
  readonly again: Int8Array;
  /** In how many sentences of the pool each stem stands, and the length of that vector. */
  readonly counts: Float64Array;
  readonly norm: number;
  /** 1 for each stem that the headline has. */
  readonly inHeadline: Int8Array;
  readonly headlineSize: number;
}

/**
 * The set of sentences worth most within the budget: searched in full over the pool, ties to the earlier sentence. Its
 * worth is the mean of its sentences’ own points, weighted by their words, and what it is as a whole: how long, how much of
 * the headline it says, how near it is to the theme of the article’s best sentences.
 */
export function bestFit(summary: Summary, budget: Budget, headline: string): RankedSentence[] {
  const pool = poolOf(summary, headline);
  const sized = pool.options
    .map((option) => ({ option, size: budget.measure(option.sentence.text) }))
    .filter(({ size }) => size <= budget.max);
  // A standfirst says it all: nothing of the text is put beside it.
  const standfirst = sized.filter(({ option }) => isStandfirst(option.sentence));
  const options = standfirst.length > 0 ? standfirst : sized;
  const space = budget.measure('a a') - budget.measure('aa');
  const worthOf = judgeOf(pool);
  const seen = new Int8Array(pool.counts.length);
  const chosen: Option[] = [];
  let best: RankedSentence[] = [];
  let bestWorth = -Infinity;
  const visit = (from: number, size: number, so: Tally): void => {
    for (let at = from; at < options.length; at += 1) {
      const next = options[at];
      const previous = chosen.at(-1);
      if (next === undefined || !mayFollow(previous, next.option)) continue;
      const total = size + next.size + (previous === undefined ? 0 : space);
      if (total > budget.max || isSaidAgain(chosen, next.option, pool)) continue;
      const tally = tallyWith(so, next.option, previous, seen, pool);
      if (tally === null) continue;
      const worth = worthOf(tally, chosen.length + 1);
      chosen.push(next.option);
      if (worth > bestWorth && budget.measure(joined(chosen)) <= budget.max) {
        best = chosen.map((option) => option.sentence);
        bestWorth = worth;
      }
      if (chosen.length < MOST) {
        for (const stem of next.option.stems) seen[stem] = (seen[stem] ?? 0) + 1;
        visit(at + 1, total, tally);
        for (const stem of next.option.stems) seen[stem] = (seen[stem] ?? 0) - 1;
      }
      chosen.pop();
    }
  };
  visit(0, 0, { words: 0, own: 0, stems: 0, common: 0, headline: 0, neighbours: 0 });
  return best;
}

function mayFollow(previous: Option | undefined, option: Option): boolean {
  if (previous === undefined) return !option.leans;
  const gap = option.sentence.index - previous.sentence.index;
  return gap > 0 && (!option.leans || gap === 1);
}

/** Every network asks for the same pairs. */
function isSaidAgain(chosen: readonly Option[], next: Option, { options, again }: Pool): boolean {
  for (const option of chosen) {
    const pair = option.place * options.length + next.place;
    if (again[pair] === 0) again[pair] = saysAgain(option, next) ? 1 : -1;
    if (again[pair] === 1) return true;
  }
  return false;
}

/** A first line that is the headline over again, and the sentence that then tells it in full. */
function saysAgain(a: Option, b: Option): boolean {
  const [short, long] = a.stems.length <= b.stems.length ? [a.stems, b.stems] : [b.stems, a.stems];
  if (short.length < LEAST_COMPARED) return false;
  let shared = 0;
  for (const stem of short) if (long.includes(stem)) shared += 1;
  return shared >= MOST_SHARED * short.length;
}

/** What the chosen sentences come to. */
interface Tally {
  readonly words: number;
  /** Their own points, each times its words. */
  readonly own: number;
  /** Different stems, how often the pool has them in sum, and how many of them the headline has. */
  readonly stems: number;
  readonly common: number;
  readonly headline: number;
  readonly neighbours: number;
}

/** The tally with one more option; null where it repeats what is there. */
function tallyWith(so: Tally, option: Option, previous: Option | undefined, seen: Int8Array, pool: Pool): Tally | null {
  let { stems, common, headline } = so;
  for (const stem of option.stems) {
    if (seen[stem] !== 0) continue;
    stems += 1;
    common += pool.counts[stem] ?? 0;
    headline += pool.inHeadline[stem] ?? 0;
  }
  if (previous !== undefined && stems - so.stems < LEAST_FRESH * option.stems.length) return null;
  const isNeighbour = previous !== undefined && previous.sentence.index === option.sentence.index - 1;
  return {
    words: so.words + option.words,
    own: so.own + option.own * option.words,
    stems,
    common,
    headline,
    neighbours: so.neighbours + (isNeighbour ? 1 : 0),
  };
}

/** How a tally becomes a worth in this pool; the weights are those that a sentence alone is scored by. */
function judgeOf({ norm, headlineSize }: Pool): (tally: Tally, sentences: number) => number {
  const hasHeadline = headlineSize > 0;
  const length = weightOf('length', hasHeadline);
  const theme = weightOf('theme', hasHeadline) / norm;
  const overlap = weightOf('headline-overlap', hasHeadline) / Math.max(1, headlineSize);
  return (tally, sentences) =>
    tally.own / Math.max(1, tally.words) +
    length * Math.log(Math.max(1, tally.words)) +
    (theme * tally.common) / Math.sqrt(Math.max(1, tally.stems)) +
    overlap * tally.headline +
    (NEIGHBOUR * tally.neighbours) / sentences;
}

function isStandfirst(sentence: RankedSentence): boolean {
  return sentence.reasons.some(({ name }) => name === 'standfirst');
}

const known = new WeakMap<Summary, Pool>();

/** The same for every budget, so worked out once: a summary is fitted to a dozen networks. */
function poolOf(summary: Summary, headline: string): Pool {
  const before = known.get(summary);
  if (before !== undefined) return before;
  const { lang } = summary;
  const numbers = new Map<string, number>();
  const options = summary.sentences
    .filter((sentence) => sentence.rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .slice(0, POOL)
    .toSorted((a, b) => a.index - b.index)
    .flatMap((sentence) => waysToUse(sentence, lang, numbers))
    .map((option, place): Option => ({ ...option, place }));
  const counts = new Float64Array(numbers.size);
  const wholes = new Set<number>();
  for (const { sentence, stems } of options) {
    // The first way to use a sentence is whole.
    if (wholes.has(sentence.index)) continue;
    wholes.add(sentence.index);
    for (const stem of stems) counts[stem] = (counts[stem] ?? 0) + 1;
  }
  const stops = stopWords(lang);
  const inHeadline = new Int8Array(numbers.size);
  const headlineStems = new Set<string>();
  for (const { key } of splitWords(withoutTickers(headline), lang)) {
    if (key.length < 2 || stops.has(key)) continue;
    const stem = wordStem(key, lang);
    headlineStems.add(stem);
    const number = numbers.get(stem);
    if (number !== undefined) inHeadline[number] = 1;
  }
  const norm = Math.sqrt(counts.reduce((sum, count) => sum + count * count, 1));
  const again = new Int8Array(options.length * options.length);
  const pool = { options, again, counts, norm, inHeadline, headlineSize: headlineStems.size };
  known.set(summary, pool);
  return pool;
}

/** Reasons that hold for what is chosen as a whole. */
const OF_THE_WHOLE = new Set(['headline-overlap', 'theme', 'length']);

function waysToUse(sentence: RankedSentence, lang: string, numbers: Map<string, number>): Omit<Option, 'place'>[] {
  const stops = stopWords(lang);
  // A standfirst was written to stand alone.
  const leans =
    !isStandfirst(sentence) &&
    sentence.reasons.some(({ name }) => name === 'orphan-pronoun' || name === 'joining-word');
  const own = sentence.reasons.reduce((sum, { name, points }) => sum + (OF_THE_WHOLE.has(name) ? 0 : points), 0);
  const words = splitWords(sentence.text, lang).map(({ key, end }) => {
    if (key.length < 2 || stops.has(key)) return { stem: -1, end };
    const stem = wordStem(key, lang);
    const number = numbers.get(stem) ?? numbers.size;
    numbers.set(stem, number);
    return { stem: number, end };
  });
  return [sentence.text.length, ...clauseEnds(sentence.text, lang).slice(0, MOST_CUTS)].map((end) => {
    const isWhole = end === sentence.text.length;
    const text = isWhole ? sentence.text : `${sentence.text.slice(0, end)}.`;
    const within = words.filter((word) => word.end <= end);
    return {
      sentence: isWhole ? sentence : { ...sentence, text, end: endOfCut(sentence, end) },
      stems: [...new Set(within.map((word) => word.stem))].filter((stem) => stem >= 0),
      words: within.length,
      own,
      leans,
    };
  });
}

/** Where the article’s span of a cut sentence ends; that of a sentence without its tickers is longer than its text, and stays. */
function endOfCut({ text, start, end }: RankedSentence, at: number): number {
  return text.length < end - start ? end : start + at;
}

function joined(options: readonly Option[]): string {
  return options.map((option) => option.sentence.text).join(' ');
}
