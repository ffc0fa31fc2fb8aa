import type { Found } from './entities-found.ts';
import { note } from './entities-found.ts';
import { READ_TO } from './entities-tokens.ts';
import type { Token } from './entities-tokens.ts';

/** Most words of a name; a dictionary may cut a short name into four. */
const MOST = 5;
/** A headline has no more words; what is longer is a text in the wrong place. */
const HEADLINE = 80;
/** In scripts without spaces shorter runs are words, and longer ones clauses. */
const SHORTEST = 3;
const LONGEST = 10;
const HANGUL = /^\p{sc=Hangul}{3,}$/u;
/** Joins words of a Japanese sentence, never of a name. */
const HIRAGANA = /\p{sc=Hiragana}/u;

/**
 * In scripts without capitals a name of several words shows only by being said again: the longest runs of the headline that
 * the body repeats letter for letter. Answers which words of the headline they take up.
 */
export function collectRepeated(
  title: string,
  words: readonly Token[],
  text: string,
  bodyTokens: readonly Token[],
  found: Map<string, Found>,
): ReadonlySet<Token> {
  const taken = new Set<Token>();
  const tokens = words.slice(0, HEADLINE);
  const body = text.slice(0, READ_TO);
  for (let length = MOST; length > 0; length -= 1) {
    for (let at = 0; at + length <= tokens.length; at += 1) {
      const run = tokens.slice(at, at + length);
      const phrase = title.slice(run[0]?.start, run.at(-1)?.end);
      if (run.some((token) => taken.has(token)) || !mayBeName(run, phrase)) continue;
      const start = isSpaced(phrase) ? String.raw`(?<![\p{L}\p{M}])` : '';
      const times = body.match(new RegExp(start + phrase, 'gu'))?.length ?? 0;
      if (times < 2) continue;
      for (const token of run) taken.add(token);
      const place = body.indexOf(phrase);
      const first = bodyTokens.findIndex(({ end }) => end > place);
      const stems = run.map(({ stem }) => stem);
      note(found, [phrase], stems, true, Math.max(0, first)).count = times;
    }
  }
  return taken;
}

function isSpaced(phrase: string): boolean {
  return !/\p{sc=Han}|\p{sc=Katakana}/u.test(phrase);
}

function mayBeName(run: readonly Token[], phrase: string): boolean {
  if (run.some((token) => token.isStop || !/^\p{Lo}/u.test(token.text) || HIRAGANA.test(token.text))) return false;
  // Korean adds its particles to the word, so that no two mentions of it are the same word.
  if (run.length === 1) return HANGUL.test(phrase);
  if (run.slice(1).every((token) => token.joined)) return true;
  const length = run.reduce((sum, token) => sum + token.text.length, 0);
  return phrase.length === length && length >= SHORTEST && length <= LONGEST;
}
