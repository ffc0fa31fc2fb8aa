import type { Article } from '../domain/article.ts';
import type { Hashtag, HashtagStrategy, Reason } from '../domain/summary.ts';
import { findCandidates } from './entities.ts';
import { capitalise, toTag } from './hashtags-tag.ts';
import { stopWords } from './stopwords/all.ts';

/** What a house decides about its hashtags. */
export interface HashtagOptions {
  /** `smart` names people, places and things as people search for them; `headline` takes the headline's words. */
  readonly strategy: HashtagStrategy;
  /** Most tags to keep, section and house tags included; no limit where absent. A network's own number is the caller's. */
  readonly max?: number;
  /** Always there, always last: `['News']`. */
  readonly houseTags?: readonly string[];
  /** Never there, compared without case, spaces and `#`. */
  readonly never?: readonly string[];
  /** Another name for a phrase or tag: `{ US: 'USA' }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Names and topics that a person must look at before anything goes out. */
  readonly sensitive?: readonly string[];
}

/**
 * The hashtags of an article, kept ones first, in the order they are posted; rejected ones after, each with its reasons.
 * Pure: the same article and options give the same answer.
 */
export function chooseHashtags(article: Article, options: HashtagOptions): Hashtag[] {
  const named = options.strategy === 'headline' ? fromHeadline(article) : smart(article);
  const last: Draft[] = [];
  if (article.section !== null && article.section !== '')
    last.push({ phrase: article.section, origin: 'section', score: 0, why: 'the section' });
  for (const house of options.houseTags ?? [])
    last.push({ phrase: house, origin: 'house', score: 0, why: 'house tag' });
  return settle(named, last, article.lang, options);
}

interface Draft {
  readonly phrase: string;
  readonly origin: Hashtag['origin'];
  readonly score: number;
  readonly why: string;
}

function settle(named: readonly Draft[], last: readonly Draft[], lang: string, options: HashtagOptions): Hashtag[] {
  const never = new Set((options.never ?? []).map(fold));
  const sensitive = new Set((options.sensitive ?? []).map(fold));
  const aliases = new Map(Object.entries(options.aliases ?? {}).map(([from, to]) => [fold(from), to]));
  const room = Math.max(0, (options.max ?? Number.POSITIVE_INFINITY) - last.length);
  const seen = new Set<string>();
  const kept: Hashtag[] = [];
  const rejected: Hashtag[] = [];
  for (const [index, draft] of [...named, ...last].entries()) {
    const alias = aliases.get(fold(draft.phrase));
    const phrase = alias ?? draft.phrase;
    const tag = toTag(phrase, lang);
    if (tag === null) continue;
    const reasons: Reason[] = [{ name: draft.origin, points: draft.score, detail: draft.why }];
    if (alias !== undefined) reasons.push({ name: 'alias', points: 0, detail: `“${draft.phrase}” in the house list` });
    if (sensitive.has(fold(tag))) reasons.push({ name: 'sensitive', points: 0, detail: 'a person must look' });
    let verdict: string | null = null;
    if (never.has(fold(tag)) || never.has(fold(draft.phrase))) verdict = 'never';
    else if (seen.has(fold(tag))) verdict = 'twice';
    else if (index < named.length && kept.length >= room) verdict = 'no-room';
    const isKept = verdict === null;
    if (verdict !== null) reasons.push({ name: verdict, points: 0, detail: 'left out' });
    else seen.add(fold(tag));
    (isKept ? kept : rejected).push({ tag, phrase, origin: draft.origin, score: draft.score, kept: isKept, reasons });
  }
  return [...kept, ...rejected];
}

/** Words of the headline in order, apostrophes dropped, stop words and words under three letters left out. */
function fromHeadline(article: Article): Draft[] {
  const stops = stopWords(article.lang);
  const drafts: Draft[] = [];
  for (const raw of article.title.split(/[\s\u2013\u2014/|]+/u)) {
    const word = raw.replace(/[^\p{L}\p{M}\p{N}_’‘'ʼ.-]/gu, '').replace(/^[’‘'.-]+|[’‘'.-]+$/gu, '');
    const bare = word.replace(/[’‘'ʼ.-]/gu, '');
    if ([...bare].length < 3) continue;
    if (stops.has(word.toLowerCase().replace(/[’‘]/gu, "'")) || stops.has(bare.toLowerCase())) continue;
    drafts.push({ phrase: bare, origin: 'headline', score: 0, why: 'a word of the headline' });
  }
  return drafts;
}

function smart(article: Article): Draft[] {
  const drafts: Draft[] = [];
  for (const candidate of findCandidates(article)) {
    const early = 1 / (1 + Math.log1p(candidate.first / 250));
    const score = candidate.count * (candidate.inTitle ? 2.2 : 1) * early;
    const phrase = capitalise(candidate.phrase, article.lang);
    drafts.push({ phrase, origin: candidate.origin, score, why: `${candidate.count} mentions` });
  }
  drafts.sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1));
  return drafts
    .filter(
      (d, i) =>
        !drafts
          .slice(0, i)
          .some((o) => ` ${o.phrase} `.includes(` ${d.phrase} `) || ` ${d.phrase} `.includes(` ${o.phrase} `)),
    )
    .slice(0, 20);
}

function fold(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}
