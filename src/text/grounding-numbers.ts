import { anyWordValue, numberPairs, pairs } from './number-words.ts';
import { placedNumbers } from './placed-numbers.ts';

const CURRENCY = /[$€£¥₹₽₺₴₪₩]/gu;
const CURRENCY_WORDS = new Map(
  pairs(
    'euro:€ euros:€ eur:€ pound:£ pounds:£ gbp:£ pfund:£ dollar:$ dollars:$ usd:$ dólar:$ dólares:$ yen:¥ jpy:¥ ' +
      'rupee:₹ rupees:₹ inr:₹ rouble:₽ roubles:₽ ruble:₽ rubles:₽ lira:₺ hryvnia:₴ shekel:₪ shekels:₪',
  ),
);
/** Shares and ordinals by their words, in the languages that we write; a value is what the figures would be. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { half: '0.5', halves: '0.5', quarter: '0.25', first: '1st', second: '2nd' },
  de: {
    hälfte: '0.5',
    halbe: '0.5',
    halben: '0.5',
    viertel: '0.25',
    erste: '1st',
    ersten: '1st',
    erster: '1st',
    zweite: '2nd',
    zweiten: '2nd',
    zweiter: '2nd',
  },
  fr: { moitié: '0.5', quart: '0.25', première: '1st', deuxième: '2nd' },
  es: { mitad: '0.5', primero: '1st', primera: '1st', segunda: '2nd' },
};
/** A result, `19-12`: who won stands in its order. */
const RESULT = /(?<![\p{L}\p{N}.,:-])(\p{Nd}{1,3})[-–:](\p{Nd}{1,3})(?![\p{L}\p{N}.,:-]*\p{N})/gu;
/** Other figures that say the same: half of all is 50 per cent, half an hour 30 minutes. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  '0.5': ['50', '30', '1.5', '2'],
  '0.25': ['25', '15', '4'],
  '50': ['0.5'],
  '25': ['0.25'],
  '1st': ['1'],
  '2nd': ['2'],
};
/** `9 a.m.`, `9pm`. */
const HALF_OF_DAY = /\p{Nd}\s?([ap])\.?\s?m(?![\p{L}])/giu;
/** What a number counts: `two boats`, `12 old boats`. */
const COUNTED = /(?<![\p{L}\p{N}.,])(\p{L}+|\p{Nd}+)(?=\s(\p{Ll}{3,})(?:\s(\p{Ll}{3,}))?(?!\p{L}))/gu;
const ONE_OF = /(?<![\p{L}\p{N}.,-])(?:one|1|no)\s(\p{Ll}{3,})(?!\p{L})/giu;

/** Values of a sentence and how they were written; currencies, shares, ordinals and halves of the day among them. */
export function numbersOf(sentence: string, lang: string): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const { value, written } of placedNumbers(sentence, lang)) numbers.set(value, written);
  for (const [word] of sentence.matchAll(/\p{L}+/gu)) {
    const value = PARTS[lang]?.[word.toLowerCase()] ?? currencyOf(word);
    if (value !== undefined) numbers.set(value, word);
  }
  for (const [written, one, other] of sentence.matchAll(RESULT)) numbers.set(`${one ?? ''}:${other ?? ''}`, written);
  for (const [sign] of sentence.matchAll(CURRENCY)) numbers.set(sign, sign);
  for (const [written, half = ''] of sentence.matchAll(HALF_OF_DAY)) numbers.set(`${half.toLowerCase()}m`, written);
  return numbers;
}

/** The sign of the money that a word names: `euros` → `€`. */
export function currencyOf(word: string): string | undefined {
  return CURRENCY_WORDS.get(word.toLowerCase());
}

/** Whether a sentence that has these numbers bears out one more, written another way or not. */
export function bearsOut(numbers: ReadonlyMap<string, string>, value: string): boolean {
  // A source without either half of the day may tell the hour in its own way.
  if (value === 'am' || value === 'pm') return numbers.has(value) || !numbers.has(value === 'am' ? 'pm' : 'am');
  // Two figures with a dash between them are a result only where the other order stands there.
  if (value.includes(':')) return numbers.has(value) || !numbers.has(value.split(':').toReversed().join(':'));
  return numbers.has(value) || (SAME[value] ?? []).some((other) => numbers.has(other));
}

/** Nouns that a sentence has one of or none, by their beginning. */
export function singlesOf(sentence: string): Map<string, string> {
  const nouns = new Map<string, string>();
  for (const [written, noun = ''] of sentence.matchAll(ONE_OF)) nouns.set(withoutPlural(noun), written);
  return nouns;
}

/** Nouns that a sentence has a number of, greater than one. */
export function manyOf(sentence: string): Set<string> {
  const nouns = new Set<string>();
  for (const [, number = '', next = '', after = ''] of sentence.matchAll(COUNTED)) {
    const value = anyWordValue(number) ?? Number(number);
    const noun = isPlural(next) ? next : after;
    if (value > 1 && isPlural(noun)) nouns.add(withoutPlural(noun));
  }
  return nouns;
}

function isPlural(noun: string): boolean {
  return noun.endsWith('s') || /^(?:people|men|women|children)$/u.test(noun);
}

const IRREGULAR = new Map(
  numberPairs('people:0 person:0 men:1 man:1 women:2 woman:2 children:3 child:3').map(([word, group]) => [
    word,
    String(group),
  ]),
);

function withoutPlural(noun: string): string {
  const group = IRREGULAR.get(noun);
  if (group !== undefined) return group;
  return noun.replace(/(?:ies|y)$/u, 'i').replace(/e?s$/u, '');
}
