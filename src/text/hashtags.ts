import type { Article } from '../domain/article.ts';
import type { Hashtag, HashtagStrategy, Reason } from '../domain/summary.ts';
import { fold } from './hashtags-fold.ts';
import { smartDrafts } from './hashtags-smart.ts';
import type { Draft } from './hashtags-smart.ts';
import { capitalise, toTag } from './hashtags-tag.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { splitWords } from './words.ts';

/** What a house decides about its hashtags. */
export interface HashtagOptions {
  /** `smart` names people, places and things as people search for them; `headline` takes the headline's words. */
  readonly strategy: HashtagStrategy;
  /**
   * `short` (default): the surname of a head of state or government whom the headline names so, the full name of anybody
   * else; `full`: always the full name.
   */
  readonly names?: 'short' | 'full';
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

/** Most candidates that are looked at, and most of the rejected ones that are shown. */
const LOOKED_AT = 30;
const SHOWN = 30;
const SENSITIVE: Reason = { name: 'sensitive', points: 0, detail: 'a person must look before this goes out' };
/** A name changes its ending with its place in the sentence. */
const INFLECTING = new Set(['pl', 'ru', 'uk', 'tr', 'de']);

/**
 * The hashtags of an article, kept ones first, in the order they are posted; rejected ones after, each with its reasons.
 * Pure: the same article and options give the same answer.
 */
export function chooseHashtags(article: Article, options: HashtagOptions): Hashtag[] {
  const named =
    options.strategy === 'headline' ? fromHeadline(article) : smartDrafts(article, options.names ?? 'short', LOOKED_AT);
  const last: Draft[] = [];
  if (article.section !== null && article.section !== '') last.push(fixed(article.section, 'section', 'the section'));
  for (const house of options.houseTags ?? []) last.push(fixed(house, 'house', 'always, by the house'));
  const max = options.max ?? Number.POSITIVE_INFINITY;
  // Where there is no room for all of them, the house's own come before the section.
  const settled = settle(named, last.slice(Math.max(0, last.length - max)), article.lang, options);
  return [...settled, ...unnamedSensitive(article, settled, options.sensitive ?? [])];
}

/** Sensitive names and topics that the article speaks of without any tag naming them: shown, not kept. */
function unnamedSensitive(article: Article, settled: readonly Hashtag[], sensitive: readonly string[]): Hashtag[] {
  const marked = new Set(settled.filter(isSensitive).flatMap(({ tag, phrase }) => [fold(tag), fold(phrase)]));
  if (sensitive.length === 0) return [];
  const text = ` ${wordKeys(`${article.title} ${article.text}`, article.lang)} `;
  return sensitive.flatMap((phrase) => {
    const tag = toTag(phrase, article.lang);
    const key = wordKeys(phrase, article.lang);
    if (tag === null || key === '' || marked.has(fold(phrase)) || !text.includes(` ${key} `)) return [];
    return [{ tag, phrase, origin: 'topic', score: 0, kept: false, reasons: [SENSITIVE] } satisfies Hashtag];
  });
}

/** Whether a person must look at this name or topic before anything goes out. */
export function isSensitive(hashtag: Hashtag): boolean {
  return hashtag.reasons.some(({ name }) => name === SENSITIVE.name);
}

function wordKeys(text: string, lang: string): string {
  return splitWords(text, lang)
    .map(({ key }) => key)
    .join(' ');
}

export function settle(
  named: readonly Draft[],
  last: readonly Draft[],
  lang: string,
  options: HashtagOptions,
): Hashtag[] {
  const never = new Set((options.never ?? []).map(fold));
  const sensitive = new Set((options.sensitive ?? []).map(fold));
  const aliases = new Map(Object.entries(options.aliases ?? {}).map(([from, to]) => [fold(from), to]));
  const reserved = new Set(last.map((draft) => fold(aliases.get(fold(draft.phrase)) ?? draft.phrase)));
  const room = Math.max(0, (options.max ?? Number.POSITIVE_INFINITY) - reserved.size);
  const inflects = INFLECTING.has(primarySubtag(lang));
  const isListed = never.size > 0 || sensitive.size > 0;
  const isSmart = options.strategy === 'smart';
  const ideas: (readonly string[])[] = [];
  const seen = new Set<string>();
  const kept: Hashtag[] = [];
  const rejected: Hashtag[] = [];
  for (const [index, draft] of [...named, ...last].entries()) {
    const isLast = index >= named.length;
    const alias = aliases.size === 0 ? undefined : aliases.get(fold(draft.phrase));
    const phrase = alias ?? draft.phrase;
    if (isSmart && !isLast && kept.length >= room && rejected.length >= SHOWN) continue;
    const tag = toTag(isSmart ? capitalise(phrase, lang) : phrase, lang);
    if (tag === null) continue;
    const reasons = [...draft.reasons];
    if (alias !== undefined)
      reasons.push({ name: 'alias', points: 0, detail: `the house writes “${draft.phrase}” so` });
    const folded = fold(tag);
    const spellings = isListed ? [folded, fold(draft.phrase), fold(draft.fullName ?? '')] : [];
    if (spellings.some((spelling) => sensitive.has(spelling))) reasons.push(SENSITIVE);
    let verdict: Reason | null = null;
    if (spellings.some((spelling) => never.has(spelling)))
      verdict = { name: 'never', points: 0, detail: 'on the house list of tags never used' };
    else if (seen.has(folded) || (!isLast && reserved.has(folded)))
      verdict = { name: 'twice', points: 0, detail: 'the same tag is there already' };
    else if (isSmart && !isLast && ideas.some((idea) => isSameIdea(idea, draft.stems, inflects)))
      verdict = { name: 'same-idea', points: 0, detail: 'another tag names the same' };
    else if (!isLast && kept.length >= room) verdict = { name: 'no-room', points: 0, detail: 'others score higher' };
    const one = { tag, phrase, origin: draft.origin, score: draft.score };
    if (verdict === null) {
      seen.add(folded);
      if (draft.stems.length > 0) ideas.push(draft.stems);
      kept.push({ ...one, kept: true, reasons });
    } else if (rejected.length < SHOWN) rejected.push({ ...one, kept: false, reasons: [...reasons, verdict] });
  }
  return [...kept, ...rejected];
}

/** `Putin` and `Vladimir Putin`, `oxygen bar` and `bar`: one is part of the other. */
function isSameIdea(a: readonly string[], b: readonly string[], inflects: boolean): boolean {
  if (a.length === 0 || b.length === 0) return false;
  const has = (stems: readonly string[], stem: string): boolean =>
    stems.some((other) => other === stem || (inflects && isSameName(other, stem)));
  return a.every((stem) => has(b, stem)) || b.every((stem) => has(a, stem));
}

/** In languages that inflect names: the same beginning and at most three other letters at the end. */
function isSameName(a: string, b: string): boolean {
  let same = 0;
  while (same < a.length && a.charAt(same) === b.charAt(same)) same += 1;
  return same >= Math.max(4, Math.max(a.length, b.length) - 3);
}

function fixed(phrase: string, origin: 'section' | 'house', detail: string): Draft {
  return { phrase, origin, score: 0, stems: [], reasons: [{ name: origin, points: 0, detail }] };
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
    drafts.push({
      phrase: bare,
      origin: 'headline',
      score: 0,
      stems: [],
      reasons: [{ name: 'headline', points: 0, detail: 'a word of the headline' }],
    });
  }
  return drafts;
}
