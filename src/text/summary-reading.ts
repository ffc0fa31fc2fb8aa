import type { Article } from '../domain/article.ts';
import { splitSentences } from './sentences.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { datelineLength, timeLength } from './summary-dateline.ts';
import { noiseOf } from './summary-noise.ts';
import { openingOf } from './summary-openings.ts';
import type { Opening } from './summary-openings.ts';
import { quotationsOf } from './summary-quotes.ts';
import { findTickers, withoutTickers } from './tickers.ts';
import { READ_TO, isUnspaced, splitWords, stemmedWords, wordsOfBody } from './words.ts';
import type { StemmedWord, Word } from './words.ts';

/** An article as the ranking reads it: what each sentence is about, and what is wrong with it. */
export interface Reading {
  /** Stems of the headline's content words. */
  readonly headline: ReadonlySet<string>;
  readonly sentences: readonly ReadSentence[];
}

export interface ReadSentence {
  readonly index: number;
  /** As it may be posted: without its dateline and without tickers. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly words: readonly Word[];
  /** Distinct stems of its content words. */
  readonly stems: ReadonlySet<string>;
  readonly opening: Opening;
  /** Share of it in quotation marks, 0 to 1. */
  readonly quoted: number;
  /** Stands in the standfirst that the page prints above its text. */
  readonly isStandfirst: boolean;
  /** Speaks as `I`, `we` or `you` outside quotation marks. */
  readonly isFirstPerson: boolean;
  /** Why it may not be used at all; null where it may. */
  readonly flaw: string | null;
}

const FIRST_PERSON: Readonly<Record<string, RegExp>> = {
  en: /(?:^|[\s(])(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Mm]y|[Mm]e|[Oo]ur|us|[Yy]ou|[Yy]our|[Yy]ou['’]\w+)(?=[\s,.;:!?)])/u,
  es: /(?:^|\s)(?:yo|nosotros|nosotras|mi|mis|nuestr[oa]s?|usted|ustedes)(?=[\s,.])/iu,
  fr: /(?:^|\s)(?:je|j['’]|nous|mon|ma|mes|notre|nos|vous|votre|vos)(?=[\s,.'’])/iu,
  de: /(?:^|\s)(?:ich|wir|mein\p{L}*|unser\p{L}*|uns|du|dein\p{L}*)(?=[\s,.])/iu,
};

/** No post begins with the fiftieth sentence. */
const USABLE = 50;

/** A dateline stands before one of the first sentences of the story. */
const HEAD = 3;

/** Reads an article once: sentences, words, stems, openings, quotations and flaws. */
export function readArticle(article: Article): Reading {
  const { lang } = article;
  const text = article.text.slice(0, READ_TO);
  const spans = splitSentences(text, lang);
  const words = wordsOfBody(article);
  const quotations = byParagraph(spans);
  const sentences: ReadSentence[] = [];
  const standfirst = standfirstOf(article.text);
  let at = 0;
  let usable = 0;
  for (const [index, span] of spans.entries()) {
    const isStandfirst = span.start < standfirst.end;
    const bare = isStandfirst ? clip(span, standfirst) : span;
    // What stands before a dateline is about the page: a caption, a note of correction.
    const isFirst = spans[index - 1]?.paragraph !== span.paragraph;
    const mayBeDated = index < HEAD || (usable < HEAD && isFirst);
    const start = bare.start + (mayBeDated ? datelineLength(bare.text) : isFirst ? timeLength(bare.text) : 0);
    const end = bare.end;
    const isLast = spans[index + 1]?.paragraph !== span.paragraph;
    const written = text.slice(start, end);
    const sentence = asSentence(withoutTickers(written), isStandfirst || (isLast && goesWithoutStop(bare.text, lang)));
    while ((words[at]?.start ?? Infinity) < start) at += 1;
    const from = at;
    while ((words[at]?.end ?? Infinity) <= end) at += 1;
    const own = words.slice(from, at);
    const stems = contentStems(own);
    const quotation = quotations[index] ?? { share: 0, isBroken: false };
    const flaw =
      index < USABLE
        ? (flawOf(sentence, index, stems.size, quotation.isBroken, quotation.share) ??
          (hasBareTicker(written, lang) ? 'ticker' : null))
        : 'late-in-text';
    if (flaw === null) usable += 1;
    sentences.push({
      index,
      text: sentence,
      start,
      end,
      words: own,
      stems,
      opening: openingIn(sentence, own, quotation.share, lang),
      quoted: quotation.share,
      isStandfirst,
      isFirstPerson: index < USABLE && isFirstPerson(sentence, lang),
      flaw,
    });
  }
  return { headline: contentStems(stemmedWords(withoutTickers(article.title), lang)), sentences };
}

/** Whether the sentence speaks as `I`, `we` or `you` outside quotation marks. */
function isFirstPerson(text: string, lang: string): boolean {
  const pattern = FIRST_PERSON[lang.slice(0, 2)];
  return pattern !== undefined && pattern.test(text) && pattern.test(text.replace(QUOTED, ' '));
}

function contentStems(words: readonly StemmedWord[]): Set<string> {
  const stems = new Set<string>();
  for (const { key, stem, isStop } of words) if (!isStop && key.length > 1) stems.add(stem);
  return stems;
}

/**
 * The span of a standfirst: a first paragraph in square brackets, as some pages and agencies mark it. Offsets within the
 * brackets; empty where there is none.
 */
function standfirstOf(text: string): { start: number; end: number } {
  const match = /^\s*\[([^[\]\n]{40,400})\]\s*(?:\n|$)/u.exec(text);
  if (match?.[1] === undefined) return { start: 0, end: 0 };
  const start = text.indexOf('[') + 1;
  return { start, end: start + match[1].length };
}

function clip(span: { text: string; start: number; end: number }, to: { start: number; end: number }): typeof span {
  const start = Math.max(span.start, to.start);
  const end = Math.min(span.end, to.end);
  return { start, end, text: span.text.slice(start - span.start, end - span.start) };
}

/** Languages whose pages leave the last full stop of a paragraph away. */
const MAY_LACK_STOP = new Set(['ar', 'fa', 'he', 'hi', 'ur']);
/** Fewer words are a heading or a caption. */
const LEAST_WITHOUT_STOP = 10;

function goesWithoutStop(text: string, lang: string): boolean {
  if (!MAY_LACK_STOP.has(primarySubtag(lang)) || !/[\p{L}\p{M}\p{N}]$/u.test(text)) return false;
  return text.split(/\s+/u).length >= LEAST_WITHOUT_STOP;
}

/** A standfirst is a sentence even where the house prints it without its full stop, and so is a paragraph of some languages. */
function asSentence(text: string, mayLackStop: boolean): string {
  return mayLackStop && /[\p{L}\p{M}\p{N}%”’"')]$/u.test(text) && !/[.!?…][”’"')]+$/u.test(text)
    ? `${text}${/\p{sc=Devanagari}/u.test(text) ? '।' : '.'}`
    : text;
}

function byParagraph(spans: readonly { text: string; paragraph: number }[]): ReturnType<typeof quotationsOf> {
  const all: ReturnType<typeof quotationsOf> = [];
  for (let from = 0; from < spans.length;) {
    let to = from;
    while (spans[to]?.paragraph === spans[from]?.paragraph && to < spans.length) to += 1;
    all.push(...quotationsOf(spans.slice(from, to).map((span) => span.text)));
    from = to;
  }
  return all;
}

/** Whether a ticker stands where a name should: `shares in <HLD.L> rose` says nothing without it. */
function hasBareTicker(text: string, lang: string): boolean {
  const stops = stopWords(lang);
  return findTickers(text).some(({ start }) => {
    const before = /[\p{L}\p{M}\p{N}’'-]+$/u.exec(text.slice(0, start).trimEnd())?.[0];
    return start === 0 || (before !== undefined && stops.has(before.toLowerCase()));
  });
}

const QUOTED = /[“„«"「『][^“”„«»"「」『』]*[”“»"」』]|(?<![\p{L}\p{N}])‘[^‘]*?[\p{L}\p{N}.,!?…]’(?![\p{L}\p{N}])/gu;

function openingIn(text: string, words: readonly Word[], quoted: number, lang: string): Opening {
  const keys = words.slice(0, 4).map((word) => word.key);
  const opening = openingOf(keys, lang);
  if (opening !== 'plain' || quoted < 0.3) return opening;
  // “…,” she said: the speaker is a pronoun, so the sentence leans on the one before.
  const outside = splitWords(text.replace(QUOTED, ' '), lang);
  const stops = stopWords(lang);
  const isNamed = outside.some((word) => /^[\p{Lu}\p{Lo}]/u.test(word.text) && !stops.has(word.key));
  return !isNamed && outside.some((word) => openingOf([word.key], lang) === 'pointing') ? 'pointing' : 'plain';
}

/** Words outside the quotation: somebody says it. */
function hasSpeaker(text: string): boolean {
  return (text.replace(QUOTED, ' ').match(/[\p{L}\p{M}]+/gu)?.length ?? 0) > 1 || /[「『]/u.test(text);
}

function flawOf(
  text: string,
  index: number,
  contentWords: number,
  isBrokenQuote: boolean,
  quoted: number,
): string | null {
  if (/^[#＃@]/u.test(text)) return 'hashtag-line';
  if (/^[([]/u.test(text)) return 'aside';
  if (
    /^\p{Lu}[\p{L} ]{2,24}: /u.test(text) &&
    /^(?:Opinion|Analysis|Video|Photos?|Watch|Read|Related|Listen|Gallery|Commentary|Editor['’]s note|Note|Correction|Update)\b/iu.test(
      text,
    )
  )
    return 'boilerplate';
  const noise = noiseOf(text, index);
  if (noise !== null) return noise;
  if (!/(?:[.!?…。！？؟۔।॥]|\p{sc=Devanagari}\s?\|)["“”’'»」』)\]]*$/u.test(text)) return 'no-sentence';
  if (isBrokenQuote) return 'broken-quote';
  if (quoted > 0.5 && !hasSpeaker(text)) return 'quote-without-speaker';
  if (isUnspaced(text)) return text.length < 12 ? 'too-short' : null;
  if (contentWords < 3) return 'too-short';
  if ((text.match(/\p{N}[\p{N}.,:%-]*(?![\p{L}\p{N}])/gu)?.length ?? 0) > 0.3 * text.split(/\s+/u).length)
    return 'table';
  if (/\.{3}$|…$/u.test(text)) return 'trails-off';
  return null;
}
