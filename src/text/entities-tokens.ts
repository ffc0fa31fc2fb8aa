import type { Article } from '../domain/article.ts';
import { mayBePastTense } from './entities-german.ts';
import { joinsNothing, particlePair } from './entities-particles.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { datelineLength } from './summary-dateline.ts';
import { noiseOf } from './summary-noise.ts';
import { isTicker } from './tickers.ts';
import { wordsOfBody, wordStem } from './words.ts';
import type { StemmedWord } from './words.ts';

/** A word with what its surroundings say about it. */
export interface Token extends StemmedWord {
  readonly lower: string;
  /** Opens a sentence, where a capital says nothing. */
  readonly opens: boolean;
  /** White space only between it and the token before. */
  readonly joined: boolean;
  readonly isCapital: boolean;
}

/** What an article is about stands in its first part; UTF-16 units. */
export const READ_TO = 6000;
const LINE = /[^\n\r\u2028\u2029]+/gu;
/** Names in capitals that are stop words in lower case. */
const SPELT_LIKE_STOPS = new Set(['us', 'who']);

/** A line that is longer is a paragraph of the story; UTF-16 units. */
const LONGEST_NOTE = 240;

/** The first part of the body, without the capitals of a dateline, lines of somebody else's hashtags and lines about the page: bylines, captions. */
export function wordsWorthReading(article: Article): readonly StemmedWord[] {
  const words = wordsOfBody(article);
  const past = words.findIndex((word) => word.end > READ_TO);
  const first = past < 0 ? words : words.slice(0, past);
  const lines = [...article.text.slice(0, READ_TO).matchAll(LINE)].filter(([line]) => isNote(line.trim()));
  const dateline = datelineLength(article.text.slice(0, LONGEST_NOTE));
  const shouted = dateline === 0 ? 0 : first.findIndex(({ end }) => end > dateline);
  const said = shouted > 0 ? first.filter(({ text }, at) => at >= shouted || /[\p{Ll}\p{Lo}]/u.test(text)) : first;
  if (lines.length === 0) return said;
  return said.filter(({ start }) => !lines.some((line) => start >= line.index && start < line.index + line[0].length));
}

function isNote(line: string): boolean {
  return /^[#＃]/u.test(line) || (line.length <= LONGEST_NOTE && noiseOf(line, 0) !== null);
}

function isAcronym(word: string): boolean {
  return /^[\p{Lu}\p{N}.&]{2,}$/u.test(word);
}

/** `d’Aubigné`, `l’Europe`: a name behind what its language leaves of an article or a preposition. */
const ELIDED = /^[dl][’'](?=\p{Lu})/u;
const ARABIC_ARTICLE = /^(?:al|el|ul|an|ar|as|at|az|ad|ash|abu)-\p{Lu}/u;

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019;
}

/** `Europe` for `l’Europe`. */
export function withoutElision(token: Token): Token {
  return ELIDED.test(token.text) ? { ...token, text: token.text.slice(2) } : token;
}

/** `Putin`, `EU`, `iPhone`. */
function isCapital(word: string): boolean {
  const first = word.charCodeAt(0);
  const second = word.charCodeAt(1);
  if (first >= 0x61 && first <= 0x7a && second >= 0x61 && second <= 0x7a)
    return word.includes('-') && ARABIC_ARTICLE.test(word);
  return (
    (first >= 0x41 && first <= 0x5a) ||
    (isApostrophe(second) && ELIDED.test(word)) ||
    /^(?:\p{Lu}|\p{Ll}\p{Lu})/u.test(word)
  );
}

/** `EE. UU.` is one name in two words, each a doubled letter: the words with such pairs as one. */
function withDoubled(text: string, words: readonly StemmedWord[]): readonly StemmedWord[] {
  if (!/([A-ZÁÉÍÓÚÑ])\1\. ?([A-ZÁÉÍÓÚÑ])\2/.test(text)) return words;
  const joined: StemmedWord[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const isSecond =
      last !== undefined &&
      /^(\p{Lu})\1$/u.test(word.text) &&
      /^(\p{Lu})\1$/u.test(last.text) &&
      /^\. ?$/u.test(text.slice(last.end, word.start));
    if (!isSecond) {
      joined.push(word);
      continue;
    }
    const key = last.key + word.key;
    joined[joined.length - 1] = {
      text: last.text + word.text,
      key,
      start: last.start,
      end: word.end,
      stem: key,
      isStop: false,
    };
  }
  return joined;
}

/** What a full stop stands after inside a name: `St. Alban`, `J.K. Farrow`. */
const SAINT = /^(?:St|Ste|Mt|Ft)$/u;
const INITIALS = /^\p{Lu}(?:\.\p{Lu})+$/u;
/** Of the same shape, and no one's initials. */
const PLACES = /^(?:U\.S|U\.K|U\.N|E\.U|D\.C|L\.A|N\.Y|A\.M|P\.M|U\.S\.A|U\.A\.E)$/u;

function isAbbreviated(word: string): boolean {
  return SAINT.test(word) || (word.includes('.') && INITIALS.test(word) && !PLACES.test(word));
}

/** `Del “Red” Hargis`: who is called so is tagged without it. */
const NICKNAME = /(?<=\p{L} )["“‘](\p{Lu}[\p{L}\p{M}’'-]{1,14})["”’](?= \p{Lu}\p{Ll})/gu;
const NICKNAME_BETWEEN = /^ ["“‘][^\s"“”‘]+["”’] $/u;

function withoutNicknames(text: string, words: readonly StemmedWord[]): readonly StemmedWord[] {
  const starts = new Set<number>();
  for (const { index } of text.matchAll(NICKNAME)) {
    const before = /(\S+) $/u.exec(text.slice(Math.max(0, index - 30), index))?.[1] ?? '';
    if (/^\p{Lu}\p{Ll}/u.test(before)) starts.add(index + 1);
  }
  return starts.size === 0 ? words : words.filter(({ start }) => !starts.has(start));
}

export function tokensOf(text: string, words: readonly StemmedWord[], lang: string): Token[] {
  const stops = stopWords(lang);
  const isTurkish = primarySubtag(lang) === 'tr';
  const isGerman = primarySubtag(lang) === 'de';
  let before = 0;
  let last = '';
  return withDoubled(text, withoutNicknames(text, words)).map((word, index) => {
    const gap = text.slice(before, word.start);
    const goesOn = gap === '. ' ? isAbbreviated(last) && !word.isStop : gap.length > 3 && NICKNAME_BETWEEN.test(gap);
    before = word.end;
    last = word.text;
    const small = word.text.toLowerCase();
    const lower = small.includes('’') || small.includes('‘') ? small.replace(/[’‘]/gu, "'") : small;
    const isElided = isApostrophe(word.text.charCodeAt(1)) && ELIDED.test(word.text);
    return {
      text: isTurkish ? word.text.replace(/[’'].*$/u, '') : word.text,
      key: isElided ? word.key.slice(2) : word.key,
      start: word.start,
      end: word.end,
      lower,
      stem: isElided ? wordStem(word.key.slice(2), lang) : word.stem,
      opens:
        index === 0 ||
        (gap !== ' ' &&
          !goesOn &&
          (/[.!?…\n:]/u.test(gap) ||
            /["“„«‘]\s*$/u.test(gap) ||
            // A verb behind a dash or a bracket begins a sentence as well.
            (isGerman && mayBePastTense(word.key)))),
      joined: index > 0 && (gap === ' ' || gap === '\u00a0' || goesOn),
      isCapital: isCapital(word.text),
      isStop:
        ((word.isStop || (lower !== word.key && stops.has(lower))) &&
          !(SPELT_LIKE_STOPS.has(lower) && isAcronym(word.text))) ||
        isTicker(word.text),
    };
  });
}

/** German writes every noun with a capital; after an article or an adjective it is no name. */
const COMMON_NOUN_BEFORE =
  /^(?:\d+|[DdEe]ie|[Dd]er|[Dd]as|[Dd]en|[Dd]em|[Dd]es|[Ee]in\p{Ll}{0,2}|[Zz]um|[Zz]ur|[Ii]m|[Aa]m|[Vv]om|kein|mehr|viel|wenig|genug|etwas|pro|zwei|drei|fünf|sechs|acht|neun|zehn|elf|zwölf|\p{Ll}{2,}(?:e|en|er|es|em))$/u;

/** For each key: how often it stands capitalised where it need not, less how often in lower case. */
export function nameEvidence(body: readonly Token[], lang: string): Map<string, number> {
  const isGerman = primarySubtag(lang) === 'de';
  const evidence = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, token] of body.entries()) {
    // Only a word after a name may be a small word inside one.
    const pair = token.joined && body[at - 1]?.isCapital === true ? particlePair(body, at) : null;
    if (pair !== null) {
      evidence.set(pair, (evidence.get(pair) ?? 0) + 1);
      if (evidence.get(pair) === 2) twice.add(body[at - 1]?.key ?? '');
    }
    if (token.isStop) continue;
    const isNoun = isGerman && COMMON_NOUN_BEFORE.test(body[at - 1]?.text ?? '');
    const vote = !token.isCapital || isNoun ? -1 : token.opens ? 0 : 1;
    evidence.set(token.key, (evidence.get(token.key) ?? 0) + vote);
  }
  // Who is called so twice has a name, whatever stands before it: `Der Rat wählte Ludwig von Hagen`.
  for (const key of twice) evidence.set(key, Math.max(1, evidence.get(key) ?? 0));
  // A German article joins no name: `Intendant des Stadttheaters`.
  if (isGerman) evidence.set(joinsNothing('des'), 1);
  return evidence;
}
