import type { Article } from '../domain/article.ts';
import { denialsIn, lostDenial } from './grounding-denials.ts';
import { factsOf, foldName, plainTypography } from './grounding-facts.ts';
import type { Facts } from './grounding-facts.ts';
import { bearsOut } from './grounding-numbers.ts';
import { splitSentences } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { stopWords } from './stopwords/all.ts';
import { splitWords, wordStem } from './words.ts';

/** One thing a summary says that its source does not. */
export interface Fault {
  readonly kind: 'number' | 'name' | 'quotation' | 'date' | 'denial' | 'not-a-span';
  /** As the summary writes it. */
  readonly text: string;
  /** Which sentence of the summary, from 0. */
  readonly sentence: number;
  /** One sentence for the person who looks. */
  readonly detail: string;
}

export interface Grounding {
  readonly ok: boolean;
  readonly faults: readonly Fault[];
}

/** A sentence from elsewhere and the span of `article.text` that it cites, UTF-16 offsets; null where it cites none. */
export interface CitedSentence {
  readonly text: string;
  readonly source: { readonly start: number; readonly end: number } | null;
}

/** Sentences of a summary that are looked for as one span; the next ones are a span of their own. */
const LONGEST_RUN = 100;

/**
 * Whether an article bears a summary out.
 *
 * A string is taken as extractive: every sentence must be a span of the article, character for character in one
 * typography; a full stop that closes a clause is ours and does not count. Cited sentences are text from elsewhere:
 * numbers, names, quotations and dates of each must stand in the sentences it cites (in the most similar one where it
 * cites none), and neither may deny what the other says. Pure, no model; what it does not see: two names or numbers of one
 * sentence that change places.
 */
export function checkGrounding(summary: string | readonly CitedSentence[], article: Article): Grounding {
  const faults =
    typeof summary === 'string'
      ? spanFaults(summary, article)
      : summary.flatMap((sentence, index) => citedFaults(sentence, index, article));
  return { ok: faults.length === 0, faults };
}

/**
 * A summary may split where the article does not, so the longest run of sentences that is a span counts. Every beginning of a
 * span stands in the article too: the search ends with the first run that does not, so that a text of nothing but full stops
 * costs no more than another.
 */
function spanFaults(summary: string, article: Article): Fault[] {
  const source = plainTypography(article.text);
  const sentences = splitSentences(summary, article.lang).map((sentence) => plainTypography(sentence.text));
  const faults: Fault[] = [];
  for (let index = 0; index < sentences.length;) {
    const taken = longestSpan(sentences, index, source);
    if (taken === 0) {
      const text = sentences[index] ?? '';
      const detail = `“${text}” does not stand in the article character for character.`;
      faults.push({ kind: 'not-a-span', text, sentence: index, detail });
    }
    index += Math.max(1, taken);
  }
  return faults;
}

/** How many sentences from `from` on are a span of the source together; 0 where the first alone is none. */
function longestSpan(sentences: readonly string[], from: number, source: string): number {
  let taken = 0;
  let run = '';
  // Where the run stands first; a longer one stands there or later.
  let at = 0;
  for (const [place, sentence] of sentences.slice(from, from + LONGEST_RUN).entries()) {
    run = place === 0 ? sentence : `${run} ${sentence}`;
    if (isSpan(run, source, at)) taken = place + 1;
    at = source.indexOf(run, at);
    if (at < 0) break;
  }
  return taken;
}

/**
 * Whether a text stands in a source from some place on, whole words and numbers only; a full stop that closes it is its own.
 * Both in {@link plainTypography}.
 */
export function isSpan(text: string, source: string, from = 0): boolean {
  for (const form of [text, text.replace(/[.।]$/u, '')]) {
    for (let at = source.indexOf(form, from); at >= 0 && form !== ''; at = source.indexOf(form, at + 1)) {
      if (!isInsideWord(source, at) && !isInsideWord(source, at + form.length)) return true;
    }
  }
  return false;
}

/** Whether the place cuts a word or a number in two; scripts without spaces have no such place. */
function isInsideWord(source: string, at: number): boolean {
  if (/^[\p{Ll}\p{Lu}\p{N}]{2}$/u.test(source.slice(Math.max(0, at - 1), at + 1))) return true;
  return (
    /^\p{N}[.,]\p{N}/u.test(source.slice(at - 1, at + 2)) ||
    /^\p{N}[.,]\p{N}/u.test(source.slice(Math.max(0, at - 2), at + 1))
  );
}

function citedFaults(cited: CitedSentence, index: number, article: Article): Fault[] {
  const source = sourceOf(cited, article);
  const plain = plainTypography(source);
  const there = factsOf(source, article.lang);
  const here = factsOf(cited.text, article.lang);
  const words = new Set(splitWords(source, article.lang).map((word) => foldName(word.text)));
  const faults: Fault[] = [];
  const fault = (kind: Fault['kind'], text: string): void => {
    const detail = `The ${kind} “${text}” does not stand in the sentence it cites: “${source.slice(0, 200)}”.`;
    faults.push({ kind, text, sentence: index, detail });
  };
  for (const [value, written] of here.numbers) if (!hasNumber(there, value)) fault('number', written);
  for (const [noun, written] of here.single)
    if (there.many.has(noun) && !there.single.has(noun)) fault('number', written);
  for (const [value, written] of here.dates)
    if (!there.dates.has(value) && !hasNumber(there, value) && !isOnlyOne(there, value)) fault('date', written);
  for (const quotation of here.quotations) if (!plain.includes(quotation)) fault('quotation', quotation);
  for (const [key, written] of here.names) {
    if (there.names.has(key) || words.has(key) || isOrdinary(key, written, cited.text, article)) continue;
    if (/\p{Lo}/u.test(written) && plain.includes(written)) continue;
    if (!here.quotations.some((quotation) => quotation.includes(written))) fault('name', written);
  }
  const isReported = ({ text }: Fault): boolean => faults.some((other) => other.text.startsWith(`${text} `));
  return [
    ...faults,
    // `No people` is reported as the number that it is.
    ...denialFaults(cited.text, source, index, article.lang).filter((denial) => !isReported(denial)),
  ];
}

/** A `not` that one of the two has lost turns the news into its opposite. */
function denialFaults(text: string, source: string, sentence: number, lang: string): Fault[] {
  const dropped = lostDenial(denialsIn(source, lang), text, lang);
  const added = lostDenial(denialsIn(text, lang), source, lang);
  const faults: Fault[] = [];
  const cited = `the sentence it cites: “${source.slice(0, 200)}”`;
  if (dropped !== null) {
    const detail = `The denial “${dropped.written}” is left out, against ${cited}.`;
    faults.push({ kind: 'denial', text: dropped.written, sentence, detail });
  }
  if (added !== null) {
    const detail = `The denial “${added.written}” is added, against ${cited}.`;
    faults.push({ kind: 'denial', text: added.written, sentence, detail });
  }
  return faults;
}

/** `This year` and `last year` may stand for a date; only another one of their kind in the source denies them. */
function isOnlyOne(there: Facts, value: string): boolean {
  const span = /^(?:last|next|this) (\p{L}+)$/u.exec(value)?.[1];
  return span !== undefined && !['last', 'next', 'this'].some((when) => there.dates.has(`${when} ${span}`));
}

function hasNumber(facts: Facts, value: string): boolean {
  return bearsOut(facts.numbers, value) || facts.dates.has(value);
}

/** The word that opens a sentence is no name for its capital alone: not where the language or the article has it small. */
function isOrdinary(key: string, written: string, text: string, article: Article): boolean {
  const opening = /^[^\p{L}]*(\p{L}+)/u.exec(text)?.[1];
  if (opening !== written) return false;
  const lower = written.toLowerCase();
  return (
    stopWords(article.lang).has(lower) ||
    new RegExp(`(?<!\\p{L})${lower}(?!\\p{L})`, 'u').test(article.text) ||
    key === ''
  );
}

function sourceOf(cited: CitedSentence, article: Article): string {
  const { source } = cited;
  const { sentences, stems } = readSource(article);
  if (source !== null) {
    const touched = sentences.filter((sentence) => sentence.start < source.end && sentence.end > source.start);
    if (touched.length > 0) return touched.map((sentence) => sentence.text).join(' ');
  }
  const own = stemsOf(cited.text, article.lang);
  let best = '';
  let bestShared = 0;
  for (const [place, { text }] of sentences.entries()) {
    let shared = 0;
    for (const stem of stems()[place] ?? []) if (own.has(stem)) shared += 1;
    if (shared > bestShared) [best, bestShared] = [text, shared];
  }
  return best;
}

interface Source {
  readonly sentences: readonly Sentence[];
  /** Of each sentence; counted when they are first asked for. */
  readonly stems: () => readonly ReadonlySet<string>[];
}

const sources = new WeakMap<Article, Source>();

/** An article is held against every sentence of a summary, so it is read once. */
function readSource(article: Article): Source {
  const known = sources.get(article);
  if (known !== undefined) return known;
  const sentences = splitSentences(article.text, article.lang);
  let stems: readonly ReadonlySet<string>[] | undefined;
  const source = {
    sentences,
    stems: () => (stems ??= sentences.map(({ text }) => stemsOf(text, article.lang))),
  };
  sources.set(article, source);
  return source;
}

function stemsOf(text: string, lang: string): Set<string> {
  return new Set(splitWords(text, lang).map((word) => wordStem(word.key, lang)));
}
