import { endsInAbbreviation, isFirmGoingOn, neverStarts } from './sentences-abbreviations.ts';
import { isInsideQuotation, isSpeakerNext } from './sentences-quotations.ts';
import { primarySubtag } from './stopwords/all.ts';

/** A sentence of a text: `text.slice(start, end) === sentence.text`, offsets in UTF-16 units. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Number of the paragraph it stands in, from 0; paragraphs are parted by line breaks. */
  readonly paragraph: number;
}

/** How far around a cut we look; UTF-16 units. */
const AROUND = 80;
/** White space and the marks that only say which way a text runs: no sentence has them at its edges. */
const EDGE = /[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const segmenters = new Map<string, Intl.Segmenter>();
const OPENING = '「『（《〈“‘([';
/** What every glued full stop has; quick, because it looks at one place at a time. */
const MAY_BE_GLUED = /[.!?]["”’)\]“‘(]*\p{Lu}/u;
/** A full stop glued to the next sentence, as extracted pages have it: `last year.The minister`. */
const GLUED = /(?<=[\p{Ll}\p{N}”"’)\]][.!?]["”’)\]]{0,8})(?=["“‘(]{0,8}\p{Lu}\p{Ll})/gu;

/**
 * Sentences in order, without the white space around them. `Intl.Segmenter` proposes the cuts; we undo those after
 * abbreviations, initials and quotations that the sentence goes on after, and add those it misses.
 * @param lang BCP 47 tag, or `und`.
 */
export function splitSentences(text: string, lang: string): Sentence[] {
  const sentences: Sentence[] = [];
  let paragraph = 0;
  for (const line of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    if (line[0].trim() === '') continue;
    for (const [start, end] of cut(line[0], lang)) {
      const part = line[0].slice(start, end);
      const [lead, tail] = edgesOf(part);
      const trimmed = part.slice(lead, tail);
      if (trimmed === '') continue;
      const from = line.index + start + lead;
      sentences.push({ text: trimmed, start: from, end: from + trimmed.length, paragraph });
    }
    paragraph += 1;
  }
  return sentences;
}

function cut(line: string, lang: string): [number, number][] {
  const spans: [number, number][] = [];
  let start = 0;
  for (const part of segmenter(lang).segment(withDandas(line))) {
    // An opening bracket or mark belongs to what it opens.
    const end = part.index + lengthWithoutOpening(part.segment);
    if (
      end < line.length &&
      (goesOn(line.slice(Math.max(start, end - AROUND), end), line.slice(end, end + AROUND), lang) ||
        isInsideQuotation(line, start, end, lang))
    )
      continue;
    let from = start;
    const sentence = line.slice(start, end);
    for (const glued of MAY_BE_GLUED.test(sentence) ? sentence.matchAll(GLUED) : []) {
      const at = start + glued.index;
      if (at <= from || goesOn(line.slice(Math.max(from, at - AROUND), at), line.slice(at, at + AROUND), lang))
        continue;
      spans.push([from, at]);
      from = at;
    }
    spans.push([from, end]);
    start = end;
  }
  return spans;
}

/** Where the text of a part begins and ends; looked at from both ends, because a pattern would start again at each space. */
function edgesOf(part: string): [number, number] {
  let from = 0;
  let to = part.length;
  while (from < to && EDGE.test(part.charAt(from))) from += 1;
  while (to > from && EDGE.test(part.charAt(to - 1))) to -= 1;
  return [from, to];
}

/** Hindi keyboards without a danda write a bar; the length stays. */
function withDandas(line: string): string {
  return line.includes('|') ? line.replace(/(?<=\p{sc=Devanagari}\s?)\|/gu, '।') : line;
}

/** Counted from the end: a pattern would start again at each mark of a long run. */
function lengthWithoutOpening(segment: string): number {
  let length = segment.length;
  while (length > 0 && OPENING.includes(segment.charAt(length - 1))) length -= 1;
  return length;
}

/** Whether a proposed cut is none: what follows belongs to the same sentence. */
function goesOn(before: string, after: string, lang: string): boolean {
  const left = before.trimEnd();
  const next = after.trimStart();
  if (/^\p{Ll}/u.test(next) && !/[。！？؟।॥]$/u.test(left)) return true;
  if (neverStarts(next)) return true;
  if (isSpeakerNext(left, next, lang)) return true;
  if (isFirmGoingOn(left, next)) return true;
  if (left.endsWith('.')) return endsInAbbreviation(left, next, lang);
  return false;
}

function segmenter(lang: string): Intl.Segmenter {
  const primary = primarySubtag(lang);
  let known = segmenters.get(primary);
  if (known === undefined) segmenters.set(primary, (known = new Intl.Segmenter(primary, { granularity: 'sentence' })));
  return known;
}
