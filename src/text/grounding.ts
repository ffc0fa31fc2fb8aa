import type { Article } from '../domain/article.ts';
import { factsOf, foldName, plainTypography } from './grounding-facts.ts';
import type { Facts } from './grounding-facts.ts';
import { bearsOut } from './grounding-numbers.ts';
import { splitSentences } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { stopWords } from './stopwords/all.ts';
import { splitWords, wordStem } from './words.ts';

/** One thing a summary says that its source does not. */
export interface Fault {
  readonly kind: 'number' | 'name' | 'quotation' | 'date' | 'not-a-span';
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

/**
 * Whether an article bears a summary out.
 *
 * A string is taken as extractive: every sentence must be a span of the article, character for character in one
 * typography; a full stop that closes a clause is ours and does not count. Cited sentences are text from elsewhere:
 * numbers, names, quotations and dates of each must stand in the sentences it cites (in the most similar one where it
 * cites none). Pure, no model; what it does not see: two names or numbers of one sentence that change places.
 */
export function checkGrounding(summary: string | readonly CitedSentence[], article: Article): Grounding {
  const faults =
    typeof summary === 'string'
      ? spanFaults(summary, article)
      : summary.flatMap((sentence, index) => citedFaults(sentence, index, article));
  return { ok: faults.length === 0, faults };
}

function spanFaults(summary: string, article: Article): Fault[] {
  const source = plainTypography(article.text);
  const faults: Fault[] = [];
  let rest = splitSentences(summary, article.lang).map((sentence) => plainTypography(sentence.text));
  let index = 0;
  // A summary may split where the article does not, so the longest run of sentences that is a span counts.
  while (rest.length > 0) {
    let taken = 0;
    for (let length = rest.length; length > 0 && taken === 0; length -= 1) {
      if (isSpan(rest.slice(0, length).join(' '), source)) taken = length;
    }
    if (taken === 0) {
      const text = rest[0] ?? '';
      const detail = `“${text}” does not stand in the article character for character.`;
      faults.push({ kind: 'not-a-span', text, sentence: index, detail });
    }
    index += Math.max(1, taken);
    rest = rest.slice(Math.max(1, taken));
  }
  return faults;
}

function isSpan(text: string, source: string): boolean {
  for (const form of [text, text.replace(/[.।]$/u, '')]) {
    for (let at = source.indexOf(form); at >= 0 && form !== ''; at = source.indexOf(form, at + 1)) {
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
  const sentences = splitSentences(article.text, article.lang);
  const source = sourceOf(cited, sentences, article);
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
  for (const quotation of here.quotations)
    if (!plainTypography(source).includes(quotation)) fault('quotation', quotation);
  for (const [key, written] of here.names) {
    if (there.names.has(key) || words.has(key) || isOrdinary(key, written, cited.text, article)) continue;
    if (/\p{Lo}/u.test(written) && plainTypography(source).includes(written)) continue;
    if (!here.quotations.some((quotation) => quotation.includes(written))) fault('name', written);
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

function sourceOf(cited: CitedSentence, sentences: readonly Sentence[], article: Article): string {
  const { source } = cited;
  if (source !== null) {
    const touched = sentences.filter((sentence) => sentence.start < source.end && sentence.end > source.start);
    if (touched.length > 0) return touched.map((sentence) => sentence.text).join(' ');
  }
  const stems = (text: string): Set<string> =>
    new Set(splitWords(text, article.lang).map((word) => wordStem(word.key, article.lang)));
  const own = stems(cited.text);
  let best = '';
  let bestShared = 0;
  for (const { text } of sentences) {
    const shared = [...stems(text)].filter((stem) => own.has(stem)).length;
    if (shared > bestShared) [best, bestShared] = [text, shared];
  }
  return best;
}
