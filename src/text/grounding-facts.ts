import { manyOf, numbersOf, singlesOf } from './grounding-numbers.ts';
import { isNumberWord } from './number-words.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { withoutTickers } from './tickers.ts';
import { splitWords } from './words.ts';
import type { Word } from './words.ts';

/** What can be wrong in a sentence and seen without understanding it. */
export interface Facts {
  /** Values and how they were written: `1,200` and `1200` are one, `two` is 2, `1.2 million` is 1200000. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Years, months, weekdays and days named relative to the day of writing. */
  readonly dates: ReadonlyMap<string, string>;
  /** Capitalised words that no sentence start accounts for; every word in scripts without capitals. */
  readonly names: ReadonlyMap<string, string>;
  /** Nouns that the sentence has one of, and nouns that it has a greater number of, without their plural’s ending. */
  readonly single: ReadonlyMap<string, string>;
  readonly many: ReadonlySet<string>;
  /** What stands in quotation marks, without them. */
  readonly quotations: readonly string[];
}

const dateNames = new Map<string, ReadonlyMap<string, string>>();
const RELATIVE_DAYS =
  /^(?:yesterday|today|tomorrow|tonight|ayer|hoy|mañana|anteayer|hier|demain|aujourd'hui|gestern|heute|übermorgen|vorgestern)$/u;
/** `last year` is not `next year`. */
const NEAR_SPAN = /(?<!\p{L})(last|next|this)\s(year|month|week|season|summer|winter|spring|autumn|night)(?!\p{L})/giu;

/** The facts of one sentence. */
export function factsOf(sentence: string, lang: string): Facts {
  const dates = datesOf(sentence, lang);
  const names = new Map<string, string>();
  const numbers = numbersOf(sentence, primarySubtag(lang));
  const stops = stopWords(lang);
  for (const [at, word] of splitWords(sentence, lang).entries()) {
    const { text, key } = word;
    if (dayOf(word, at, lang) !== undefined) continue;
    if (/^\p{L}/u.test(text) && !stops.has(key) && (/^\p{Lu}/u.test(text) || /\p{Lo}/u.test(text))) {
      for (const part of text.split(/[-·]/u))
        if (/^[\p{Lu}\p{Lo}]/u.test(part) && !isNumberWord(part)) names.set(foldName(part), part);
    }
  }
  for (const [value, written] of numbers) {
    if (/^(?:1[6-9]|20)\d\d$/u.test(value)) {
      dates.set(value, written);
      numbers.delete(value);
    }
  }
  return {
    numbers,
    dates,
    names,
    quotations: quotationsIn(sentence),
    single: singlesOf(sentence),
    many: manyOf(sentence),
  };
}

/** Months, weekdays and days named relative to the day of writing, by what they mean, and how they are written; no years. */
export function datesOf(text: string, lang: string): Map<string, string> {
  const dates = new Map<string, string>();
  for (const [at, word] of splitWords(text, lang).entries()) {
    const day = dayOf(word, at, lang);
    if (day !== undefined) dates.set(day, word.text);
  }
  for (const [written, when = '', span = ''] of text.matchAll(NEAR_SPAN))
    dates.set(`${when} ${span}`.toLowerCase(), written);
  return dates;
}

function dayOf({ text, key }: Word, at: number, lang: string): string | undefined {
  const day = dateNamesOf(primarySubtag(lang)).get(key.replace(/\.$/u, ''));
  if (day !== undefined && (/^\p{Lu}/u.test(text) || key.length > 3) && key !== 'may' && key !== 'mar') return day;
  if (RELATIVE_DAYS.test(key)) return key;
  return key === 'may' && /^May$/u.test(text) && at > 0 ? 'm5' : undefined;
}

/** Without case, accents, apostrophes and the English possessive. */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[’‘]/gu, "'")
    .replace(/'s?$/u, '')
    .normalize('NFD')
    .replace(/[\u0300-\u036f'.]/gu, '');
}

/**
 * The same text in one typography: NFC, straight quotation marks and apostrophes, hyphens for dashes, three dots, single
 * spaces, no tickers.
 */
export function plainTypography(text: string): string {
  return withoutTickers(text.normalize('NFC'))
    .replace(/[“”„«»‟]/gu, '"')
    .replace(/[‘’‚‛ʼ]/gu, "'")
    .replace(/(?:--|[‐‑‒–—―−])/gu, '-')
    .replace(/…/gu, '...')
    .replace(/[\u00ad\u200b\ufeff]/gu, '')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim();
}

const QUOTATION =
  /“([^“”]+)”|"([^"]+)"|«([^«»]+)»|„([^„“”]+)[“”]|(?<![\p{L}\p{N}])‘([^‘]+?[\p{L}\p{N}.,!?…])’(?![\p{L}\p{N}])/gu;

function quotationsIn(sentence: string): string[] {
  const found: string[] = [];
  for (const [, a, b, c, d, e] of sentence.matchAll(QUOTATION)) {
    const text = plainTypography(a ?? b ?? c ?? d ?? e ?? '').replace(/[,.;:!?]+$/u, '');
    if (text !== '') found.push(text);
  }
  return found;
}

/** Months and weekdays of a language, long and short, by what they mean: `März` → `m3`. English ones are always known. */
function dateNamesOf(lang: string): ReadonlyMap<string, string> {
  const known = dateNames.get(lang);
  if (known !== undefined) return known;
  const names = new Map<string, string>(lang === 'en' || lang === 'und' ? [] : dateNamesOf('en'));
  const tag = lang === 'und' ? 'en' : lang;
  for (const width of ['long', 'short'] as const) {
    const months = new Intl.DateTimeFormat(`${tag}-u-ca-gregory`, { month: width, day: 'numeric', timeZone: 'UTC' });
    const weekdays = new Intl.DateTimeFormat(tag, { weekday: width, timeZone: 'UTC' });
    for (let at = 0; at < 12; at += 1) {
      const parts = months.formatToParts(Date.UTC(2023, at, 1));
      keep(names, parts.find(({ type }) => type === 'month')?.value ?? '', `m${at + 1}`);
      if (at < 7) keep(names, weekdays.format(Date.UTC(2023, 0, 1 + at)), `d${at}`);
    }
  }
  dateNames.set(lang, names);
  return names;
}

function keep(names: Map<string, string>, name: string, id: string): void {
  const key = name.toLowerCase().replace(/\.$/u, '');
  if (key.length > 2 && !/\d/u.test(key) && !names.has(key)) names.set(key, id);
}
