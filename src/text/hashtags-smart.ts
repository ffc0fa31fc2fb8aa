import type { Article } from '../domain/article.ts';
import type { Hashtag, Reason } from '../domain/summary.ts';
import { findCandidates } from './entities.ts';
import type { Candidate } from './entities.ts';
import { GENERIC, TITLES, VERBS } from './entities-english.ts';
import { isTicker } from './tickers.ts';
import { wordKey, wordStem } from './words.ts';

/** A candidate with its score and what made it. */
export interface Draft {
  readonly phrase: string;
  /** The longer form of a name that `phrase` shortens; house lists know both. */
  readonly fullName?: string;
  readonly origin: Hashtag['origin'];
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** Stems of its words: two drafts of the same idea share them. */
  readonly stems: readonly string[];
}

/** How much each thing counts; see {@link scoreOf}. Found by random search with cross-validation, then rounded. */
export const TAG = {
  /** Mentions count less and less: count ^ this. */
  countPower: 0.75,
  /** A topic’s words count where they stand apart as well: this share of them. */
  parts: 0,
  /** A name, against a topic. */
  name: 2.13,
  longName: 1.29,
  /** A topic of two words, and of three, against one of one. */
  phrase: 2.44,
  longPhrase: 0.29,
  /** The headline has its words; has it word for word. */
  titleWords: 1.2,
  titlePhrase: 0.2,
  /** Early mentions count more; `decay` in words. */
  earlyWeight: 1.57,
  decay: 37.68,
  generic: 0.29,
  partlyGeneric: 1.37,
  /** A topic named once. */
  once: 0.81,
  /** The publisher's own keyword. */
  keyword: 30,
  /** Of that, for a single word in lower case; for one that the article does not hold. */
  plainKeyword: 0.5,
  strangeKeyword: 0.1,
};

/** People, places and things as people search for them, best first, at most `most`. */
export function smartDrafts(article: Article, names: 'short' | 'full', most: number): Draft[] {
  const keywords = fromKeywords(article);
  const candidates = findCandidates(article).filter((candidate) => isSaidTwice(candidate, article.title));
  const scored = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate) }));
  scored.sort((a, b) => b.score - a.score || (a.candidate.phrase < b.candidate.phrase ? -1 : 1));
  // A keyword may be borne out by any candidate, however weak.
  const worth = keywords.length > 0 ? scored : scored.slice(0, most);
  const found = worth.map(({ candidate, score }) => draftOf(candidate, score, names));
  return ranked(keywords, found).slice(0, most);
}

/** A topic named once that the headline knows nothing of is two words that happen to stand side by side. */
function isSaidTwice({ isName, count, inTitle, stems, phrase }: Candidate, title: string): boolean {
  if (isName) return true;
  if (stems.length === 1 && ANYBODY.has(phrase.toLowerCase())) return false;
  return title === '' || count > 1 || inTitle > 0;
}

/** Whoever it happened to: `#Man` names nobody. */
const ANYBODY = new Set(
  'man men woman women people person boy girl boys girls victim victims suspect suspects'.split(' '),
);

/** Keywords and what was found, in one order. */
function ranked(keywords: readonly Draft[], found: readonly Draft[]): Draft[] {
  if (keywords.length === 0) return [...found];
  const byStems = new Map(found.map((draft) => [draft.stems.join(' '), draft]));
  // What the publisher names and the text comes back to counts for both.
  const borneOut = keywords.map((keyword) => {
    const same = byStems.get(keyword.stems.join(' '));
    if (same === undefined) return keyword;
    // Spelt as the text spells it: a newsroom's `#Russias` is Russia.
    return {
      ...keyword,
      phrase: same.phrase,
      score: keyword.score + same.score,
      reasons: [...keyword.reasons, ...same.reasons],
    };
  });
  const drafts = [...borneOut, ...found];
  drafts.sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1));
  return drafts;
}

function draftOf(candidate: Candidate, score: number, names: 'short' | 'full'): Draft {
  const reasons: Reason[] = [{ name: 'mentions', points: score, detail: `${candidate.count} times` }];
  if (candidate.isInTitle) reasons.push({ name: 'in-headline', points: 0, detail: 'stands in the headline' });
  const phrase = names === 'short' ? (candidate.short ?? candidate.phrase) : candidate.phrase;
  return { phrase, fullName: candidate.phrase, origin: candidate.origin, score, reasons, stems: candidate.stems };
}

function scoreOf(candidate: Candidate): number {
  const { count, first, inTitle, isInTitle, isName, stems, phrase, wordCount } = candidate;
  const early = 1 / (1 + TAG.earlyWeight * Math.log1p(first / TAG.decay));
  const mentions = isName ? count : count + TAG.parts * Math.max(0, wordCount - count);
  let score = mentions ** TAG.countPower * early * (1 + TAG.titleWords * inTitle + (isInTitle ? TAG.titlePhrase : 0));
  if (isName) score *= TAG.name * (stems.length > 1 ? TAG.longName : 1);
  else if (stems.length === 2) score *= TAG.phrase;
  else if (stems.length > 2) score *= TAG.longPhrase;
  if (!isName) {
    // An office without its holder, `#Minister`, is as little of a topic as any other generic word.
    const generic = phrase.split(' ').filter((word) => GENERIC.has(word.toLowerCase())).length;
    if (generic === stems.length || TITLES.has(phrase.split(' ').at(-1)?.toLowerCase() ?? '')) score *= TAG.generic;
    else if (generic > 0) score *= TAG.partlyGeneric;
    if (count === 1) score *= TAG.once;
  }
  return score;
}

/** The publisher's own keywords, where the article bears them out. */
function fromKeywords(article: Article): Draft[] {
  if (article.keywords.length === 0) return [];
  const text = ` ${article.title} ${article.text} `.toLowerCase();
  const drafts: Draft[] = [];
  for (const [place, keyword] of article.keywords.entries()) {
    const phrase = asWritten(keyword.trim(), text);
    if (
      phrase.length < 2 ||
      phrase.length > 40 ||
      phrase.split(/\s+/u).length > 4 ||
      /[@_:/]/u.test(phrase) ||
      isTicker(phrase)
    )
      continue;
    if (article.lang === 'en' && (VERBS.has(phrase.toLowerCase()) || GENERIC.has(phrase.toLowerCase()))) continue;
    const isInText = text.includes(phrase.toLowerCase());
    const isName = /^\p{Lu}|\s/u.test(phrase) || /^\p{Lo}/u.test(phrase);
    const stems = phrase.split(/\s+/u).map((word) => wordStem(wordKey(word, article.lang), article.lang));
    const score = (TAG.keyword * (isInText ? (isName ? 1 : TAG.plainKeyword) : TAG.strangeKeyword)) / (1 + 0.1 * place);
    drafts.push({
      phrase,
      origin: 'keyword',
      score,
      stems,
      reasons: [{ name: 'keyword', points: score, detail: 'the publisher’s own keyword' }],
    });
  }
  return drafts;
}

/** A keyword that was a hashtag, `HarbourBridge`, as the text writes it: `Harbour Bridge`. */
function asWritten(keyword: string, text: string): string {
  const apart = keyword.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ');
  return apart !== keyword && text.includes(apart.toLowerCase()) ? apart : keyword;
}
