import type { IntakeRules, SourceKind } from '../../../domain/source.ts';
import type { GivenSource, Source } from '../../api/types.ts';

/** Rules that are lists, in the order of the form. */
export const wordFields = ['include', 'exclude', 'sections', 'languages', 'urgentWords'] as const;
export type WordField = (typeof wordFields)[number];

/** A source as its form holds it: every list is the text that somebody types. */
export interface Draft {
  readonly kind: SourceKind;
  readonly url: string;
  readonly urls: string;
  readonly name: string;
  readonly minutes: number;
  readonly maxPerHour: number;
  readonly section: string;
  readonly accountIds: readonly string[];
  readonly words: Readonly<Record<WordField, string>>;
  readonly minLength: number | null;
  readonly maxAgeHours: number | null;
}

export const blank: Draft = {
  kind: 'feed',
  url: '',
  urls: '',
  name: '',
  minutes: 5,
  maxPerHour: 30,
  section: '',
  accountIds: [],
  words: { include: '', exclude: '', sections: '', languages: '', urgentWords: '' },
  minLength: null,
  maxAgeHours: 72,
};

export function draftOf({ kind, url, name, settings }: Source): Draft {
  const { rules } = settings;
  const words = Object.fromEntries(wordFields.map((field) => [field, rules[field].join(', ')]));
  return {
    kind,
    url: url ?? '',
    urls: settings.urls.join('\n'),
    name,
    minutes: settings.intervalMs / 60_000,
    maxPerHour: settings.maxPerHour,
    section: settings.section ?? '',
    accountIds: settings.accountIds ?? [],
    words: words as Draft['words'],
    minLength: rules.minLength,
    maxAgeHours: rules.maxAgeHours,
  };
}

export function rulesOf({ words, minLength, maxAgeHours }: Draft): IntakeRules {
  return {
    include: listOf(words.include),
    exclude: listOf(words.exclude),
    sections: listOf(words.sections),
    languages: listOf(words.languages),
    urgentWords: listOf(words.urgentWords),
    minLength,
    maxAgeHours,
  };
}

/** What the API is given. */
export function givenOf(draft: Draft): GivenSource {
  const { kind, url, name, minutes, maxPerHour, section, accountIds } = draft;
  return {
    kind,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(isFetched(kind) ? { url: url.trim() } : {}),
    settings: {
      ...(kind === 'urls' ? { urls: draft.urls.split(/\s+/).filter((line) => line !== '') } : {}),
      intervalMs: Math.round(minutes * 60_000),
      maxPerHour,
      section: section.trim() === '' ? null : section.trim(),
      accountIds: accountIds.length === 0 ? null : accountIds,
      rules: rulesOf(draft),
    },
  };
}

/** Whether it is read from one address. */
export function isFetched(kind: SourceKind): boolean {
  return kind === 'feed' || kind === 'sitemap';
}

/** Whether there is something to look at before it is saved. */
export function isReadable({ kind, url, urls }: Draft): boolean {
  return isFetched(kind) ? isUrl(url.trim()) : kind === 'urls' && urls.trim() !== '';
}

function listOf(typed: string): string[] {
  return typed
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function isUrl(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
