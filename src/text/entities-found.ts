import type { Token } from './entities-tokens.ts';

/** A run of words and how often it stands, by its stems. */
export interface Found {
  phrase: string;
  stems: string[];
  isName: boolean;
  count: number;
  first: number;
  /** Introduced as a president or a head of government. */
  isLeader: boolean;
}

/** Notes one more mention of these words, without their possessive. */
export function add(found: Map<string, Found>, words: readonly Token[], isName: boolean, first: number): Found {
  return note(
    found,
    words.map((word) => withoutPossessive(word.text)),
    words.map((word) => word.stem),
    isName,
    first,
  );
}

function withoutPossessive(word: string): string {
  return word.length === 1 || /[’'‘]/.test(word) ? word.replace(/[’'‘]s?$/u, '') : word;
}

/** Notes one more mention of a phrase; answers its entry. */
export function note(
  found: Map<string, Found>,
  words: string[],
  stems: string[],
  isName: boolean,
  first: number,
): Found {
  const id = stems.join(' ');
  const known = found.get(id);
  if (known === undefined) {
    const entry = { phrase: words.join(' '), stems, isName, count: 1, first, isLeader: false };
    found.set(id, entry);
    return entry;
  }
  known.count += 1;
  // A dateline shouts the name that the text writes as people do.
  const isShouted =
    isName &&
    !/[a-z]/.test(known.phrase) &&
    /^[\p{Lu}\p{M} '’-]{4,}$/u.test(known.phrase) &&
    /\p{Ll}/u.test(words.join(' '));
  if (isShouted || (isName && !known.isName)) Object.assign(known, { phrase: words.join(' '), isName });
  known.first = Math.min(known.first, first);
  return known;
}
