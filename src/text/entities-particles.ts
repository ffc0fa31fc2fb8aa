import type { Token } from './entities-tokens.ts';

/** Small words inside names that are hardly ever anything else there: `Port of Marrowby`, `Rio de Janeiro`, `bin Zaher`. */
const SURE = new Set('of de del della di do da dal dalla dos das du des von van bin ibn bint ben af av'.split(' '));
/** Small words inside names that are articles and prepositions as well: `zu Löwen`, `la Roca`. Believed when the text says it twice. */
const UNSURE = new Set('der den dem ten ter te zu zum zur vom la le les el los las lo al y e und'.split(' '));
/** With a capital inside a sentence an article belongs to the name after it: `Bastien Le Goff`, `La Haye`. */
const ARTICLES = new Set(['Le', 'La', 'Les', 'El', 'Los', 'Las', 'De', 'Du', 'Des', 'Del', 'Di', 'Von', 'Van', 'Den']);
/** `van den`, `de la`, `von und zu`: no name has more of them in a row. */
const MOST = 3;

/**
 * How many tokens from `at` are small words that join a name to the capitalised word after them; 0 where they do not.
 * @param votes what the text says of a pair of words, see {@link particlePair}
 */
export function particlesAt(tokens: readonly Token[], at: number, votes: ReadonlyMap<string, number>): number {
  const first = tokens[at];
  if (first?.joined !== true) return 0;
  const length = lengthAt(tokens, at);
  const isSure = SURE.has(first.text) || ARTICLES.has(first.text);
  if (length === 0 || (isSure && !votes.has(joinsNothing(first.text)))) return length;
  return (votes.get(particlePair(tokens, at) ?? '') ?? 0) > 1 ? length : 0;
}

/** The vote that a small word is an article in this language. */
export function joinsNothing(particle: string): string {
  return `${particle} |`;
}

/** The small words at a place and the name they lead to, as the votes for names know them; null where there are none. */
export function particlePair(tokens: readonly Token[], at: number): string | null {
  const length = lengthAt(tokens, at);
  if (length === 0 || tokens[at - 1]?.isCapital !== true) return null;
  return tokens
    .slice(at - 1, at + length + 1)
    .map(({ key }) => key)
    .join(' ');
}

function lengthAt(tokens: readonly Token[], at: number): number {
  let length = 0;
  while (length < MOST && isParticle(tokens[at + length]) && tokens[at + length]?.joined === true) length += 1;
  const next = tokens[at + length];
  // `Hansen von der CDU` is in it, `von der Leyen` is called so.
  if (length > 1 && /^\p{Lu}{2,}$/u.test(next?.text ?? '')) return 0;
  return next?.isCapital === true && next.joined && !next.isStop ? length : 0;
}

function isParticle(token: Token | undefined): boolean {
  return token !== undefined && (SURE.has(token.text) || UNSURE.has(token.text) || ARTICLES.has(token.text));
}

/** Whether an article with a capital inside a sentence begins a name: `La Haye`. */
export function beginsName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  return (
    token !== undefined &&
    !token.opens &&
    token.joined &&
    ARTICLES.has(token.text) &&
    next?.isCapital === true &&
    next.joined &&
    !next.isStop
  );
}

/** Whether the word at a place is the end of a name that a small word parts from its beginning. */
export function endsName(tokens: readonly Token[], at: number): boolean {
  return (
    SURE.has(tokens[at - 1]?.text ?? '') &&
    tokens[at - 2]?.isCapital === true &&
    tokens[at]?.isCapital === true &&
    tokens[at]?.joined === true
  );
}

/** How many words of a name are names themselves. */
export function fullWords(words: readonly Token[]): number {
  return words.filter((word) => !isParticle(word)).length;
}
