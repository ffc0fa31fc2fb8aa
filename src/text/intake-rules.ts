import type { IntakeRules, RuleName } from '../domain/source.ts';

/** What is known of an item or an article; null is not known yet, and is not judged. */
export interface Candidate {
  /** Headlines and teasers. */
  readonly words: readonly string[] | null;
  readonly sections: readonly string[] | null;
  /** BCP 47 tag. */
  readonly lang: string | null;
  /** Characters of the text. */
  readonly length: number | null;
  /** RFC 3339 instant, or `YYYY-MM-DD`. */
  readonly publishedAt: string | null;
}

export type Judgement =
  | { readonly passes: true; readonly isUrgent: boolean }
  | { readonly passes: false; readonly rule: RuleName; readonly detail: string };

/** Whether an item is taken in under these rules, and if not, which one says so: one sentence. */
export function judge(rules: IntakeRules, candidate: Candidate, now: Date): Judgement {
  const { words, sections, lang, length } = candidate;
  const filtered = (rule: RuleName, detail: string): Judgement => ({ passes: false, rule, detail });

  const age = ageHours(candidate.publishedAt, now);
  if (rules.maxAgeHours !== null && age !== null && age > rules.maxAgeHours)
    return filtered('maxAgeHours', `It is from ${candidate.publishedAt}: older than ${rules.maxAgeHours} hours.`);
  const unwanted =
    words === null ? undefined : rules.exclude.find((word) => words.some((text) => mentions(text, word)));
  if (unwanted !== undefined) return filtered('exclude', `Headline or teaser holds “${unwanted}”.`);
  if (words !== null && rules.include.length > 0 && !hasAny(words, rules.include))
    return filtered('include', `Headline and teaser hold none of ${quoted(rules.include)}.`);
  if (sections !== null && rules.sections.length > 0 && !sections.some((name) => isOneOf(name, rules.sections)))
    return filtered(
      'sections',
      `Its section is ${sections.join(', ') || 'not given'}, not ${rules.sections.join(', ')}.`,
    );
  if (lang !== null && lang !== 'und' && rules.languages.length > 0 && !rules.languages.includes(primary(lang)))
    return filtered('languages', `Its language is ${lang}, not ${rules.languages.join(', ')}.`);
  if (length !== null && rules.minLength !== null && length < rules.minLength)
    return filtered('minLength', `Its text has ${length} characters of at least ${rules.minLength}.`);
  return { passes: true, isUrgent: words !== null && hasAny(words, rules.urgentWords) };
}

/**
 * Whether a text holds a word or phrase, whatever the case and the marks on its letters. In scripts that part words by
 * spaces only whole words count; `word*` is every word that begins so.
 */
export function mentions(text: string, phrase: string): boolean {
  const wanted = plain(phrase);
  const isStart = wanted.endsWith('*');
  const word = isStart ? wanted.slice(0, -1) : wanted;
  if (word.trim() === '') return false;
  const haystack = plain(text);
  if (UNSPACED.test(word)) return haystack.includes(word);
  for (let at = haystack.indexOf(word); at >= 0; at = haystack.indexOf(word, at + 1)) {
    const isEnd = isStart || !isLetter(haystack.slice(at + word.length));
    if (isEnd && !LETTER_LAST.test(haystack.slice(0, at))) return true;
  }
  return false;
}

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}]/u;
const LETTER_LAST = /[\p{L}\p{N}]$/u;

function isLetter(rest: string): boolean {
  return /^[\p{L}\p{N}]/u.test(rest);
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

function hasAny(texts: readonly string[], phrases: readonly string[]): boolean {
  return phrases.some((phrase) => texts.some((text) => mentions(text, phrase)));
}

function isOneOf(name: string, names: readonly string[]): boolean {
  return names.some((other) => plain(other) === plain(name));
}

function primary(lang: string): string {
  return lang.toLowerCase().split('-')[0] ?? '';
}

function quoted(words: readonly string[]): string {
  const shown = words.slice(0, 5).map((word) => `“${word}”`);
  return shown.join(', ') + (words.length > 5 ? ` and ${words.length - 5} more` : '');
}

/** A bare day counts to its end, in whichever zone that is last. */
function ageHours(publishedAt: string | null, now: Date): number | null {
  if (publishedAt === null) return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(publishedAt);
  const at = Date.parse(isDay ? `${publishedAt}T23:59:59-12:00` : publishedAt);
  return Number.isNaN(at) ? null : (now.getTime() - at) / 3_600_000;
}
