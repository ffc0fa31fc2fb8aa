import { commonRuns, commonWords } from './common-words.ts';

/**
 * What a password must be: long, and not one of those that are tried first. Nothing about kinds of characters, and none has
 * to be changed because it is old. https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md 6.2
 */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/**
 * What is wrong with a new password, in one sentence; null: nothing.
 * @param own words that others know of the member: name, address, the house.
 */
export function faultOfPassword(password: string, own: readonly string[] = []): string | null {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < PASSWORD_MIN) return `The password has ${length} characters: use at least ${PASSWORD_MIN}.`;
  if (length > PASSWORD_MAX) return `The password has ${length} characters: use at most ${PASSWORD_MAX}.`;
  if (isCommon(text, own)) {
    return 'The password is one of those that are tried first, or says who you are: use a few words that nobody would guess.';
  }
  return null;
}

/** So many known pieces make a phrase of their own: four of the words below are three thousand million phrases. */
const MOST_PIECES = 3;

/**
 * Whether a password is made of a few pieces that everybody uses: common words, neighbours on the keyboard, numbers and
 * repetitions, also spelt with digits and signs for letters. One rule in place of a list of every way to write them.
 */
export function isCommon(password: string, own: readonly string[] = []): boolean {
  const lower = password.toLowerCase();
  const words = new Set([...commonWords, ...own.flatMap(wordsOf)]);
  return piecesOf(lower, words) <= MOST_PIECES || isRepetition(lower);
}

const substitutions: readonly Readonly<Record<string, string>>[] = [
  { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '+': 't' },
  { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '9': 'g', '@': 'a', $: 's', '!': 'l', '€': 'e' },
];

function respelt(text: string, table: Readonly<Record<string, string>>): string {
  return [...text].map((character) => table[character] ?? character).join('');
}

function wordsOf(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase();
  return [lower, ...lower.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}

/** Three characters are a piece, two are an accident. */
const SHORTEST_RUN = 3;

/** The fewest known words and runs that the text is made of; figures and signs of the keyboard between them count nothing. */
function piecesOf(text: string, words: ReadonlySet<string>): number {
  const fewest: number[] = [0];
  const longest = Math.max(...[...words].map((word) => word.length));
  for (let end = 1; end <= text.length; end++) {
    let best = FREE.test(text[end - 1] ?? '') ? (fewest[end - 1] ?? Infinity) : Infinity;
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const piece = text.slice(start, end);
      const isWord = words.has(piece) || substitutions.some((table) => words.has(respelt(piece, table)));
      const isKnown = isWord || isRun(piece) || /^(.)\1+$/u.test(piece);
      if (isKnown) best = Math.min(best, (fewest[start] ?? Infinity) + 1);
    }
    fewest[end] = best;
  }
  return fewest[text.length] ?? Infinity;
}

const FREE = /[\d\s!-/:-@[-`{-~]/;

function isRun(piece: string): boolean {
  if (piece.length < SHORTEST_RUN) return false;
  const backwards = [...piece].reverse().join('');
  return commonRuns.some((run) => run.includes(piece) || run.includes(backwards));
}

/** The same few characters again and again, e.g. `abcabcabcabc`. */
function isRepetition(text: string): boolean {
  return /^(.{1,6})\1+.{0,3}$/u.test(text);
}
