import type { LengthRule } from '../domain/limits.ts';
import { graphemes } from './graphemes.ts';
import { fits } from './length.ts';
import { isClosed } from './open-marks.ts';
import { splitSentences } from './sentences.ts';
import { wordEnds } from './shorten.ts';

export interface ThreadOptions {
  readonly rule: LengthRule;
  /** Whether each message begins with its number: `2/3 `. A thread of one message has none. */
  readonly numbered?: boolean;
  /** BCP 47 tag of the text, for its abbreviations; English where not given. */
  readonly lang?: string;
  /** Puts link and hashtags around the text of the first message: the one place of a thread where they stand. */
  readonly wrapFirst?: (text: string) => string;
}

/** UTF-16 units of one sentence looked at for one message, so that a text without sentences splits in linear time. */
const WINDOW = 20_000;
const MOST_DIGITS = 5;
/** Sentences of one quotation that are kept together where they fit. */
const MOST_QUOTED = 8;
const clauseEnd = /[,;:،؛，；：、](?=\s|[^\x20-\u2FFF])\s*|\s[–—-]\s/gu;

/**
 * Splits a text into the messages of a thread, each within the rule, as few as fit: at sentences, a sentence that is too
 * long for one message at clauses, then at words, and only a word that is longer than a message inside it, between
 * graphemes. The same text and options give the same messages.
 * @throws RangeError where not one character fits a message beside link and tags
 */
export function splitThread(text: string, options: ThreadOptions): string[] {
  return packThread(piecesOf(text.trim(), options), options);
}

/**
 * Splits again what an editor changed: messages that still fit keep their borders, one that grew too long becomes two,
 * an emptied one goes, and the numbers are set anew. What this gives comes back unchanged.
 * @param parts the messages as `splitThread` or this function gave them, with edits, the first without `wrapFirst`
 * @returns for each of them, at its place, what it became: no message, one or several
 */
export function resplitThread(parts: readonly string[], options: ThreadOptions): string[][] {
  const texts = options.numbered ? withoutNumbers(parts) : parts;
  const messages = pack(
    texts.map((text) => piecesOf(text.trim(), options)),
    options,
  );
  return parts.map((_, part) => messages.filter(({ block }) => block === part).map(({ text }) => text));
}

/** The sentences of a text, each with the white space after it; those of one quotation together, where they fit a message. */
function piecesOf(text: string, { rule, numbered, lang = 'en' }: ThreadOptions): string[] {
  const sentences = splitSentences(text, lang);
  const pieces = sentences.map(({ start }, index) => text.slice(index === 0 ? 0 : start, sentences[index + 1]?.start));
  const kept: string[] = [];
  for (let from = 0; from < pieces.length;) {
    const length = lengthOfQuotation(pieces.slice(from, from + MOST_QUOTED));
    const whole = pieces.slice(from, from + length).join('');
    if (length > 1 && fits(`${numbered ? '00/00 ' : ''}${whole.trim()}`, rule)) kept.push(whole);
    else kept.push(...pieces.slice(from, from + length));
    from += length;
  }
  return kept;
}

/** How many pieces it takes until every quotation and bracket that the first one opens is closed; 1 where none ever is. */
function lengthOfQuotation(pieces: readonly string[]): number {
  let text = '';
  const closed = pieces.findIndex((piece) => isClosed((text += piece)));
  return closed < 0 ? 1 : closed + 1;
}

/** Packs whole pieces, each with the white space that follows it, into messages. */
export function packThread(pieces: readonly string[], options: ThreadOptions): string[] {
  return pack([pieces], options).map(({ text }) => text);
}

/** A message, and the number of the block that it is made of. */
interface Message {
  readonly text: string;
  readonly block: number;
}

/** @param blocks pieces of text; a border between two blocks is kept */
function pack(blocks: readonly (readonly string[])[], options: ThreadOptions): Message[] {
  const wrap = (text: string, index: number): string =>
    index === 0 && options.wrapFirst ? options.wrapFirst(text) : text;
  const fitsAt = (text: string, index: number): boolean => fits(wrap(text, index), options.rule);
  const plain = fill(blocks, fitsAt);
  if (plain === null)
    throw new RangeError(`Not one character fits a limit of ${options.rule.max} beside link and tags.`);
  for (let digits = 1; options.numbered && plain.length > 1 && digits <= MOST_DIGITS; digits += 1) {
    const widest = `${'0'.repeat(digits)}/${'0'.repeat(digits)} `;
    const messages = fill(blocks, (text, index) => fitsAt(widest + text, index));
    if (messages === null) break;
    const count = messages.length;
    if (String(count).length > digits) continue;
    return messages.map(({ text, block }, index) => ({
      text: wrap(`${index + 1}/${count} ${text}`.trim(), index),
      block,
    }));
  }
  return plain.map(({ text, block }, index) => ({ text: wrap(text, index), block }));
}

type FitsAt = (text: string, index: number) => boolean;

/** The blocks as messages, as few as fit; null where not even one character fits one. */
function fill(blocks: readonly (readonly string[])[], fitsAt: FitsAt): Message[] | null {
  const messages: Message[] = [];
  for (const [block, pieces] of blocks.entries()) {
    let message = '';
    const queue = [...pieces].reverse();
    for (let piece = queue.pop(); piece !== undefined; piece = queue.pop()) {
      if (fitsAt((message + piece).trim(), messages.length)) {
        message += piece;
      } else if (message.trim() !== '') {
        messages.push({ text: message.trim(), block });
        message = '';
        queue.push(piece);
      } else {
        const rest = piece.trimStart();
        const beginning = longestBeginning(rest.slice(0, WINDOW), (text) => fitsAt(text.trim(), messages.length));
        if (beginning.trim() === '') return null;
        messages.push({ text: beginning.trim(), block });
        queue.push(rest.slice(beginning.length));
      }
    }
    if (message.trim() !== '') messages.push({ text: message.trim(), block });
  }
  return messages;
}

/** What of a sentence goes into one message: up to a clause, else a word, else a grapheme, else a code point of a monstrous one. */
function longestBeginning(sentence: string, fitsOne: (text: string) => boolean): string {
  const clauses = Array.from(sentence.matchAll(clauseEnd), (match) => match.index + match[0].length);
  const clause = clauses.findLast((end) => isClosed(sentence.slice(0, end)) && fitsOne(sentence.slice(0, end).trim()));
  if (clause !== undefined) return sentence.slice(0, clause);
  for (const ends of [wordsWithMarks(sentence), graphemeEnds(sentence), codePointEnds(sentence)]) {
    const last = longest(ends.length, (index) => fitsOne(sentence.slice(0, ends[index])));
    if (last >= 0) return sentence.slice(0, ends[last]);
  }
  return '';
}

/** Offsets after each word and the marks that close it, so that no message begins with a comma. */
function wordsWithMarks(text: string): number[] {
  const marks = /[^\s\p{L}\p{M}\p{N}\p{Ps}\p{Pi}]*/uy;
  return wordEnds(text).map((end) => {
    marks.lastIndex = end;
    return end + (marks.exec(text)?.[0].length ?? 0);
  });
}

function graphemeEnds(text: string): number[] {
  let end = 0;
  return graphemes(text).map((grapheme) => (end += grapheme.length));
}

function codePointEnds(text: string): number[] {
  let end = 0;
  return Array.from(text, (character) => (end += character.length));
}

/** The last index below `count` that passes, where passing is monotonous; -1 where none does. */
function longest(count: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Messages without the numbers of their thread, where they have some: the first that has words, and another of the same count. */
export function withoutNumbers(parts: readonly string[]): string[] {
  const first = parts.findIndex((part) => part.trim() !== '');
  const count = /^1\/(\d+) /.exec(parts[first] ?? '')?.[1] ?? '';
  const number = (part: string): string =>
    /^(\d+)\/(\d+) /.exec(part)?.[2] === count ? part.slice(0, part.indexOf(' ') + 1) : '';
  if (count === '' || !parts.slice(first + 1).some((part) => number(part) !== '')) return [...parts];
  return parts.map((part) => part.slice(number(part).length));
}
