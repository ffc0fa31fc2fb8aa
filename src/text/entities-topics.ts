import { GENERIC, VERBS } from './entities-english.ts';
import { add } from './entities-found.ts';
import type { Found } from './entities-found.ts';
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
    while (run.length > 0 && !canEnd(run.at(-1))) run.pop();
    const words = run.slice(-3);
    const isOnlyNames = words.every((word) => word.isCapital && (evidence.get(word.key) ?? 0) > 0);
    if (words.length > 0 && !isOnlyNames) {
      const place = offset > 0 ? offset : at - words.length;
      add(found, words, false, place);
      if (words.length === 3) add(found, words.slice(1), false, place);
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

/** What follows these is a verb. */
const BEFORE_VERB = new Set("to will would can could may might must should not n't they we i he she who it".split(' '));

function canStand(token: Token, before: Token | undefined): boolean {
  if (token.key.endsWith('ly') && token.key.length > 5) return false;
  if (before !== undefined && BEFORE_VERB.has(before.lower)) return false;
  return !(VERBS.has(token.key) && /(?:ed|es|ies)$/u.test(token.key));
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
