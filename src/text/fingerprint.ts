/**
 * Says whether two articles tell the same story: the same address in another dress, the same text under another headline,
 * the same report re-dated or cut by another outlet. It does not say whether two reporters wrote about one event.
 */
import type { Article } from '../domain/article.ts';
import { urlKey } from './url.ts';

/** Kept with the article, so that later ones are compared without the text. Plain data, stable within one version. */
export interface Fingerprint {
  readonly version: 1;
  /** Address without scheme, `www.`, tracking, AMP and mobile forms; null where there is none. */
  readonly url: string | null;
  /** Hashes of the headline's words that carry meaning, sorted. */
  readonly headline: readonly number[];
  /** The smallest hashes of all five-word sequences of the body: a sample that two texts draw alike (MinHash). */
  readonly sample: readonly number[];
  /** How many different five-word sequences the body has. */
  readonly sequences: number;
  /** Hashes of the body's figures and of the names inside its sentences, sorted; absent in those kept before there were any. */
  readonly facts?: readonly number[] | undefined;
}

export interface Sameness {
  readonly same: boolean;
  /** 0…1. */
  readonly score: number;
  /** One sentence that explains the answer. */
  readonly why: string;
}

/** 128 hashes estimate a share of .5 with a standard error of .044. https://en.wikipedia.org/wiki/MinHash */
const SAMPLE_SIZE = 128;
const SEQUENCE_LENGTH = 5;

/** The smallest hashes of the facts that are kept. */
const MOST_FACTS = 128;
/** With fewer facts on a side nothing can be said by them. */
const FEWEST_FACTS = 6;

/** Texts with less than this many sequences are told apart by their headlines too. */
const SHORT = 40;

export function fingerprint(article: Pick<Article, 'title' | 'text' | 'url'>): Fingerprint {
  const words = wordsOf(article.text);
  const hashes = new Set<number>();
  for (let at = 0; at + SEQUENCE_LENGTH <= words.length; at += 1) {
    hashes.add(hash(words.slice(at, at + SEQUENCE_LENGTH).join(' ')));
  }
  return {
    version: 1,
    url: article.url ? urlKey(article.url) : null,
    headline: [...new Set(wordsOf(article.title).filter(carriesMeaning).map(hash))].toSorted((a, b) => a - b),
    sample: [...hashes].toSorted((a, b) => a - b).slice(0, SAMPLE_SIZE),
    sequences: hashes.size,
    facts: factsOf(article.text),
  };
}

/**
 * Same address is the same story, unless the texts are plainly different (a live page, a column that changes daily). Else the texts
 * decide: how much of the shorter one is in the longer one, so that a cut copy is still a copy; for very short texts the
 * headlines must agree as well.
 */
export function sameStory(a: Fingerprint, b: Fingerprint): Sameness {
  const contained = containment(a, b);
  const headline = jaccard(a.headline, b.headline);
  const isShort = Math.min(a.sequences, b.sequences) < SHORT;
  const hasText = a.sequences > 0 && b.sequences > 0;
  if (a.url !== null && a.url === b.url) {
    if (!hasText || contained >= 0.2 || headline >= 0.5) return yes(1, 'Both have the same address.');
    return no(contained, 'Both have the same address, but neither text nor headline agree: the page has moved on.');
  }
  if (!hasText) {
    return headline >= 0.8 && a.headline.length >= 4
      ? yes(headline, 'Neither text can be compared; the headlines agree.')
      : no(headline, 'There is no text to compare and the headlines differ.');
  }
  if (contained < NEARLY_ALL && haveOtherFacts(a, b)) {
    return no(
      contained,
      `${percent(contained)} of the words are shared, the names and figures are not: two reports of one form.`,
    );
  }
  const score = isShort ? (contained + headline) / 2 : contained;
  if (isShort && score >= 0.6) return yes(score, `Short texts: ${percent(contained)} shared, headlines agree.`);
  if (!isShort && contained >= 0.5)
    return yes(score, `${percent(contained)} of the shorter text is in the longer one.`);
  if (!isShort && contained >= 0.25 && headline >= 0.6) {
    return yes(Math.max(score, headline), `${percent(contained)} of the text is shared and the headlines agree.`);
  }
  return no(score, `Only ${percent(contained)} of the shorter text is in the longer one.`);
}

/**
 * Whether one is the other handed out again, re-dated or at another address: the same headline over nearly the same text.
 * Where every article of a site repeats the site's own words, those alone make two reports alike and no more.
 */
export function isSameReport(a: Fingerprint, b: Fingerprint): boolean {
  return jaccard(a.headline, b.headline) === 1 && resemblance(a, b) >= 0.7;
}

/**
 * Why two that are not the same by `sameStory` are near enough for a person to look, in one sentence; null where they are
 * not. Two reports of one event share their headline and little else.
 */
export function mayBeSame(a: Fingerprint, b: Fingerprint): string | null {
  const contained = containment(a, b);
  if (contained >= 0.2) return `${percent(contained)} of the shorter text is in the longer one.`;
  const headline = jaccard(a.headline, b.headline);
  const isTelling = Math.min(a.headline.length, b.headline.length) >= 3;
  return isTelling && headline >= 0.6 ? 'The headlines agree, the texts do not.' : null;
}

/** Above this a copy is a copy, whatever was corrected in it. */
const NEARLY_ALL = 0.95;

/** Whether most names and figures of the one with fewer are not in the other: quarterly figures, the weather, a race. */
function haveOtherFacts({ facts: a = [] }: Fingerprint, { facts: b = [] }: Fingerprint): boolean {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  if (fewer.length < FEWEST_FACTS || more.length === MOST_FACTS) return false;
  const known = new Set(more);
  return fewer.filter((value) => known.has(value)).length < fewer.length / 2;
}

function yes(score: number, why: string): Sameness {
  return { same: true, score: Math.round(score * 100) / 100, why };
}

function no(score: number, why: string): Sameness {
  return { same: false, score: Math.round(score * 100) / 100, why };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Share of the smaller set of sequences that the larger one has too, estimated from the two samples. */
function containment(a: Fingerprint, b: Fingerprint): number {
  if (a.sequences === 0 || b.sequences === 0) return 0;
  const shared = resemblance(a, b);
  // |A ∩ B| = J · |A ∪ B|, and |A ∪ B| = (|A| + |B|) / (1 + J).
  const both = (shared * (a.sequences + b.sequences)) / (1 + shared);
  return Math.min(1, both / Math.min(a.sequences, b.sequences));
}

/** Share of all sequences of the two that both have, estimated from the two samples. */
function resemblance(a: Fingerprint, b: Fingerprint): number {
  if (a.sequences === 0 || b.sequences === 0) return 0;
  const union = [...new Set([...a.sample, ...b.sample])].toSorted((x, y) => x - y).slice(0, SAMPLE_SIZE);
  const [inA, inB] = [new Set(a.sample), new Set(b.sample)];
  return union.filter((value) => inA.has(value) && inB.has(value)).length / union.length;
}

function jaccard(a: readonly number[], b: readonly number[]): number {
  const own = new Set(a);
  const shared = b.filter((value) => own.has(value)).length;
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words in lower case without marks; scripts without spaces are cut by the Unicode word rules and dictionaries. */
function wordsOf(text: string): string[] {
  const clean = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}]/u.test(clean)) {
    return [...segmenter.segment(clean)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  }
  return clean.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Figures, and words with a capital that do not begin a sentence; of scripts without capitals the figures alone. */
function factsOf(text: string): number[] {
  const figures = text.match(/\p{Nd}+(?:[.,:]\p{Nd}+)*/gu) ?? [];
  const names = text.match(/(?<=[\p{Ll}\p{Nd},;:’”"»)–—-]\s)\p{Lu}[\p{L}\p{M}'’-]{2,}/gu) ?? [];
  return [...new Set([...figures, ...names].map(hash))].toSorted((x, y) => x - y).slice(0, MOST_FACTS);
}

/** Headline words of three letters and fewer are mostly grammar; numbers always count. */
function carriesMeaning(word: string): boolean {
  return word.length > 3 || /\d/.test(word) || /[\u0250-\uffff]/.test(word);
}

/** FNV-1a, 32 bits, over UTF-16 units, then mixed so that the smallest values are a fair sample. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
