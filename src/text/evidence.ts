import { datesOf, foldName, plainTypography } from './grounding-facts.ts';
import { GENERIC } from './entities-english.ts';
import { figuresIn, isSameFigure } from './figures.ts';
import type { Figure } from './figures.ts';
import { isSpan } from './grounding.ts';
import { isNumberWord } from './number-words.ts';
import { splitSentences } from './sentences.ts';
import { ELLIPSIS } from './shorten.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { isUnspaced, splitWords } from './words.ts';
import type { Word } from './words.ts';

/** How many claims of one kind a text makes, how many of them its source makes too, and the others as they are written. */
export interface Claims {
  readonly all: number;
  readonly found: number;
  readonly missing: readonly string[];
}

/** What of a text can be held against its source without understanding it. */
export interface Evidence {
  readonly figures: Claims;
  /** Capitalised names; none in scripts without capitals. */
  readonly names: Claims;
  /** Months, weekdays and days named from the day of writing. */
  readonly dates: Claims;
  /** In scripts without capitals every word that says something may be a name. */
  readonly words: Claims;
}

/** What a text must be true to: everything that belongs to the article, its headline among it. */
export interface EvidenceSource {
  readonly text: string;
  readonly lang: string;
}

type Found = readonly (readonly [written: string, isFound: boolean])[];

/**
 * Figures, names and dates of a text, and which of them its source has: figures by value and unit, names as whole words in
 * their order, inflected or not. A sentence that stands in the source as it is needs no further proof. Pure.
 */
export function evidenceIn(text: string, source: EvidenceSource): Evidence {
  const known = read(source);
  const kinds = { figures: [], names: [], dates: [], words: [] } as Record<
    keyof Evidence,
    (readonly [string, boolean])[]
  >;
  for (const sentence of splitSentences(text, source.lang)) {
    const whole = plainTypography(sentence.text.endsWith(ELLIPSIS) ? sentence.text.slice(0, -1) : sentence.text);
    const isThere = isSpan(whole, known.plain);
    const proved = (found: Found): Found => found.map(([written, isFound]) => [written, isThere || isFound]);
    kinds.figures.push(...proved(figuresOf(sentence.text, known)));
    kinds.names.push(...proved(namesOf(sentence.text, known)));
    kinds.dates.push(...proved(daysOf(sentence.text, known)));
    kinds.words.push(...proved(wordsOf(sentence.text, known)));
  }
  return {
    figures: claimsOf(kinds.figures),
    names: claimsOf(kinds.names),
    dates: claimsOf(kinds.dates),
    words: claimsOf(kinds.words),
  };
}

/** What the source does not have, as it is written, each once. */
export function missingFrom({ figures, names, dates, words }: Evidence): string[] {
  return [...new Set([figures, names, dates, words].flatMap(({ missing }) => missing))];
}

function claimsOf(found: Found): Claims {
  // What is missing once is missing.
  const each = new Map<string, boolean>();
  for (const [written, isFound] of found) each.set(written, (each.get(written) ?? true) && isFound);
  const missing = [...each].filter(([, isFound]) => !isFound).map(([written]) => written);
  return { all: each.size, found: each.size - missing.length, missing };
}

interface Known {
  readonly lang: string;
  readonly plain: string;
  readonly figures: readonly Figure[];
  readonly days: ReadonlySet<string>;
  /** Folded words in order, and where each stands. */
  readonly words: readonly string[];
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Words as they are, for those that a capital only opens a sentence with. */
  readonly lower: ReadonlySet<string>;
}

const sources = new WeakMap<EvidenceSource, Known>();

/** A source is held against every post that was written from it, so it is read once. */
function read(source: EvidenceSource): Known {
  let known = sources.get(source);
  if (known !== undefined) return known;
  const { text, lang } = source;
  const tokens = splitWords(text, lang);
  const words = tokens.flatMap((word) => foldedParts(word, lang));
  const places = new Map<string, number[]>();
  for (const [place, word] of words.entries()) {
    const at = places.get(word);
    if (at === undefined) places.set(word, [place]);
    else at.push(place);
  }
  known = {
    lang,
    plain: plainTypography(text),
    figures: figuresIn(text, lang),
    days: new Set(datesOf(text, lang).keys()),
    words,
    places,
    lower: new Set(tokens.filter((word) => /^\p{Ll}/u.test(word.text)).map(({ key }) => key)),
  };
  sources.set(source, known);
  return known;
}

function figuresOf(sentence: string, { lang, figures }: Known): Found {
  return figuresIn(sentence, lang).map((figure) => [
    figure.written,
    figures.some((other) => isSameFigure(figure, other)),
  ]);
}

function daysOf(sentence: string, { lang, days }: Known): Found {
  return [...datesOf(sentence, lang)].map(([day, written]) => [written, days.has(day)]);
}

/** Capitalised words that stand side by side are one name. */
function namesOf(sentence: string, known: Known): Found {
  const days = new Set(datesOf(sentence, known.lang).values());
  const names: Word[][] = [];
  // German writes every noun with a capital: what stands side by side need not be one name.
  const mayJoin = primarySubtag(known.lang) !== 'de';
  let end = -1;
  for (const word of splitWords(sentence, known.lang)) {
    if (!/^\p{Lu}/u.test(word.text) || days.has(word.text) || isNumberWord(word.text)) continue;
    if (isOpening(sentence, word) ? isOrdinary(word, known) : stopWords(known.lang).has(word.key)) continue;
    const isNext = mayJoin && end >= 0 && /^[ \u00a0]$/u.test(sentence.slice(end, word.start));
    if (isNext) names.at(-1)?.push(word);
    else names.push([word]);
    end = word.end;
  }
  return names.map((name) => {
    const written = sentence.slice(name[0]?.start, name.at(-1)?.end);
    return [
      written,
      isNamed(
        name.flatMap((word) => foldedParts(word, known.lang)),
        known,
      ),
    ];
  });
}

/** Where every sentence and quotation has a capital. */
function isOpening(sentence: string, { start }: Word): boolean {
  return /(?:^|[.!?…:\n“"«„‘'¿¡(–—•]\s*)$/u.test(sentence.slice(0, start));
}

/** The word that opens a sentence is no name where the language, or the source, has it small. */
function isOrdinary({ key }: Word, { lang, lower }: Known): boolean {
  return lower.has(key) || stopWords(lang).has(key) || (primarySubtag(lang) === 'en' && GENERIC.has(key));
}

/** How many words may stand between two of a name: `Mayor Torvald` is `Mayor Ilse Torvald`. */
const MOST_BETWEEN = 2;

function isNamed(name: readonly string[], { words, places }: Known): boolean {
  return (places.get(name[0] ?? '') ?? []).some((first) => {
    let place = first;
    return name.slice(1).every((word) => {
      const next = words.indexOf(word, place + 1);
      const isNear = next > 0 && next - place <= MOST_BETWEEN + 1;
      place = next;
      return isNear;
    });
  });
}

function wordsOf(sentence: string, { lang, plain, places }: Known): Found {
  const stops = stopWords(lang);
  return splitWords(sentence, lang)
    .filter(({ text, key }) => /^\p{Lo}/u.test(text) && !stops.has(key))
    .map((word) => {
      const isThere = foldedParts(word, lang).every((part) => places.has(part));
      return [word.text, isThere || (isUnspaced(word.text) && plain.includes(word.text))];
    });
}

/** Endings that a name takes in languages that inflect it. */
const CASES: Readonly<Record<string, RegExp>> = {
  de: /e?s$/u,
  nl: /s$/u,
  pl: /(?:owskiego|owskiemu|iego|iemu|ego|emu|owi|ami|ach|em|om|ie|ów|[aąeęiouy])$/u,
  ru: /(?:ого|ому|его|ему|ыми|ами|ями|ах|ях|ом|ем|ой|ою|ей|ым|им|ых|ую|ая|ий|ый|[аеёийоуыьюя])$/u,
  uk: /(?:ого|ому|ього|ьому|ими|ами|ями|ові|еві|ах|ях|ом|ем|ою|ею|ій|им|их|ий|[аеєиіїйоуьюя])$/u,
};
/** A name of fewer letters is none any more without its ending. */
const SHORTEST_STEM = 3;

/** The parts of a word that a hyphen joins, each without case, accents, possessive and the ending of its case. */
function foldedParts({ key }: Word, lang: string): string[] {
  const endings = CASES[primarySubtag(lang)];
  return key.split(/[-·]/u).flatMap((part) => {
    if (part === '') return [];
    const folded = foldName(part);
    const ending = endings?.exec(part.normalize('NFC'))?.[0];
    return [
      ending === undefined || folded.length - ending.length < SHORTEST_STEM
        ? folded
        : folded.slice(0, -foldName(ending).length),
    ];
  });
}
