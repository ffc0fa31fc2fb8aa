import type { Article } from '../domain/article.ts';
import type { Hashtag, Reason } from '../domain/summary.ts';
import { findCandidates } from './entities.ts';
import type { Candidate } from './entities.ts';
import { GENERIC } from './entities-english.ts';
import { wordKey, wordStem } from './words.ts';

/** A candidate with its score and what made it. */
export interface Draft {
  readonly phrase: string;
  readonly origin: Hashtag['origin'];
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** Stems of its words: two drafts of the same idea share them. */
  readonly stems: readonly string[];
}

/** How much each thing counts; see {@link scoreOf}. Found by random search with cross-validation, then rounded. */
export const TAG = {
  countPower: 0.75,
  name: 1.6,
  phrase: 1.35,
  longPhrase: 1.2,
  titleWords: 1.2,
  titlePhrase: 0.4,
  decay: 40,
  generic: 0.35,
  once: 0.8,
  keyword: 6,
};

/** People, places and things as people search for them, best first. */
export function smartDrafts(article: Article): Draft[] {
  const drafts = [...fromKeywords(article), ...findCandidates(article).map(draftOf)];
  drafts.sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1));
  return drafts;
}

function draftOf(candidate: Candidate): Draft {
  const score = scoreOf(candidate);
  const reasons: Reason[] = [{ name: 'mentions', points: score, detail: `${candidate.count} times` }];
  if (candidate.isInTitle) reasons.push({ name: 'in-headline', points: 0, detail: 'stands in the headline' });
  const phrase = candidate.short ?? candidate.phrase;
  return { phrase, origin: candidate.origin, score, reasons, stems: candidate.stems };
}

function scoreOf(candidate: Candidate): number {
  const { count, first, inTitle, isInTitle, isName, stems, phrase } = candidate;
  const early = 1 / (1 + Math.log1p(first / TAG.decay));
  let score = count ** TAG.countPower * early * (1 + TAG.titleWords * inTitle + (isInTitle ? TAG.titlePhrase : 0));
  if (isName) score *= TAG.name;
  if (stems.length === 2) score *= TAG.phrase;
  if (stems.length > 2) score *= TAG.longPhrase;
  if (!isName && phrase.split(' ').every((word) => GENERIC.has(word.toLowerCase()))) score *= TAG.generic;
  if (count === 1 && !isInTitle) score *= TAG.once;
  return score;
}

/** The publisher's own keywords, where the article bears them out. */
function fromKeywords(article: Article): Draft[] {
  const text = ` ${article.title} ${article.text} `.toLowerCase();
  const drafts: Draft[] = [];
  for (const [place, keyword] of article.keywords.entries()) {
    const phrase = keyword.trim();
    if (phrase.length < 2 || phrase.length > 40 || phrase.split(/\s+/u).length > 4 || /[@_:/]/u.test(phrase)) continue;
    const isInText = text.includes(phrase.toLowerCase());
    const stems = phrase.split(/\s+/u).map((word) => wordStem(wordKey(word, article.lang), article.lang));
    const score = (TAG.keyword * (isInText ? 1 : 0.4)) / (1 + 0.1 * place);
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
