import { MYRIADS, anyWordValue, timesOf, wordValue } from './number-words.ts';
import type { Span } from './span.ts';

/** `140 000` by itself, or figures with any other mark between them; then the unit. */
const FIGURE =
  /((?<!\p{Nd})\p{Nd}{1,3}(?: \p{Nd}{3})+(?!\p{Nd})|\p{Nd}+(?:[.,’'\u202f\u00a0]\p{Nd}+)*)(?:\s?([\p{L}\p{M}]+))?/gu;
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const ONES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** `Twenty-one`. */
const COMPOUND = new RegExp(String.raw`(?<!\p{L})(${TENS})[-‐‑ ](${ONES.join('|')})(?!\p{L})`, 'giu');
/** `-12 degrees`, `minus 12`: another number than 12. `12 degrees below zero` says the same. */
const NEGATIVE = /(?:(?<![\p{L}\p{N}])[-−–]|(?<!\p{L})minus\s)$/iu;
const BELOW = /^[^,.;]{0,24}(?:below (?:zero|freezing)|unter null|bajo cero|sous zéro|sotto zero)(?!\p{L})/iu;

/** Two words that multiply, and what parts them; UTF-16 units. */
const LONGEST_UNITS = 40;

/** A number of a text at its place: UTF-16 offsets, `end` behind a word that multiplies it. */
export interface PlacedNumber extends Span {
  readonly value: string;
  readonly written: string;
}

/** Numbers in figures and in words; those in figures come first. */
export function placedNumbers(text: string, lang: string): PlacedNumber[] {
  const found: PlacedNumber[] = [];
  for (const match of text.matchAll(FIGURE)) {
    const [whole, figure = '', unit = ''] = match;
    const start = match.index;
    const times = timesOf(unit);
    const size =
      times === undefined ? valueOf(figure) : String(Math.round(Number(valueOf(figure)) * times * 1e6) / 1e6);
    const before = text.slice(Math.max(0, start - 6), start);
    const isNegative = NEGATIVE.test(before) || BELOW.test(text.slice(start + figure.length));
    const end = times === undefined ? start + figure.length : start + whole.length - unit.length + unitLength(unit);
    found.push({ value: isNegative ? `-${size}` : size, written: figure, start, end });
  }
  const add = (value: number, written: string, start: number): void => {
    found.push({ value: String(value), written, start, end: start + written.length });
  };
  const rest = text.replace(COMPOUND, (written: string, tens: string, ones: string, start: number) => {
    add((anyWordValue(tens) ?? 0) + ONES.indexOf(ones.toLowerCase()) + 1, written, start);
    return ' '.repeat(written.length);
  });
  let end = 0;
  for (const { 0: word, index } of rest.matchAll(/\p{L}+/gu)) {
    const value = index < end ? undefined : wordValue(word.toLowerCase(), lang);
    if (value === undefined) continue;
    const { times, length } = multipliersAt(rest.slice(index + word.length, index + word.length + LONGEST_UNITS));
    end = index + word.length + length;
    add(value * times, text.slice(index, end), index);
  }
  return found;
}

/** Scripts without spaces write on behind the character that multiplies. */
function unitLength(unit: string): number {
  return MYRIADS.test(unit) ? 1 : unit.length;
}

/** `hundred thousand` behind a word: how many times it is taken, and how long that is. */
function multipliersAt(text: string): { times: number; length: number } {
  let times = 1;
  let length = 0;
  for (const { 0: whole, 1: word = '' } of text.matchAll(/[\s-](\p{L}{3,})(?!\p{L})/guy)) {
    const one = timesOf(word);
    if (one === undefined) break;
    times *= one;
    length += whole.length;
  }
  return { times, length };
}

/** `1,200` and `1.200` → 1200, `3,5` → 3.5; digits of any script. */
function valueOf(figure: string): string {
  const ascii = figure.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  if (/^\d{1,3}(?:[.,’' \u202f\u00a0]\d{3})+$/u.test(ascii)) return ascii.replace(/\D/gu, '');
  const mixed = /^(\d{1,3}(?:[.,’' \u202f\u00a0]\d{3})+)[.,](\d+)$/u.exec(ascii);
  if (mixed !== null) return `${(mixed[1] ?? '').replace(/\D/gu, '')}.${mixed[2] ?? ''}`;
  return ascii.replace(',', '.').replace(/^0+(?=\d)/u, '');
}

/** Digits stand in runs of ten in every script of Unicode; the zero is the first that is a digit. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 48;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
