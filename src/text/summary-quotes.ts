import { isClipped } from './open-marks.ts';

/** What a sentence does with quotation marks. */
export interface Quotation {
  /** Share of its characters that stand inside quotation marks, 0 to 1. */
  readonly share: number;
  /** It starts or ends inside a quotation that other sentences share. */
  readonly isBroken: boolean;
}

const OPENING = new Set(['“', '„', '«', '「', '『']);
const MARKS = /["“”„«»「」『』‘’]/gu;
const CLOSING = new Set(['”', '»', '」', '』']);

/**
 * How each of a paragraph’s sentences stands to its quotation marks. A straight mark opens after white space and closes
 * after anything else; a paragraph starts outside, because a quotation that runs over several opens anew in each.
 */
export function quotationsOf(sentences: readonly string[]): Quotation[] {
  let isOpen = false;
  /** Opened by ‘: only ’ closes it, as British papers quote. */
  let isSingle = false;
  return sentences.map((sentence, index) => {
    const startsOpen = isOpen;
    let inside = 0;
    let from = 0;
    for (const match of sentence.matchAll(MARKS)) {
      const at = match.index;
      const mark = match[0];
      if (mark === '‘' || mark === '’' ? isOpen && !isSingle : isSingle) continue;
      if (mark === '’' && !closesSingle(sentence, at, sentences.slice(index + 1))) continue;
      if (mark === '‘' && (isOpen || !opensSingle(sentence, at))) continue;
      if (isOpen) inside += at - from;
      from = at + 1;
      if (mark === '‘' || mark === '’') isOpen = isSingle = mark === '‘';
      else if (isOpening(mark, sentence.charAt(at - 1), isOpen, sentence.charAt(at + 1))) isOpen = true;
      else if (CLOSING.has(mark) || mark === '"' || (mark === '“' && isOpen)) isOpen = false;
    }
    if (isOpen) inside += sentence.length - from;
    return { share: inside / Math.max(1, sentence.length), isBroken: startsOpen || isOpen };
  });
}

/** Not for an apostrophe that a word processor turned round: `‘em`, `‘90s`. */
function opensSingle(sentence: string, at: number): boolean {
  return (
    !/[\p{L}\p{N}]$/u.test(sentence.slice(0, at)) &&
    /^[\p{L}“"([]/u.test(sentence.slice(at + 1)) &&
    !isClipped(sentence, at)
  );
}

/** Not for an apostrophe inside a word, nor for a plural’s while the quotation closes later. */
function closesSingle(sentence: string, at: number, following: readonly string[]): boolean {
  const before = sentence.slice(0, at);
  const after = sentence.slice(at + 1);
  if (/^[\p{L}\p{N}]/u.test(after) || /\s$/u.test(before)) return false;
  if (!before.endsWith('s') || !/^ \p{Ll}/u.test(after)) return true;
  return !/^[^‘]*[\p{L}.,!?]’(?![\p{L}\p{N}])/u.test([after, ...following].join(' '));
}

function isOpening(mark: string, previous: string, isOpen: boolean, next: string): boolean {
  if (mark === '"') return previous === '' || /[\s([—–-]/u.test(previous) ? next !== '' && !/\s/u.test(next) : false;
  // German closes with the mark that English opens with.
  if (mark === '“') return !(isOpen && (next === '' || /[\s.,;:!?)]/u.test(next)));
  if (mark === '»') return !isOpen && /\p{L}/u.test(next) && (previous === '' || /\s/u.test(previous));
  return OPENING.has(mark);
}
