import type { Article } from '../domain/article.ts';
import type { Hashtag } from '../domain/summary.ts';
import { add } from './entities-found.ts';
import type { Found } from './entities-found.ts';
import { isCommonNoun, isGenericNoun, mayBePastTense } from './entities-german.ts';
import { collectNames, keyOf, mergeNames } from './entities-names.ts';
import type { Merged } from './entities-names.ts';
import { collectRepeated } from './entities-repeated.ts';
import { nameEvidence, tokensOf, wordsWorthReading } from './entities-tokens.ts';
import type { Token } from './entities-tokens.ts';
import { collectTopics } from './entities-topics.ts';
import { primarySubtag } from './stopwords/all.ts';
import { withoutTickers } from './tickers.ts';
import { stemmedWords } from './words.ts';

/** A name or topic found in an article, before anyone decides whether it becomes a hashtag. */
export interface Candidate {
  /** As written, possessive dropped: `Vladimir Putin`. */
  readonly phrase: string;
  /** Shorter form the headline uses, where it does: `Putin`. */
  readonly short: string | null;
  /** Stems of its words. */
  readonly stems: readonly string[];
  readonly origin: Hashtag['origin'];
  readonly isName: boolean;
  readonly count: number;
  /** How often its words stand in the body, mean. */
  readonly wordCount: number;
  /** How many words of the body stand before its first mention. */
  readonly first: number;
  /** Share of its words that the headline has, 0 to 1. */
  readonly inTitle: number;
  /** The headline has it word for word. */
  readonly isInTitle: boolean;
}

/** Languages whose hashtags have been measured; elsewhere only the headline and the publisher's keywords are believed. */
const MEASURED = new Set(['en', 'es', 'fr', 'de']);

/** Names (capitalised runs) and topics (noun phrases) of headline and body. */
export function findCandidates(article: Article): Candidate[] {
  const { lang } = article;
  const plainTitle = withoutTickers(article.title);
  const title = tokensOf(plainTitle, stemmedWords(plainTitle, lang), lang);
  const body = tokensOf(article.text, wordsWorthReading(article), lang);
  const evidence = nameEvidence(body, lang);
  const isTitleCase =
    title.filter((t) => !t.isStop && !t.isCapital).length < title.filter((t) => t.isCapital).length * 0.4;
  const found = new Map<string, Found>();
  const repeated = new Map<string, Found>();
  const isMeasured = MEASURED.has(primarySubtag(lang));
  // Elsewhere nothing is invented: what the publisher named is enough.
  if (!isMeasured && article.keywords.length > 0) return [];
  if (isMeasured) collectNames(body, evidence, 0, found);
  const hasEvidence = (token: Token): boolean => (evidence.get(token.key) ?? 0) > 0;
  const isGerman = primarySubtag(lang) === 'de';
  const isVerb = (token: Token): boolean => isGerman && token.opens && mayBePastTense(token.key) && !hasEvidence(token);
  const headline = title.map((token) =>
    (isTitleCase && !hasEvidence(token)) || isVerb(token) ? { ...token, isCapital: false } : token,
  );
  collectNames(headline, evidence, body.length, found);
  if (primarySubtag(lang) === 'en') {
    collectTopics(body, evidence, 0, found);
    collectTopics(title, evidence, body.length, found);
  }
  if (isGerman) {
    for (const token of title) {
      if (isVerb(token)) continue;
      const times = body.filter(({ stem }) => stem === token.stem).length;
      if (token.isCapital && !token.isStop && token.key.length > 4 && times > 0) {
        add(found, [token], false, body.length).count += times;
      }
    }
  }
  if (!isMeasured) {
    const inNames = collectRepeated(plainTitle, title, article.text, body, repeated);
    recount(
      found,
      title.filter((token) => !inNames.has(token)),
      body,
    );
    for (const [id, entry] of repeated) found.set(id, entry);
  }
  const counts = new Map<string, number>();
  for (const { stem } of body) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const titleStems = new Set(title.map((token) => token.stem));
  const titleKeys = ` ${title.map((token) => token.key).join(' ')} `;
  const writers = new Set(article.authors.map((author) => keyOf(author, lang)));
  const merged = mergeNames([...found.values()], lang, titleKeys);
  const named = (isGerman ? merged.flatMap((entry) => withoutNoun(entry, titleStems)) : merged).filter((entry) => {
    // Who wrote the article is no part of its story, unless the headline says so.
    const key = keyOf(entry.phrase, lang);
    return !writers.has(key) || titleKeys.includes(` ${key} `);
  });
  return named.map((entry) => {
    const inTitle = entry.stems.filter((stem) => titleStems.has(stem)).length / Math.max(1, entry.stems.length);
    const isInTitle = inTitle === 1 && titleKeys.includes(` ${keyOf(entry.phrase, lang)} `);
    const wordCount = entry.stems.reduce((sum, stem) => sum + (counts.get(stem) ?? 0), 0) / entry.stems.length;
    return { ...entry, inTitle, isInTitle, wordCount };
  });
}

/** German writes every noun with a capital: one that is no name is a topic where the headline has it, and else nothing. */
function withoutNoun(entry: Merged, titleStems: ReadonlySet<string>): Merged[] {
  const [stem = '', ...others] = entry.stems;
  if (others.length > 0 || /^[\p{Lu}\p{N}.&]{2,}$/u.test(entry.phrase)) return [entry];
  if (isGenericNoun(stem)) return [];
  if (titleStems.has(stem))
    return entry.isName && isCommonNoun(stem, entry.phrase.toLowerCase())
      ? [{ ...entry, isName: false, origin: 'topic' }]
      : [entry];
  // What is said once and by nobody's full name may be any noun.
  return entry.count === 1 || isCommonNoun(stem, entry.phrase.toLowerCase()) ? [] : [entry];
}

/**
 * Where only the headline is believed: its names, and in scripts without capitals its words that the body repeats; how
 * often, the body says.
 */
function recount(found: Map<string, Found>, title: readonly Token[], body: readonly Token[]): void {
  const counts = new Map<string, { count: number; first: number }>();
  for (const [at, { stem }] of body.entries()) {
    const known = counts.get(stem);
    counts.set(stem, { count: (known?.count ?? 0) + 1, first: known?.first ?? at });
  }
  for (const token of title) {
    const times = counts.get(token.stem)?.count ?? 0;
    if (/^\p{Lo}/u.test(token.text) && !token.isStop && [...token.text].length > 1 && times > 1) {
      add(found, [token], false, body.length);
    }
  }
  for (const entry of found.values()) {
    const known = entry.stems.map((stem) => counts.get(stem)).filter((one) => one !== undefined);
    entry.count += Math.min(...known.map((one) => one.count), known.length > 0 ? Infinity : 0);
    entry.first = Math.min(entry.first, ...known.map((one) => one.first));
  }
}
