import { primarySubtag, stopWords } from './stopwords/all.ts';
import { splitWords, wordStem } from './words.ts';
import type { Word } from './words.ts';

/** A denial in a sentence: how it is written, and the stems of the two content words that stand nearest to it. */
export interface Denial {
  readonly written: string;
  readonly nearest: readonly string[];
}

/** Words that deny what stands beside them, whole; one beginning with `~` is a part of a word. Our own lists. */
const DENYING: Readonly<Record<string, string>> = {
  en: "not no never none nobody nothing neither nor cannot without ain't ~n't",
  es: 'no nunca jamás ni ningún ninguna ninguno nadie tampoco sin',
  fr: 'pas jamais aucun aucune rien personne ni sans',
  de: 'nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne',
  it: 'non mai nessun nessuno nessuna niente né senza',
  pt: 'não nunca jamais nem nenhum nenhuma ninguém sem',
  nl: 'niet geen nooit niemand niets zonder',
  pl: 'nie nigdy nikt nic żaden żadna żadne ani bez',
  ru: 'не нет никогда никто ничего ни без нельзя',
  uk: 'не ні немає ніколи ніхто нічого жоден без',
  ar: 'لا لم لن ليس ليست غير دون بدون',
  he: 'לא אין אינו אינה אינם אינן בלי',
  hi: 'नहीं न मत बिना',
  zh: '不 没 没有 未 无 非 不会 不能 不是 不再 未能 并未 并非 尚未 從未 从未 沒有',
};
/** Words that may stand for a denial in another telling: `did not win` is `lost`. Beginnings. */
const LIKE_DENIAL: Readonly<Record<string, string>> = {
  en:
    'deny denie denial refus reject fail lack lose losing lost unable unlikely unwilling unaware unclear unknown impossible ' +
    'ban halt stop block avoid prevent miss absen against hardly barely rarely seldom only except unless until zero rule ' +
    'declin dismiss drop cancel scrap abandon spare remain still keep kept',
  es: 'neg nieg rech falt pierd perd imposible incapaz contra evit impid prohib apenas sólo solo salvo excepto hasta descart cancel',
  fr: "n'[^']*$ ne$ refus rejet nie(?:nt)?$ nié manqu perd impossible incapable contre évit empêch interdi seul sauf jusqu annul",
  de: 'lehn ablehn abgelehn verweiger weiger bestreit bestritt verlor verlier unmöglich gegen verhinder verbot verbiet kaum nur$ außer$ bis$ fehl scheiter',
};
/** What makes of a denial none: `not only`, `no fewer than`. The word before or after it. */
const NO_DENIAL: Readonly<Record<string, RegExp>> = {
  en: /^(?:only|just|merely|simply|least|fewer|less|more|later|earlier|doubt|matter|to|one)$/u,
  es: /^(?:solo|sólo|solamente|únicamente|obstante|menos|más|embargo|duda)$/u,
  fr: /^(?:seulement|uniquement|moins|plus|doute|non)$/u,
  de: /^(?:nur|bloß|zuletzt|weniger|mehr|zweifel|weiteres|allein)$/u,
  it: /^(?:solo|soltanto|solamente|meno|più|prima|dubbio)$/u,
  pt: /^(?:só|apenas|somente|menos|mais|obstante|dúvida)$/u,
  nl: /^(?:alleen|slechts|minder|meer|eerder|twijfel)$/u,
  pl: /^(?:tylko|mniej|więcej|wcześniej|wątpienia)$/u,
  ru: /^(?:только|менее|более|раньше|позднее|лишь)$/u,
  uk: /^(?:тільки|лише|менше|більше|раніше|пізніше)$/u,
};
/** `Will not open until May` says that it will open. */
const UNTIL =
  /^(?:until|till|before|hasta|jusqu'.+|avant|bis|vor|erst|fino|finché|até|tot|voordat|пока|поки|до|dopóki)$/u;
const UNTIL_WITHIN = 8;
/** English verbs whose past is no stem of theirs: `did not win`, `won`. */
const IRREGULAR = new Map(
  (
    'won:win went:go gone:go made:make took:take taken:take left:leave led:lead met:meet held:hold kept:keep began:begin ' +
    'begun:begin became:become fell:fall fallen:fall rose:rise risen:rise grew:grow grown:grow ran:run sent:send ' +
    'spent:spend spoke:speak spoken:speak broke:break broken:break chose:choose chosen:choose drew:draw drove:drive ' +
    'flew:fly sold:sell bought:buy brought:bring built:build paid:pay shot:shoot stood:stand threw:throw sought:seek ' +
    'fought:fight found:find gave:give given:give knew:know known:know said:say saw:see seen:see told:tell thought:think ' +
    'wrote:write written:write came:come got:get lost:lose felt:feel caught:catch taught:teach'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
/** A denial reaches no farther than its clause, nor than so many words of one. */
const FARTHEST = 12;
const CLAUSE_END = /[,;:.!?…—–()،؛。！？、，；：「」“”"]/u;

/**
 * The denials of a sentence in the fourteen languages where a particle denies and the verb stays as it is; none in others
 * (Turkish, Persian, Japanese and Korean deny inside the verb). `not only`, `not until` and their like are none.
 */
export function denialsIn(sentence: string, lang: string): Denial[] {
  const primary = primarySubtag(lang);
  if (DENYING[primary] === undefined) return [];
  const words = splitWords(sentence, lang);
  return words.flatMap((word, at) => {
    if (!denies(word, primary)) return [];
    const no = NO_DENIAL[primary];
    if (no !== undefined && (no.test(words[at + 1]?.key ?? '') || no.test(words[at - 1]?.key ?? ''))) return [];
    if (words.slice(at + 1, at + UNTIL_WITHIN).some(({ key }) => UNTIL.test(key))) return [];
    const before = contentWords(sentence, words, at, -1, lang);
    const after = contentWords(sentence, words, at, 1, lang);
    const nearest = [before[0] ?? after[1], after[0] ?? before[1]].filter((stem) => stem !== undefined);
    return nearest.length === 2 ? [{ written: word.text, nearest }] : [];
  });
}

/**
 * A denial of one telling that the other has lost: the words on both sides of it stand there, and fewer denials than
 * there should be, in whatever words. Null where none is lost.
 */
export function lostDenial(denials: readonly Denial[], other: string, lang: string): Denial | null {
  if (denials.length === 0) return null;
  const primary = primarySubtag(lang);
  const words = splitWords(other, lang);
  const stems = new Set(words.map((word) => stemOf(word, lang)));
  const covered = denials.filter(({ nearest }) => nearest.every((stem) => stems.has(stem)));
  const kept = words.filter((word) => denies(word, primary) || isLikeDenial(word, primary)).length;
  return covered[kept] ?? null;
}

/** The two nearest words that say something, going one way to the end of the clause. */
function contentWords(sentence: string, words: readonly Word[], from: number, step: 1 | -1, lang: string): string[] {
  const primary = primarySubtag(lang);
  const stops = stopWords(lang);
  const found: string[] = [];
  for (let at = from + step; found.length < 2 && Math.abs(at - from) <= FARTHEST; at += step) {
    const word = words[at];
    const neighbour = words[at - step];
    if (word === undefined || neighbour === undefined) break;
    const between = step > 0 ? sentence.slice(neighbour.end, word.start) : sentence.slice(word.end, neighbour.start);
    if (CLAUSE_END.test(between)) break;
    if (primary === 'en' && /^(?:and|but|or|that|which|who|because|although|though|if|when|while)$/u.test(word.key))
      break;
    if (!denies(word, primary) && (!stops.has(word.key) || IRREGULAR.has(word.key))) found.push(stemOf(word, lang));
  }
  return found;
}

function stemOf({ key }: Word, lang: string): string {
  return wordStem(primarySubtag(lang) === 'en' ? (IRREGULAR.get(key) ?? key) : key, lang);
}

const patterns = new Map<string, RegExp>();

function denies({ key }: Word, primary: string): boolean {
  let pattern = patterns.get(primary);
  if (pattern === undefined) {
    const parts = (DENYING[primary] ?? '')
      .split(' ')
      .map((word) => (word.startsWith('~') ? `.*${word.slice(1)}` : word));
    patterns.set(primary, (pattern = new RegExp(`^(?:${parts.join('|')})$`, 'u')));
  }
  return pattern.test(key);
}

const likes = new Map<string, RegExp>();

function isLikeDenial({ key }: Word, primary: string): boolean {
  const beginnings = LIKE_DENIAL[primary];
  if (beginnings === undefined) return false;
  let pattern = likes.get(primary);
  if (pattern === undefined) likes.set(primary, (pattern = new RegExp(`^(?:${beginnings.split(' ').join('|')})`, 'u')));
  return pattern.test(key);
}
