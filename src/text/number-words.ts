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
const MORE_WORDS = numberPairs(
  'thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 ' +
    'fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:100 dozen:12 veinte:20 treinta:30 cuarenta:40 ' +
    'cincuenta:50 vingt:20 trente:30 quarante:40 cinquante:50 zwanzig:20 dreißig:30 vierzig:40 fünfzig:50',
);
const WORD_VALUES = new Map<string, number>([
  ...NUMBER_WORDS.flatMap((words, at) => words.split('|').map((word) => [word, at + 2] as const)),
  ...MORE_WORDS,
]);
const MULTIPLIERS = new Map(
  numberPairs(
    'milione:1e6 milioni:1e6 miliardo:1e9 miliardi:1e9 milhão:1e6 milhões:1e6 bilhão:1e9 bilhões:1e9 miljoen:1e6 miljard:1e9 ' +
      'mln:1e6 mld:1e9 mlrd:1e9 mrd:1e9 mio:1e6 milion:1e6 miliony:1e6 milionów:1e6 miliard:1e9 miliardy:1e9 miliardów:1e9 ' +
      'тыс:1e3 тысяч:1e3 тысячи:1e3 млн:1e6 миллион:1e6 миллиона:1e6 миллионов:1e6 млрд:1e9 миллиард:1e9 миллиарда:1e9 ' +
      'миллиардов:1e9 тисяч:1e3 мільйон:1e6 мільйони:1e6 мільйонів:1e6 мільярд:1e9 мільярди:1e9 мільярдів:1e9 bin:1e3 milyon:1e6 ' +
      'milyar:1e9 ' +
      'hundred:1e2 thousand:1e3 mil:1e3 mille:1e3 tausend:1e3 k:1e3 million:1e6 millions:1e6 millón:1e6 millones:1e6 ' +
      'millionen:1e6 m:1e6 mn:1e6 billion:1e9 bn:1e9 milliard:1e9 milliards:1e9 milliarde:1e9 milliarden:1e9 trillion:1e12 ' +
      'ألف:1e3 آلاف:1e3 مليون:1e6 ملايين:1e6 مليار:1e9 אלף:1e3 מיליון:1e6 מיליארד:1e9 هزار:1e3 میلیون:1e6 میلیارد:1e9 हज़ार:1e3 ' +
      'लाख:1e5 करोड़:1e7 万:1e4 萬:1e4 만:1e4 亿:1e8 億:1e8 억:1e8',
  ),
);
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

/** Characters that multiply the figures before them by ten thousand and by its square. */
export const MYRIADS = /^[万萬만亿億억]/u;

/** How many times a number is taken by the unit behind it: `million` → 1000000, `万人` → 10000. */
export function timesOf(unit: string): number | undefined {
  return MULTIPLIERS.get(unit.toLowerCase()) ?? MULTIPLIERS.get(MYRIADS.exec(unit)?.[0] ?? '');
}

const small = new Map<string, ReadonlyMap<string, number>>();

/** What a word of a language counts, from two on; in lower case. */
export function wordValue(lower: string, lang: string): number | undefined {
  // In English the Spanish eleven is an adverb, and the German one a spirit.
  if (lang === 'en' && (lower === 'once' || lower === 'elf')) return undefined;
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

/** Whether a word is a number in any language that we know some of. */
export function isNumberWord(word: string): boolean {
  return anyWordValue(word) !== undefined;
}

/** What a word counts in the first language that has it. */
export function anyWordValue(word: string): number | undefined {
  return WORD_VALUES.get(word.toLowerCase());
}

/** `word:value` by spaces, as words with their values. */
export function pairs(list: string): (readonly [string, string])[] {
  return list.split(' ').map((pair) => {
    const [word = '', value = ''] = pair.split(':');
    return [word, value] as const;
  });
}

/** The same of numbers. */
export function numberPairs(list: string): (readonly [string, number])[] {
  return pairs(list).map(([word, value]) => [word, Number(value)] as const);
}
