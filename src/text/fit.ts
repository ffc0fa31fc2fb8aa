import type { Article } from '../domain/article.ts';
import type { LengthUnit, Limits } from '../domain/limits.ts';
import type { Hashtag, RankedSentence, Summary } from '../domain/summary.ts';
import { limitCashtags } from './cashtags.ts';
import { chooseLayout } from './layout.ts';
import type { Layout } from './layout.ts';
import { MOST_SENTENCES, readingOf, remembering } from './fit-reading.ts';
import { fits, measure } from './length.ts';
import { hasLink } from './notices.ts';
import { isClosed, withoutOpenMarks } from './open-marks.ts';
import { joinSentences, spaced } from './sentences-joined.ts';
import { shortenToClause, shortenToWords } from './shorten.ts';
import { chooseSentences } from './summary.ts';
import { packThread } from './thread.ts';

export interface FitInput {
  readonly article: Article;
  readonly summary: Summary;
  /** Absolute URL, as readers should open it; null for none. */
  readonly link: string | null;
  readonly limits: Limits;
  /** Tags with their `#`, in order, in place of the summary's own: all that the network takes, not only as many as it advises. */
  readonly hashtags?: readonly string[];
  /**
   * Where `{summary}`, tags, link and signature stand; default `{summary} {tags}\n{link}`, the signature on its own line before
   * the link. `{headline}`, `{section}`, `{site}` and `{text}` (the summary) are understood too.
   */
  readonly template?: string;
  /** Absent: none. */
  readonly signature?: string;
  /** Whether what does not fit one message continues in further ones. */
  readonly thread?: boolean;
  /** Whether the messages of a thread end with their number, `2/3`. */
  readonly numbered?: boolean;
}

export interface FittedPost {
  /** One message, or the messages of a thread in order; none where not one word and no link fits. */
  readonly parts: readonly FittedPart[];
  /** The budget of each part. */
  readonly max: number;
  readonly unit: LengthUnit;
  readonly tags: readonly string[];
  readonly droppedTags: readonly string[];
  /** `index` of the summary's sentences that are said, in full or shortened, in article order. */
  readonly sentences: readonly number[];
  /** The arrangement that was used: the wanted one, or another where it leaves no room. */
  readonly template: string;
}

type Arranged = Omit<FittedPost, 'template'>;

export interface FittedPart {
  readonly text: string;
  /** In `unit`. */
  readonly length: number;
}

const MOST_SENTENCES_IN_THREAD = 6;
/** Room for the number of a message. */
const NUMBER = '0/0 ';
/** How far down the ranking a whole sentence is still better than the best one shortened. */
const FIRST_CHOICES = 3;

/**
 * Writes a post within a network's limits. Text, tags and link share one budget: tags give way first (the last one first),
 * then sentences, then clauses, then words of the headline; the link stays as long as it fits at all. No word, name,
 * quotation or bracket is cut open. Deterministic.
 */
export function fitPost(given: FitInput): FittedPost {
  const input = { ...given, limits: aimed(given.limits, given.link) };
  const { layout, template } = chooseLayout(input);
  const { usable } = readingOf(input);
  const whole = input.thread ? usable.filter((sentence) => mayFollow(sentence, layout, input.limits)) : [];
  const post = whole.length > 1 ? fitThread(input, layout, whole) : fitSingle(input, layout, usable);
  return { ...post, max: given.limits.text.max, template };
}

/** Whether a sentence has a place in a thread: it fits one message, and makes no link of a mere name (`example.com`). */
function mayFollow({ text }: RankedSentence, layout: Layout, limits: Limits): boolean {
  const isLinked = limits.text.bareLinks && hasLink(text, limits);
  return !isLinked && fits(layout(`${NUMBER}${text}`, []), limits.text);
}

/** The limits with the length that is aimed at in place of the budget: the link comes on top of it, as far as there is room. */
function aimed(limits: Limits, link: string | null): Limits {
  const { text, target } = limits;
  if (target === undefined) return limits;
  const max = Math.min(text.max, target + (link === null ? 0 : measure(`\n${link}`, text)));
  return { ...limits, text: { ...text, max } };
}

function fitSingle(input: FitInput, layout: Layout, usable: readonly RankedSentence[]): Arranged {
  const opening = chooseOpening(input, usable, layout);
  // Tags are said of something: beside no words they would be all there is.
  const tags = opening.text === '' ? [] : tagsBeside(opening.text, input, layout);
  const spoken = fillUp(opening, input, (text) => layout(text, tags));
  const text = layout(spoken === opening.sentences ? opening.text : joinSentences(spoken), tags);
  return fitted([text], tags, spoken, input);
}

/** A thread says more whole sentences than a single post; link and tags stand in its first message only. */
function fitThread(input: FitInput, layout: Layout, whole: readonly RankedSentence[]): Arranged {
  const said = inOrder(whole.slice(0, MOST_SENTENCES_IN_THREAD));
  const tags = tagsBeside(`${NUMBER}${said[0]?.text ?? ''}`, input, layout);
  const texts = packThread(spaced(said), {
    rule: input.limits.text,
    numbered: input.numbered ?? false,
    wrapFirst: (text) => layout(text, tags),
  });
  return fitted(texts, tags, said, input);
}

/** As many of the wanted tags as stand beside a text, the last one dropped first. */
function tagsBeside(text: string, input: FitInput, layout: Layout): string[] {
  // A template may have no place for tags.
  if (layout('', ['#a']) === layout('', [])) return [];
  let tags = [...wantedTags(input)];
  while (tags.length > 0 && !fits(layout(text, tags), input.limits.text)) tags = tags.slice(0, -1);
  return tags;
}

function fitted(
  texts: readonly string[],
  tags: readonly string[],
  spoken: readonly RankedSentence[],
  input: FitInput,
): Arranged {
  const { text: rule, maxCashtags } = input.limits;
  const allowed = texts.map((text) => (maxCashtags === undefined ? text : limitCashtags(text, maxCashtags)));
  return {
    parts: allowed.filter((text) => text !== '').map((text) => ({ text, length: measure(text, rule) })),
    max: rule.max,
    unit: rule.unit,
    tags,
    droppedTags: wantedTags(input).slice(tags.length),
    sentences: spoken.map((sentence) => sentence.index),
  };
}

interface Opening {
  readonly text: string;
  readonly sentences: readonly RankedSentence[];
}

/** What a single post begins with, before anything is added: the best sentence, or the nearest thing to it that fits. */
function chooseOpening(input: FitInput, usable: readonly RankedSentence[], layout: Layout): Opening {
  const fitsPost = (text: string): boolean => fits(layout(text, []), input.limits.text);
  const first = usable.slice(0, FIRST_CHOICES);
  const whole = first.find((sentence) => fitsPost(sentence.text));
  if (whole) return { text: whole.text, sentences: [whole] };
  const chosen = choose(input, (text) => layout(text, []));
  if (chosen.length > 0) return { text: joinSentences(chosen), sentences: chosen };
  const headline = withoutOpenMarks(input.article.title.trim());
  for (const sentence of first) {
    const text = shortenToClause(sentence.text, fitsPost);
    // “The mayor of Carrow, Ilse Brandt…” says less than a headline that is longer.
    if (text && (text.length >= headline.length || !fitsPost(headline))) return { text, sentences: [sentence] };
  }
  const other = usable.find((sentence) => fitsPost(sentence.text));
  if (other) return { text: other.text, sentences: [other] };
  if (headline !== '' && fitsPost(headline)) return { text: headline, sentences: [] };
  const cutHeadline = shortenToWords(headline, fitsPost);
  if (cutHeadline) return { text: cutHeadline, sentences: [] };
  const best = usable[0];
  const cut = best ? shortenToWords(best.text, fitsPost) : null;
  return best && cut ? { text: cut, sentences: [best] } : { text: '', sentences: [] };
}

/** The sentences worth most beside tags and link, or the opening alone where no choice of them fits. */
function fillUp(opening: Opening, input: FitInput, layout: (text: string) => string): readonly RankedSentence[] {
  if (opening.sentences.length === 0) return opening.sentences;
  const chosen = choose(input, layout);
  return chosen.length > 0 ? chosen : opening.sentences;
}

/** The sentences worth most that fit a layout, whole or cut at a clean clause end; none where none do. */
function choose(input: FitInput, layout: (text: string) => string): readonly RankedSentence[] {
  const rule = input.limits.text;
  const { closed, best, lengths } = readingOf(input);
  const isSayable = (sentences: readonly RankedSentence[]): boolean => {
    const text = joinSentences(sentences);
    return text !== '' && isClosed(text) && fits(layout(text), rule);
  };
  if (isSayable(best)) return best;
  const around = measure(layout('a'), rule) - measure('a', rule);
  const budget = { max: rule.max - around, measure: remembering(rule, lengths) };
  const chosen = chooseSentences(closed, budget, input.article.title);
  return isSayable(chosen) ? chosen.slice(0, MOST_SENTENCES) : [];
}

function inOrder(sentences: readonly RankedSentence[]): RankedSentence[] {
  return sentences.toSorted((a, b) => a.index - b.index);
}

function wantedTags(input: FitInput): readonly string[] {
  const { hashtags, summary, limits } = input;
  if (hashtags) return unique(hashtags).slice(0, limits.hashtags.max);
  const most = Math.min(limits.hashtags.advised, limits.hashtags.max);
  const { tags } = readingOf(input);
  let wanted = tags.get(most);
  if (wanted === undefined) tags.set(most, (wanted = tagsToPost(summary.hashtags, most)));
  return wanted;
}

/** The kept tags of a summary, at most `most`: the best names first, and room for the house tags, which come last. */
export function tagsToPost(hashtags: readonly Hashtag[], most: number): string[] {
  const kept = hashtags.filter((hashtag) => hashtag.kept);
  const house = kept.filter((hashtag) => hashtag.origin === 'house').slice(0, Math.max(0, most - 1));
  const named = kept.filter((hashtag) => !house.includes(hashtag)).slice(0, Math.max(0, most - house.length));
  return unique([...named, ...house].map((hashtag) => hashtag.tag));
}

function unique(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags.filter((tag) => !seen.has(tag.toLowerCase()) && seen.add(tag.toLowerCase()));
}
