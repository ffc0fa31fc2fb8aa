import type { Hashtag } from '../domain/summary.ts';
import { AGENCIES, BODIES, CLOCKS, DEMONYMS, GENERIC, HIGHEST_OFFICES, TITLES } from './entities-english.ts';
import { add, note } from './entities-found.ts';
import type { Found } from './entities-found.ts';
import { beginsName, fullWords, particlesAt } from './entities-particles.ts';
import type { Token } from './entities-tokens.ts';
import { withoutElision } from './entities-tokens.ts';
import { wordKey, wordStem } from './words.ts';

const ROYAL = new Set(['prince', 'princess', 'king', 'queen', 'emir', 'sultan', 'duke', 'duchess']);
/** Most words of a name, small ones aside. */
const LONGEST = 4;

/**
 * Adds the capitalised runs, without titles and the adjectives of nations before them.
 * @param offset 0 for the body; else the place of what is not in the body
 */
export function collectNames(
  tokens: readonly Token[],
  evidence: ReadonlyMap<string, number>,
  offset: number,
  found: Map<string, Found>,
): void {
  let run: Token[] = [];
  let office = '';
  /** Small words before this place are known to be inside the name. */
  let inName = 0;
  const close = (at: number): void => {
    let words = run;
    while (words.length > 0 && DEMONYMS.has(words[0]?.key ?? '')) {
      const nation = DEMONYMS.get(words[0]?.key ?? '') ?? '';
      if (nation !== '')
        note(
          found,
          nation.split(' '),
          nation.split(' ').map((word) => wordStem(word.toLowerCase(), 'en')),
          true,
          offset > 0 ? offset : at,
        );
      words = BODIES.has(words.at(-1)?.key ?? '') ? [] : words.slice(1);
      if (words.length === 0 && run.length > 1) words = run;
      if (words === run) break;
    }
    // `Prince Harry` is known by his title, `Prince Mohammed bin Zaher` by his name.
    if (ROYAL.has(words[0]?.key ?? '') && fullWords(words) > 2) words = words.slice(1);
    const [only] = words;
    const isNothing = words.length === 1 && only !== undefined && (GENERIC.has(only.key) || isWeak(only));
    if (words.length > 0 && fullWords(words) <= LONGEST && !isNothing) {
      const entry = add(found, words, true, offset > 0 ? offset : at - run.length);
      if (HIGHEST_OFFICES.has(office)) entry.isLeader = true;
    }
    run = [];
    office = '';
  };
  for (const [at, token] of tokens.entries()) {
    const votes = evidence.get(token.key) ?? 0;
    // The first word of a headline has its capital from there: a name stands in the body too.
    const isSure = token.opens ? votes > 0 || (votes === 0 && offset > 0 && evidence.has(token.key)) : votes >= 0;
    const after = tokens[at + 1];
    if (at < inName) {
      run.push(token);
      continue;
    }
    const particles = run.length > 0 ? particlesAt(tokens, at, evidence) : 0;
    if (particles > 0 || (run.length === 0 && token.isStop && beginsName(tokens, at))) {
      inName = at + particles + (particles > 0 ? 1 : 0);
      run.push(token);
      continue;
    }
    if (!token.isCapital || token.isStop || token.text.length < 2 || !isSure) {
      close(at);
      continue;
    }
    if (!mayGoOn(token) && run.length > 0) close(at);
    if (TITLES.has(token.key) && !(after?.joined === true && BODIES.has(after.key))) {
      close(at);
      office = token.key;
      continue;
    }
    run.push(run.length === 0 ? withoutElision(token) : token);
    if (/[’'‘]s?$/u.test(token.text)) close(at + 1);
  }
  close(tokens.length);
}

/** Joined to the word before by white space only; `l’` begins a new name, `d’` may be inside one. */
function mayGoOn(token: Token): boolean {
  return token.joined && !/^[lL][’']/u.test(token.text);
}

/** Part of a name and none by itself: `Reyes III`, `St. Jude`, the initials of `J.K. Farrow`. */
const ONLY_PART = /^(?:[IVX]{2,5}|[JS]r|St|ST|Ste|Mt|(?!U\.)\p{Lu}\.\p{Lu})$/u;

/** Two letters that are no acronym, or an agency: nobody searches for it. */
function isWeak(token: Token): boolean {
  return (
    AGENCIES.has(token.key) ||
    CLOCKS.has(token.text) ||
    ONLY_PART.test(token.text) ||
    (token.text.length < 3 && !/^\p{Lu}{2}$/u.test(token.text))
  );
}

export type Merged = Found & {
  /** Surname the headline knows a leader by. */
  readonly short: string | null;
  readonly origin: Hashtag['origin'];
};

const NATIONS: ReadonlySet<string> = new Set(DEMONYMS.values());

/** One entry per idea: a surname counts for the full name it ends, `Donald J. Trump` for `Donald Trump`. */
export function mergeNames(entries: readonly Found[], lang: string, titleKeys: string): Merged[] {
  const fullNames = entries.filter((entry) => entry.isName && entry.stems.length > 1 && !isBody(entry));
  /** `United` alone is the one club that ends so. */
  const bodies = entries.filter((entry) => entry.isName && isBody(entry));
  const owners = new Map<string, Found[]>();
  for (const entry of fullNames) {
    for (const end of new Set([entry.stems.at(-1) ?? '', entry.stems[0] ?? ''])) {
      owners.set(end, [...(owners.get(end) ?? []), entry]);
    }
  }
  const parts = new Map<Found, Found[]>();
  const absorbed = new Set<Found>();
  for (const entry of entries) {
    if (!entry.isName || isBody(entry)) continue;
    const last = entry.stems.at(-1) ?? '';
    const body = entry.stems.length === 1 && bodies.filter(({ stems }) => stems.at(-1) === last);
    if (body !== false && body.length === 1 && body[0] !== undefined && BODIES.has(entry.phrase.toLowerCase())) {
      parts.set(body[0], [...(parts.get(body[0]) ?? []), entry]);
      absorbed.add(entry);
      continue;
    }
    const all = (owners.get(last) ?? []).filter((full) => full !== entry && full.stems.length >= entry.stems.length);
    const fitting =
      entry.stems.length === 1
        ? all
        : all.filter((full) => full.stems[0] === entry.stems[0] || endsIn(full.stems, entry.stems));
    const byEnd = fitting.filter((full) => full.stems.at(-1) === last);
    const owner = (byEnd.length > 0 ? byEnd : fitting).toSorted((a, b) => b.count - a.count || a.first - b.first)[0];
    if (owner === undefined || absorbed.has(owner)) continue;
    if (entry.stems.length === 1 && byEnd.length === 0 && owner.first > entry.first) continue;
    if (entry.stems.length === 1 && byEnd.length === 0 && !titleKeys.includes(` ${keyOf(entry.phrase, lang)} `))
      continue;
    parts.set(owner, [...(parts.get(owner) ?? []), entry]);
    absorbed.add(entry);
  }
  return entries
    .filter((entry) => !absorbed.has(entry))
    .map((entry) => {
      const own = parts.get(entry) ?? [];
      const surname = own.find((part) => part.stems.length === 1 && part.phrase.length > 2);
      const namesakes = new Set((owners.get(entry.stems.at(-1) ?? '') ?? []).map((full) => full.stems[0]));
      const isKnown = surname !== undefined && titleKeys.includes(` ${keyOf(surname.phrase, lang)} `);
      return {
        ...entry,
        count: own.reduce((sum, part) => sum + part.count, entry.count),
        first: Math.min(entry.first, ...own.map((part) => part.first)),
        short: isKnown && entry.isLeader && namesakes.size < 2 ? surname.phrase : null,
        origin: originOf(entry, surname !== undefined),
      };
    });
}

/** `van der Meer` ends `Ursula van der Meer`. */
function endsIn(full: readonly string[], end: readonly string[]): boolean {
  return end.every((stem, at) => full[full.length - end.length + at] === stem);
}

function isBody(entry: Found): boolean {
  return entry.stems.length > 1 && BODIES.has(entry.phrase.split(' ').at(-1)?.toLowerCase() ?? '');
}

/** The words of a phrase as `wordKey` gives them. */
export function keyOf(phrase: string, lang: string): string {
  return phrase
    .split(/\s+/u)
    .map((word) => wordKey(word, lang))
    .join(' ');
}

function originOf(entry: Found, isCalledBySurname: boolean): Hashtag['origin'] {
  if (!entry.isName) return 'topic';
  if (NATIONS.has(entry.phrase)) return 'place';
  if (BODIES.has(entry.phrase.split(' ').at(-1)?.toLowerCase() ?? '')) return 'organisation';
  if (/^[\p{Lu}\p{N}.&]{2,}$/u.test(entry.phrase)) return 'organisation';
  return entry.stems.length > 1 && (isCalledBySurname || entry.isLeader) ? 'person' : 'topic';
}
