import { primarySubtag, stopWords } from './stopwords/all.ts';
import { splitWords } from './words.ts';

/** What can be wrong in a sentence and seen without understanding it. */
export interface Facts {
  /** Values and how they were written: `1,200` and `1200` are one, `two` is 2, `1.2 million` is 1200000. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Years, months, weekdays and days named relative to the day of writing. */
  readonly dates: ReadonlyMap<string, string>;
  /** Capitalised words that no sentence start accounts for; every word in scripts without capitals. */
  readonly names: ReadonlyMap<string, string>;
  /** What stands in quotation marks, without them. */
  readonly quotations: readonly string[];
}

const NUMBER_WORDS: readonly string[] = [
  'two|dos|deux|zwei',
  'three|third|tres|trois|drei',
  'four|fourth|cuatro|quatre|vier',
  'five|fifth|cinco|cinq|fünf',
  'six|sixth|seis|sechs',
  'seven|seventh|siete|sept|sieben',
  'eight|eighth|ocho|huit|acht',
  'nine|ninth|nueve|neuf|neun',
  'ten|tenth|diez|dix|zehn',
  'eleven|once|onze|elf',
  'twelve|doce|douze|zwölf',
];
const MORE_WORDS = pairs(
  'thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 ' +
    'fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:100 dozen:12 veinte:20 treinta:30 cuarenta:40 ' +
    'cincuenta:50 vingt:20 trente:30 quarante:40 cinquante:50 zwanzig:20 dreißig:30 vierzig:40 fünfzig:50',
);
const WORD_VALUES = new Map<string, number>([
  ...NUMBER_WORDS.flatMap((words, at) => words.split('|').map((word) => [word, at + 2] as const)),
  ...MORE_WORDS,
]);
const MULTIPLIERS = new Map(
  pairs(
    'hundred:1e2 thousand:1e3 mil:1e3 mille:1e3 tausend:1e3 k:1e3 million:1e6 millions:1e6 millón:1e6 millones:1e6 ' +
      'millionen:1e6 m:1e6 mn:1e6 billion:1e9 bn:1e9 milliard:1e9 milliards:1e9 milliarde:1e9 milliarden:1e9 trillion:1e12',
  ),
);
const FIGURE = /(\p{Nd}+(?:[.,’'\u202f\u00a0]\p{Nd}+)*)(?:\s?(\p{L}+))?/gu;
const CURRENCY = /[$€£¥₹₽₺₴₪₩]/gu;
const dateNames = new Map<string, ReadonlyMap<string, string>>();
const RELATIVE_DAYS =
  /^(?:yesterday|today|tomorrow|tonight|ayer|hoy|mañana|anteayer|hier|demain|aujourd'hui|gestern|heute|übermorgen|vorgestern)$/u;

/** The facts of one sentence. */
export function factsOf(sentence: string, lang: string): Facts {
  const dates = new Map<string, string>();
  const names = new Map<string, string>();
  const numbers = numbersOf(sentence);
  const stops = stopWords(lang);
  const days = dateNamesOf(primarySubtag(lang));
  for (const [at, { text, key }] of splitWords(sentence, lang).entries()) {
    const day = days.get(key.replace(/\.$/u, ''));
    if (day !== undefined && (/^\p{Lu}/u.test(text) || key.length > 3) && key !== 'may' && key !== 'mar')
      dates.set(day, text);
    else if (RELATIVE_DAYS.test(key)) dates.set(key, text);
    else if (key === 'may' && /^May$/u.test(text) && at > 0) dates.set('m5', text);
    else if (/^\p{L}/u.test(text) && !stops.has(key) && (/^\p{Lu}/u.test(text) || /\p{Lo}/u.test(text))) {
      for (const part of text.split(/[-·]/u)) if (/^[\p{Lu}\p{Lo}]/u.test(part)) names.set(foldName(part), part);
    }
  }
  for (const [value, written] of numbers) {
    if (/^(?:1[6-9]|20)\d\d$/u.test(value)) {
      dates.set(value, written);
      numbers.delete(value);
    }
  }
  for (const [sign] of sentence.matchAll(CURRENCY)) numbers.set(sign, sign);
  return { numbers, dates, names, quotations: quotationsIn(sentence) };
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
 * spaces.
 */
export function plainTypography(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[“”„«»‟]/gu, '"')
    .replace(/[‘’‚‛ʼ]/gu, "'")
    .replace(/(?:--|[‐‑‒–—―−])/gu, '-')
    .replace(/…/gu, '...')
    .replace(/[\u00ad\u200b\ufeff]/gu, '')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim();
}

function numbersOf(sentence: string): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const [, figure = '', unit] of sentence.matchAll(FIGURE)) {
    const value = valueOf(figure);
    const times = unit === undefined ? undefined : MULTIPLIERS.get(unit.toLowerCase());
    numbers.set(times === undefined ? value : String(Math.round(Number(value) * times * 1e6) / 1e6), figure);
  }
  for (const [word] of sentence.matchAll(/\p{L}+/gu)) {
    const value = WORD_VALUES.get(word.toLowerCase());
    if (value !== undefined) numbers.set(String(value), word);
  }
  return numbers;
}

/** `1,200` and `1.200` → 1200, `3,5` → 3.5; digits of any script. */
function valueOf(figure: string): string {
  const ascii = figure.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  if (/^\d{1,3}(?:[.,’'\u202f\u00a0]\d{3})+$/u.test(ascii)) return ascii.replace(/\D/gu, '');
  const mixed = /^(\d{1,3}(?:[.,’'\u202f\u00a0]\d{3})+)[.,](\d+)$/u.exec(ascii);
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

function pairs(list: string): (readonly [string, number])[] {
  return list.split(' ').map((pair) => {
    const [word = '', value = ''] = pair.split(':');
    return [word, Number(value)] as const;
  });
}

function keep(names: Map<string, string>, name: string, id: string): void {
  const key = name.toLowerCase().replace(/\.$/u, '');
  if (key.length > 2 && !/\d/u.test(key) && !names.has(key)) names.set(key, id);
}
