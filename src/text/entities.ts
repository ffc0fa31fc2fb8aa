import type { Article } from '../domain/article.ts';
import type { Hashtag } from '../domain/summary.ts';
import { AGENCIES, BODIES, DEMONYMS, GENERIC, HIGHEST_OFFICES, TITLES, VERBS } from './entities-english.ts';
import { primarySubtag, stopWords } from './stopwords/all.ts';
import { splitWords, wordKey, wordStem } from './words.ts';
import type { Word } from './words.ts';

/** A name or topic found in an article, before anyone decides whether it becomes a hashtag. */
export interface Candidate {
  /** As written, possessive dropped: `Vladimir Putin`. */
  readonly phrase: string;
  /** Shorter form the headline uses, where it does: `Putin`. */
  readonly short: string | null;
  /** Stems of its words. */
  readonly stems: readonly string[];
  readonly origin: Hashtag['origin'];
  readonly isName: boolean;
  readonly count: number;
  /** How often its words stand in the body, mean. */
  readonly wordCount: number;
  /** How many words of the body stand before its first mention. */
  readonly first: number;
  /** Share of its words that the headline has, 0 to 1. */
  readonly inTitle: number;
  /** The headline has it word for word. */
  readonly isInTitle: boolean;
}

interface Token extends Word {
  readonly lower: string;
  readonly stem: string;
  /** Opens a sentence, where a capital says nothing. */
  readonly opens: boolean;
  /** White space only between it and the token before. */
  readonly joined: boolean;
  readonly isCapital: boolean;
  readonly isStop: boolean;
}

interface Found {
  phrase: string;
  stems: string[];
  isName: boolean;
  count: number;
  first: number;
  /** Introduced as a president or a head of government. */
  isLeader: boolean;
}

/** What an article is about stands in its first part; UTF-16 units. */
const READ_TO = 6000;
/** Somebody else's hashtags, as some texts carry them at the end. */
const HASHTAG_LINE = /^\s*[#＃].*$/gmu;
/** Languages whose hashtags have been measured; elsewhere only the headline and the publisher's keywords are believed. */
const MEASURED = new Set(['en', 'es', 'fr', 'de']);
/** Small words inside names: `Port of Marrowby`, `Rio de Janeiro`. */
const PARTICLES = new Set(['of', 'de', 'del', 'di', 'do', 'da', 'dos', 'du', 'des', 'von', 'van', 'der']);
const LONGEST = 4;
/** Names in capitals that are stop words in lower case. */
const SPELT_LIKE_STOPS = new Set(['us', 'who']);

/** Names (capitalised runs) and topics (noun phrases) of headline and body. */
export function findCandidates(article: Article): Candidate[] {
  const { lang } = article;
  const title = tokensOf(article.title, lang);
  const body = tokensOf(article.text.slice(0, READ_TO).replace(HASHTAG_LINE, ''), lang);
  const evidence = nameEvidence(body, lang);
  const isTitleCase =
    title.filter((t) => !t.isStop && !t.isCapital).length < title.filter((t) => t.isCapital).length * 0.4;
  const found = new Map<string, Found>();
  const isMeasured = MEASURED.has(primarySubtag(lang));
  // Elsewhere nothing is invented: what the publisher named is enough.
  if (!isMeasured && article.keywords.length > 0) return [];
  if (isMeasured) collectNames(body, evidence, 0, found);
  const hasEvidence = (token: Token): boolean => (evidence.get(token.key) ?? 0) > 0;
  const headline = isTitleCase
    ? title.map((token) => ({ ...token, isCapital: token.isCapital && hasEvidence(token) }))
    : title;
  collectNames(headline, evidence, body.length, found);
  if (primarySubtag(lang) === 'en') {
    collectTopics(body, evidence, 0, found);
    collectTopics(title, evidence, body.length, found);
  }
  if (primarySubtag(lang) === 'de') {
    for (const token of title) {
      const times = body.filter(({ stem }) => stem === token.stem).length;
      if (token.isCapital && !token.isStop && token.key.length > 4 && times > 0) {
        add(found, [token], false, body.length).count += times;
      }
    }
  }
  if (!isMeasured) recount(found, title, body);
  const counts = new Map<string, number>();
  for (const { stem } of body) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const titleStems = new Set(title.map((token) => token.stem));
  const titleKeys = ` ${title.map((token) => token.key).join(' ')} `;
  return mergeNames([...found.values()], lang, titleKeys).map((entry) => {
    const inTitle = entry.stems.filter((stem) => titleStems.has(stem)).length / Math.max(1, entry.stems.length);
    const isInTitle = titleKeys.includes(` ${keyOf(entry.phrase, lang)} `);
    const wordCount = entry.stems.reduce((sum, stem) => sum + (counts.get(stem) ?? 0), 0) / entry.stems.length;
    return { ...entry, inTitle, isInTitle, wordCount, origin: originOf(entry) };
  });
}

function tokensOf(text: string, lang: string): Token[] {
  const stops = stopWords(lang);
  let end = 0;
  const isTurkish = primarySubtag(lang) === 'tr';
  return splitWords(text, lang).map((split, index) => {
    const word = isTurkish ? { ...split, text: split.text.replace(/[’'].*$/u, '') } : split;
    const gap = text.slice(end, word.start);
    end = word.end;
    const lower = word.text.toLowerCase().replace(/[’‘]/gu, "'");
    const isCapital = /^\p{Lu}/u.test(word.text) || /^\p{Ll}\p{Lu}/u.test(word.text);
    const isAcronym = /^[\p{Lu}\p{N}.&]{2,}$/u.test(word.text);
    return {
      ...word,
      lower,
      stem: wordStem(word.key, lang),
      opens: index === 0 || /[.!?…\n:]/u.test(gap) || /["“„«‘]\s*$/u.test(gap),
      joined: index > 0 && /^[ \u00a0]$/u.test(gap),
      isCapital,
      isStop: (stops.has(lower) || stops.has(word.key)) && !(isAcronym && SPELT_LIKE_STOPS.has(lower)),
    };
  });
}

/** German writes every noun with a capital; after an article or an adjective it is no name. */
const COMMON_NOUN_BEFORE =
  /^(?:[DdEe]ie|[Dd]er|[Dd]as|[Dd]en|[Dd]em|[Dd]es|[Ee]in\p{Ll}{0,2}|[Zz]um|[Zz]ur|[Ii]m|[Aa]m|[Vv]om|\p{Ll}{2,}(?:e|en|er|es|em))$/u;

/** For each key: how often it stands capitalised where it need not, less how often in lower case. */
function nameEvidence(body: readonly Token[], lang: string): Map<string, number> {
  const isGerman = primarySubtag(lang) === 'de';
  const evidence = new Map<string, number>();
  for (const [at, token] of body.entries()) {
    if (token.isStop) continue;
    const isNoun = isGerman && COMMON_NOUN_BEFORE.test(body[at - 1]?.text ?? '');
    const vote = !token.isCapital || isNoun ? -1 : token.opens ? 0 : 1;
    evidence.set(token.key, (evidence.get(token.key) ?? 0) + vote);
  }
  return evidence;
}

function collectNames(
  tokens: readonly Token[],
  evidence: ReadonlyMap<string, number>,
  offset: number,
  found: Map<string, Found>,
): void {
  let run: Token[] = [];
  let office = '';
  const close = (at: number): void => {
    let words = run;
    while (words.length > 0 && DEMONYMS.has(words[0]?.key ?? '') && (words.length > 1 || isEnglishNation(words[0]))) {
      const nation = DEMONYMS.get(words[0]?.key ?? '') ?? '';
      if (nation !== '')
        note(found, nation.split(' '), nation.toLowerCase().split(' '), true, offset > 0 ? offset : at);
      words = BODIES.has(words.at(-1)?.key ?? '') ? [] : words.slice(1);
      if (words.length === 0 && run.length > 1) words = run;
      if (words === run) break;
    }
    const [only] = words;
    const isNothing = words.length === 1 && only !== undefined && (GENERIC.has(only.key) || isWeak(only));
    if (words.length > 0 && words.length <= LONGEST && !isNothing) {
      const entry = add(found, words, true, offset > 0 ? offset : at - run.length);
      if (HIGHEST_OFFICES.has(office)) entry.isLeader = true;
    }
    run = [];
    office = '';
  };
  for (const [at, token] of tokens.entries()) {
    const votes = evidence.get(token.key) ?? 0;
    const isSure = token.opens ? votes > 0 || (votes === 0 && offset > 0) : votes >= 0;
    const after = tokens[at + 1];
    if (
      run.length > 0 &&
      token.joined &&
      PARTICLES.has(token.text) &&
      after?.isCapital === true &&
      after.joined &&
      !after.isStop
    ) {
      run.push(token);
      continue;
    }
    if (!token.isCapital || token.isStop || token.text.length < 2 || !isSure) {
      close(at);
      continue;
    }
    if (!token.joined && run.length > 0) close(at);
    if (TITLES.has(token.key) && !(after?.joined === true && BODIES.has(after.key))) {
      close(at);
      office = token.key;
      continue;
    }
    run.push(token);
    if (/[’'‘]s?$/u.test(token.text)) close(at + 1);
  }
  close(tokens.length);
}

/**
 * Where only the headline is believed: its names, and in scripts without capitals its words that the body repeats; how
 * often, the body says.
 */
function recount(found: Map<string, Found>, title: readonly Token[], body: readonly Token[]): void {
  const counts = new Map<string, { count: number; first: number }>();
  for (const [at, { stem }] of body.entries()) {
    const known = counts.get(stem);
    counts.set(stem, { count: (known?.count ?? 0) + 1, first: known?.first ?? at });
  }
  for (const token of title) {
    const times = counts.get(token.stem)?.count ?? 0;
    if (/^\p{Lo}/u.test(token.text) && !token.isStop && [...token.text].length > 1 && times > 1) {
      add(found, [token], false, body.length);
    }
  }
  for (const entry of found.values()) {
    const known = entry.stems.map((stem) => counts.get(stem)).filter((one) => one !== undefined);
    entry.count += Math.min(...known.map((one) => one.count), known.length > 0 ? Infinity : 0);
    entry.first = Math.min(entry.first, ...known.map((one) => one.first));
  }
}

function isEnglishNation(token: Token | undefined): boolean {
  return token !== undefined && DEMONYMS.has(token.key);
}

/** Two letters that are no acronym, or an agency: nobody searches for it. */
function isWeak(token: Token): boolean {
  return AGENCIES.has(token.key) || (token.text.length < 3 && !/^\p{Lu}{2}$/u.test(token.text));
}

function collectTopics(
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

function canStand(token: Token, before: Token | undefined): boolean {
  if (token.key.endsWith('ly') && token.key.length > 5) return false;
  if (
    before !== undefined &&
    /^(?:to|will|would|can|could|may|might|must|should|not|n't|they|we|i|he|she|who|it)$/u.test(before.lower)
  )
    return false;
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
  return !VERBS.has(token.key) || /(?:s|ing)$/u.test(token.key) === false
    ? !VERBS.has(token.key) || NOUNS_TOO.test(token.key)
    : false;
}

/** Verbs that are nouns at least as often. */
const NOUNS_TOO =
  /^(?:arrest|attack|ban|call|care|challenge|change|charge|claim|cover|crash|cut|damage|deal|demand|design|drive|drop|fight|force|form|gain|hope|increase|influence|lack|launch|limit|link|love|move|offer|order|plan|play|promise|protest|race|release|report|rise|rule|search|share|sign|sound|strike|struggle|study|support|talk|test|threat|train|travel|use|visit|vote|walk|watch|wear|work|worry)$/u;

function add(found: Map<string, Found>, words: readonly Token[], isName: boolean, first: number): Found {
  const bare = words.map((word) => word.text.replace(/[’'‘]s?$/u, ''));
  return note(
    found,
    bare,
    words.map((word) => word.stem),
    isName,
    first,
  );
}

function note(found: Map<string, Found>, words: string[], stems: string[], isName: boolean, first: number): Found {
  const id = stems.join(' ');
  const known = found.get(id);
  if (known === undefined) {
    const entry = { phrase: words.join(' '), stems, isName, count: 1, first, isLeader: false };
    found.set(id, entry);
    return entry;
  }
  known.count += 1;
  // A dateline shouts the name that the text writes as people do.
  const isShouted = isName && /^[\p{Lu} ]{4,}$/u.test(known.phrase) && /\p{Ll}/u.test(words.join(' '));
  if (isShouted || (isName && !known.isName)) Object.assign(known, { phrase: words.join(' '), isName });
  known.first = Math.min(known.first, first);
  return known;
}

type Merged = Found & { readonly short: string | null };

/** One entry per idea: a surname counts for the full name it ends, `Donald J. Trump` for `Donald Trump`. */
function mergeNames(entries: readonly Found[], lang: string, titleKeys: string): Merged[] {
  const fullNames = entries.filter((entry) => entry.isName && entry.stems.length > 1 && !isBody(entry));
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
    const all = (owners.get(last) ?? []).filter((full) => full !== entry && full.stems.length >= entry.stems.length);
    const fitting =
      entry.stems.length === 1
        ? all
        : all.filter((full) => full.stems[0] === entry.stems[0] && full.stems.at(-1) === last);
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
        stems: entry.stems,
      };
    });
}

function isBody(entry: Found): boolean {
  return entry.stems.length > 1 && BODIES.has(entry.phrase.split(' ').at(-1)?.toLowerCase() ?? '');
}

function keyOf(phrase: string, lang: string): string {
  return phrase
    .split(/\s+/u)
    .map((word) => wordKey(word, lang))
    .join(' ');
}

function originOf(entry: Found): Hashtag['origin'] {
  if (!entry.isName) return 'topic';
  if (BODIES.has(entry.phrase.split(' ').at(-1)?.toLowerCase() ?? '') || /^[\p{Lu}\p{N}.&]{2,}$/u.test(entry.phrase))
    return 'organisation';
  return entry.stems.length > 1 ? 'person' : 'topic';
}
