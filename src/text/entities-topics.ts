import { DATE_WORDS, GENERIC, PAST_FORMS, VERBS } from './entities-english.ts';
import { add } from './entities-found.ts';
import type { Found } from './entities-found.ts';
import { endsName } from './entities-particles.ts';
import type { Token } from './entities-tokens.ts';

/** Adds English noun phrases of up to three words, and the nouns that end them. `offset` as for names. */
export function collectTopics(
  tokens: readonly Token[],
  evidence: ReadonlyMap<string, number>,
  offset: number,
  found: Map<string, Found>,
): void {
  let run: Token[] = [];
  const close = (at: number): void => {
    // The end of a name is no noun: `Rio de` | `Janeiro hosts`.
    if (endsName(tokens, at - run.length)) run.shift();
    while (run.length > 0 && !canEnd(run.at(-1))) run.pop();
    while (isPale(run[0], run[1])) run.shift();
    const words = withoutVerb(wholeNames(run.slice(-3), run.at(-4)), evidence);
    const isOnlyNames = words.every((word) => word.isCapital && (evidence.get(word.key) ?? 0) > 0);
    if (words.length > 0 && !isOnlyNames) {
      const place = offset > 0 ? offset : at - words.length;
      add(found, words, false, place);
      const tail = wholeNames(words.slice(1), words[0]);
      if (words.length === 3 && tail.length === 2) add(found, tail, false, place);
      const last = words.at(-1);
      if (words.length > 1 && last !== undefined && !GENERIC.has(last.key)) add(found, [last], false, place);
    }
    run = [];
  };
  for (const [at, token] of tokens.entries()) {
    if (!token.joined) close(at);
    if (token.isStop || !/^\p{L}/u.test(token.text) || token.key.length < 3 || !canStand(token, tokens[at - 1])) {
      close(at);
      continue;
    }
    run.push(token);
    if (/[’'‘]s?$/u.test(token.text)) close(at + 1);
  }
  close(tokens.length);
}

/** Adjectives that say nothing of the noun they stand before: nobody searches for the `largest bank`. */
const PALE = new Set(
  (
    'new newest latest recent current previous next last past future former early earlier earliest late later old older oldest ' +
    'large larger largest big bigger biggest small smaller smallest great greater greatest high higher highest low lower lowest ' +
    'good better best bad worse worst long longer longest short major main key important whole entire full own other same ' +
    'certain similar different various several many more most such further additional beautiful shocking huge massive ' +
    'growing increasing strong stronger strongest serious significant real special favourite favorite nearby entire first second ' +
    'third only single popular famous complete total final everyday somewhere anywhere everywhere wet dry two three four five six ' +
    'seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozens hundreds thousands'
  ).split(' '),
);

/** A capital that only opens a sentence makes none of them a name: `Five favourites`, but `Five Guys`. */
function isPale(token: Token | undefined, next: Token | undefined): boolean {
  if (token === undefined || !PALE.has(token.key)) return false;
  return !token.isCapital || (token.opens && next?.isCapital !== true);
}

/** The words without the rest of a name that they cut in two: `Hong` | `Kong government`. */
function wholeNames(words: readonly Token[], before: Token | undefined): readonly Token[] {
  let from = 0;
  if (before?.isCapital === true) while (words[from]?.isCapital === true) from += 1;
  return words.slice(from);
}

/** A name that a small word stands before is what somebody does something to: `sign` | `Bako`. */
function withoutVerb(words: readonly Token[], evidence: ReadonlyMap<string, number>): readonly Token[] {
  const last = words.at(-1);
  if (last?.isCapital !== true || (evidence.get(last.key) ?? 0) <= 0) return words;
  return words.slice(words.findLastIndex((word) => !word.isCapital) + 1);
}

/** What follows these is a verb. */
const BEFORE_VERB = new Set("to will would can could may might must should not n't they we i he she who it".split(' '));

function canStand(token: Token, before: Token | undefined): boolean {
  if (token.key === 'a.m' || token.key === 'p.m') return false;
  if (token.key.endsWith('ly') && token.key.length > 5) return false;
  if (before !== undefined && BEFORE_VERB.has(before.lower)) return false;
  if (DATE_WORDS.has(token.key) || (PAST_FORMS.has(token.key) && !token.isCapital)) return false;
  if (!VERBS.has(token.key)) return true;
  if (/(?:ed|es|ies)$/u.test(token.key)) return false;
  // `asks`: what comes before is who does it, and what comes after what it is done to.
  return !token.key.endsWith('s') || NOUNS_TOO.test(token.key.slice(0, -1));
}

function canEnd(token: Token | undefined): boolean {
  if (token === undefined) return true;
  if (
    /(?:ed|ive|ous|ful|able|ible|less|est|ary|ic|al)$/u.test(token.key) &&
    !/(?:ics|deal|trial|appeal|hospital|festival|capital|animal|arrival|approval|proposal|survival|rival|metal|oil|virus|music|traffic|panic|epidemic|pandemic|clinic|fabric|republic|speed|seed|feed|need|creed|weed|breed)$/u.test(
      token.key,
    )
  )
    return false;
  return !VERBS.has(token.key) || NOUNS_TOO.test(token.key);
}

/** Verbs that are nouns at least as often. */
const NOUNS_TOO =
  /^(?:arrest|attack|ban|call|care|challenge|change|charge|claim|cover|crash|cut|damage|deal|demand|design|drive|drop|fight|force|form|gain|hope|increase|influence|lack|launch|limit|link|love|move|offer|order|plan|play|promise|protest|race|release|report|rise|rule|search|share|sign|sound|strike|struggle|study|support|talk|test|threat|train|travel|use|visit|vote|walk|watch|wear|work|worry)$/u;
