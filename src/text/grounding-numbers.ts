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
    'milione:1e6 milioni:1e6 miliardo:1e9 miliardi:1e9 milhão:1e6 milhões:1e6 bilhão:1e9 bilhões:1e9 miljoen:1e6 miljard:1e9 ' +
      'mln:1e6 mld:1e9 mlrd:1e9 mrd:1e9 mio:1e6 milion:1e6 miliony:1e6 milionów:1e6 miliard:1e9 miliardy:1e9 miliardów:1e9 ' +
      'тыс:1e3 тысяч:1e3 тысячи:1e3 млн:1e6 миллион:1e6 миллиона:1e6 миллионов:1e6 млрд:1e9 миллиард:1e9 миллиарда:1e9 ' +
      'миллиардов:1e9 тисяч:1e3 мільйон:1e6 мільйони:1e6 мільйонів:1e6 мільярд:1e9 мільярди:1e9 мільярдів:1e9 bin:1e3 milyon:1e6 ' +
      'milyar:1e9 ' +
      'hundred:1e2 thousand:1e3 mil:1e3 mille:1e3 tausend:1e3 k:1e3 million:1e6 millions:1e6 millón:1e6 millones:1e6 ' +
      'millionen:1e6 m:1e6 mn:1e6 billion:1e9 bn:1e9 milliard:1e9 milliards:1e9 milliarde:1e9 milliarden:1e9 trillion:1e12',
  ),
);
/** `140 000` by itself, or figures with any other mark between them; then the unit. */
const FIGURE =
  /((?<!\p{Nd})\p{Nd}{1,3}(?: \p{Nd}{3})+(?!\p{Nd})|\p{Nd}+(?:[.,’'\u202f\u00a0]\p{Nd}+)*)(?:\s?(\p{L}+))?/gu;
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const ONES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** `Twenty-one`. */
const COMPOUND = new RegExp(String.raw`(?<!\p{L})(${TENS})[-‐‑ ](${ONES.join('|')})(?!\p{L})`, 'giu');
const CURRENCY = /[$€£¥₹₽₺₴₪₩]/gu;
const CURRENCY_WORDS = new Map(
  (
    'euro:€ euros:€ eur:€ pound:£ pounds:£ gbp:£ pfund:£ dollar:$ dollars:$ usd:$ dólar:$ dólares:$ yen:¥ jpy:¥ ' +
    'rupee:₹ rupees:₹ inr:₹ rouble:₽ roubles:₽ ruble:₽ rubles:₽ lira:₺ hryvnia:₴ shekel:₪ shekels:₪'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
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
/** Small numbers by their words in languages where a word of one would be another word of the next. */
const SMALL: Readonly<Record<string, string>> = {
  it: 'due tre quattro cinque sei sette otto nove dieci',
  pt: 'dois|duas três quatro cinco seis sete oito nove dez',
  nl: 'twee drie vier vijf zes zeven acht negen tien',
  pl: 'dwa|dwie|dwóch|dwoje trzy|trzech|troje cztery|czterech|czworo pięć|pięciu sześć|sześciu siedem|siedmiu osiem|ośmiu dziewięć|dziewięciu dziesięć|dziesięciu',
  ru: 'два|две|двое|двух три|трое|трёх|трех четыре|четверо|четырёх|четырех пять|пяти шесть|шести семь|семи восемь|восьми девять|девяти десять|десяти',
  uk: "два|дві|двоє|двох три|троє|трьох чотири|четверо|чотирьох п'ять|п’ять шість|шести сім|семи вісім|восьми дев'ять|дев’ять десять|десяти",
  tr: 'iki üç dört beş altı yedi sekiz dokuz on',
};
const GERMAN_ONES = 'ein zwei drei vier fünf sechs sieben acht neun'.split(' ');
/** `einundzwanzig`. */
const GERMAN = new RegExp(
  String.raw`^(${GERMAN_ONES.join('|')})und(zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)$`,
  'u',
);
const GERMAN_TENS = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');
/** `-12 degrees`, `minus 12`: another number than 12. `12 degrees below zero` says the same. */
const NEGATIVE = /(?:(?<![\p{L}\p{N}])[-−–]|(?<!\p{L})minus\s)$/iu;
const BELOW = /^[^,.;]{0,24}(?:below (?:zero|freezing)|unter null|bajo cero|sous zéro|sotto zero)(?!\p{L})/iu;
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
  for (const match of sentence.matchAll(FIGURE)) {
    const [, figure = '', unit] = match;
    const value = valueOf(figure);
    const times = unit === undefined ? undefined : MULTIPLIERS.get(unit.toLowerCase());
    const size = times === undefined ? value : String(Math.round(Number(value) * times * 1e6) / 1e6);
    const before = sentence.slice(Math.max(0, match.index - 6), match.index);
    const isNegative = NEGATIVE.test(before) || BELOW.test(sentence.slice(match.index + figure.length));
    numbers.set(isNegative ? `-${size}` : size, figure);
  }
  const rest = sentence.replace(COMPOUND, (written: string, tens: string, ones: string) => {
    numbers.set(String((WORD_VALUES.get(tens.toLowerCase()) ?? 0) + ONES.indexOf(ones.toLowerCase()) + 1), written);
    return ' ';
  });
  for (const [word] of rest.matchAll(/\p{L}+/gu)) {
    const lower = word.toLowerCase();
    // In English the Spanish eleven is an adverb, and the German one a spirit.
    const isOfOthers = lang === 'en' && (lower === 'once' || lower === 'elf');
    const value = isOfOthers
      ? undefined
      : (wordValue(lower, lang) ?? PARTS[lang]?.[lower] ?? CURRENCY_WORDS.get(lower));
    if (value !== undefined) numbers.set(String(value), word);
  }
  for (const [written, one, other] of sentence.matchAll(RESULT)) numbers.set(`${one ?? ''}:${other ?? ''}`, written);
  for (const [sign] of sentence.matchAll(CURRENCY)) numbers.set(sign, sign);
  for (const [written, half = ''] of sentence.matchAll(HALF_OF_DAY)) numbers.set(`${half.toLowerCase()}m`, written);
  return numbers;
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

const small = new Map<string, ReadonlyMap<string, number>>();

function wordValue(lower: string, lang: string): number | undefined {
  const german = lang === 'de' ? GERMAN.exec(lower) : null;
  if (german !== null)
    return (GERMAN_TENS.indexOf(german[2] ?? '') + 2) * 10 + GERMAN_ONES.indexOf(german[1] ?? '') + 1;
  let own = small.get(lang);
  if (own === undefined) {
    const words = (SMALL[lang] ?? '')
      .split(' ')
      .flatMap((forms, at) => forms.split('|').map((form) => [form, at + 2] as const));
    small.set(lang, (own = new Map(words)));
  }
  return own.get(lower) ?? WORD_VALUES.get(lower);
}

export function isNumberWord(word: string): boolean {
  return WORD_VALUES.has(word.toLowerCase());
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
    const value = WORD_VALUES.get(number.toLowerCase()) ?? Number(number);
    const noun = isPlural(next) ? next : after;
    if (value > 1 && isPlural(noun)) nouns.add(withoutPlural(noun));
  }
  return nouns;
}

function isPlural(noun: string): boolean {
  return noun.endsWith('s') || /^(?:people|men|women|children)$/u.test(noun);
}

const IRREGULAR = new Map(
  pairs('people:0 person:0 men:1 man:1 women:2 woman:2 children:3 child:3').map(([word, group]) => [
    word,
    String(group),
  ]),
);

function withoutPlural(noun: string): string {
  const group = IRREGULAR.get(noun);
  if (group !== undefined) return group;
  return noun.replace(/(?:ies|y)$/u, 'i').replace(/e?s$/u, '');
}

function pairs(list: string): (readonly [string, number])[] {
  return list.split(' ').map((pair) => {
    const [word = '', value = ''] = pair.split(':');
    return [word, Number(value)] as const;
  });
}
