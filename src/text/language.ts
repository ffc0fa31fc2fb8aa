import { commonWords, OTHER_LANGUAGES } from './language-others.ts';
import { LANGUAGES, stopWords } from './stopwords/all.ts';

/** More text than this does not make the answer surer. UTF-16 units. */
const SAMPLE = 4000;
/** Least share of words that must be stop words of the winner; prose of its own language reaches .35 to .55. */
const LEAST_SHARE = 0.15;
/** Least share before telling letters count. */
const LEAST_SAID = 0.12;
/** With fewer words than this, a runner-up with more than half the winner's share makes the answer a guess. */
const FEW_WORDS = 12;
/** With fewer words than this, one with more than this share of the winner's does. */
const SHORT_TEXT = 40;
const MOST_SHARED = 0.8;
/** One small word may be of any language, unless the text has its letters as well. */
const LEAST_HITS = 2;
/** Letters that one language of a script writes and its neighbours do not. */
const TELLING: readonly (readonly [string, RegExp])[] = [
  ['tr', /[ğışİ]/gu],
  ['pl', /[ąęłśźżćń]/gu],
  ['de', /[ßäöü]/gu],
  ['es', /[ñ¿¡]/gu],
  ['pt', /[ãõ]/gu],
  ['fr', /[œèêç]/gu],
  ['it', /[ìòù]/gu],
];
/**
 * Letters beyond a to z that a language writes; a small word with another one is of a neighbour, where a name may have any.
 */
const WRITES: Readonly<Record<string, string>> = {
  de: 'äöüßé',
  en: 'éèêëïçñàâöôü',
  es: 'áéíóúüñ',
  fr: 'àâæçéèêëîïôœùûüÿ',
  it: 'àèéìíîòóùú',
  nl: 'áéëèêïíóöüàç',
  pl: 'ąćęłńóśźż',
  pt: 'áàâãçéêíóôõúü',
  tr: 'çğıöşüâîû',
};
/** Share of words; one in twelve is a word of another language that the text speaks of. */
const MOST_STRANGE = 0.09;
const SPACED = LANGUAGES.filter((lang) => !['zh', 'ja', 'ko', 'ar', 'fa', 'he', 'hi', 'ru', 'uk'].includes(lang));

/**
 * The language of a text: BCP 47 primary subtag out of the eighteen we know, or `und` where it is none of them or the
 * text is too short to tell. By script first, then by stop words and telling letters.
 */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE);
  const letters = count(sample, /\p{L}/gu);
  if (letters < 3) return 'und';
  const share = (script: RegExp): number => count(sample, script) / letters;
  if (share(/\p{sc=Hangul}/gu) > 0.3) return 'ko';
  if (share(/[\p{sc=Hiragana}\p{sc=Katakana}]/gu) > 0.1) return 'ja';
  if (share(/\p{sc=Han}/gu) > 0.3) return 'zh';
  if (share(/\p{sc=Hebrew}/gu) > 0.3) return isOther(sample, 'he', ['yi']) ? 'und' : 'he';
  if (share(/\p{sc=Devanagari}/gu) > 0.3) return byStopWords(sample, ['hi']);
  if (share(/\p{sc=Arabic}/gu) > 0.3) return arabicScript(sample);
  if (share(/\p{sc=Cyrillic}/gu) > 0.3) return cyrillicScript(sample);
  if (share(/\p{sc=Latin}/gu) > 0.5) return byStopWords(sample, SPACED);
  return 'und';
}

/** Letters of Urdu, Kurdish, Pashto, Uyghur and Sindhi; a name in a text may have one. */
const NEITHER = /[ٹڈڑےھںێۆڵڕڤەټډړږښګڼۍېۇۋڭٻڄڃ]/gu;
const LEAST_FOREIGN = 0.005;

/** Persian letters decide; without them and without a stop word of either, Arabic is likelier by far. */
function arabicScript(sample: string): string {
  if (count(sample, NEITHER) > LEAST_FOREIGN * count(sample, /\p{L}/gu)) return 'und';
  if (/[پچژگ]/u.test(sample)) return 'fa';
  // Persian writes its own kaf and yeh, and no teh marbuta.
  if (/[کی]/u.test(sample) && !/[كيىة]/u.test(sample)) return 'fa';
  const found = byStopWords(sample, ['ar', 'fa']);
  return found === 'und' ? 'ar' : found;
}

function cyrillicScript(sample: string): string {
  if (/[ўђјљњћџѓќәғқңөұүһ]/iu.test(sample)) return 'und';
  if (/[іїєґ]/iu.test(sample)) return byStopWords(sample, ['uk']);
  return byStopWords(sample, /[ыэёъ]/iu.test(sample) ? ['ru'] : ['ru', 'uk']);
}

/** Whether more words of a text are common in another language than in the one it seems to be in. */
function isOther(sample: string, lang: string, others: readonly string[]): boolean {
  const words = wordsOf(sample);
  const share = (common: ReadonlySet<string>): number => words.filter((word) => common.has(word)).length;
  const own = share(stopWords(lang));
  // In so few words as many of the other language are enough to doubt.
  const least = words.length < FEW_WORDS ? Math.max(2, own) : own + 1;
  return others.some((other) => share(commonWords(other)) >= least);
}

/** How many of a text’s small words have a letter that its language does not write. */
function strangeWords(sample: string, lang: string): number {
  const letters = WRITES[lang];
  if (letters === undefined) return 0;
  const strange = new RegExp(
    `(?<![\\p{L}\\p{M}’'-])[\\p{Ll}\\p{M}]*[^\\P{Ll}a-z${letters}][\\p{Ll}\\p{M}]*(?![\\p{L}\\p{M}])`,
    'gu',
  );
  return count(sample, strange);
}

function wordsOf(sample: string): string[] {
  return (
    sample
      .toLowerCase()
      .replace(/[’‘]/gu, "'")
      .match(/[\p{L}\p{M}]+(?:'\p{L}+)?/gu) ?? []
  );
}

function byStopWords(sample: string, languages: readonly string[]): string {
  const words = wordsOf(sample);
  let best = 'und';
  let bestScore = LEAST_SHARE;
  let secondScore = 0;
  for (const lang of languages) {
    const stops = stopWords(lang);
    let hits = 0;
    for (const word of words) if (stops.has(word)) hits += 1;
    const telling = TELLING.find(([of]) => of === lang);
    const letters = telling ? Math.min(count(sample, telling[1]) / words.length, 0.3) : 0;
    // Letters alone say little: Swedish and Finnish have those of German.
    const said = words.length === 0 ? 0 : hits / words.length;
    if (hits < LEAST_HITS && letters === 0) continue;
    const score = said < LEAST_SAID ? said : said + letters;
    if (score > bestScore) [best, bestScore, secondScore] = [lang, score, best === 'und' ? secondScore : bestScore];
    else secondScore = Math.max(secondScore, score);
  }
  // “Due in a minute.” has more stop words of Italian than of English: so few words need a clear winner.
  const most = words.length < FEW_WORDS ? 0.5 : words.length < SHORT_TEXT ? MOST_SHARED : 1;
  if (secondScore > bestScore * most) return 'und';
  if (best === 'und' || strangeWords(sample.normalize('NFC'), best) > MOST_STRANGE * words.length) return 'und';
  return isOther(sample, best, OTHER_LANGUAGES) ? 'und' : best;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
