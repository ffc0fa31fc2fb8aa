import { isClosed } from './open-marks.ts';
import { primarySubtag } from './stopwords/all.ts';
import { changesWhatIsSaid } from './summary-kept.ts';

/** Words that open a clause which a sentence can do without. A comma, a dash or a semicolon stands before them. */
const DROPPABLE: Readonly<Record<string, string>> = {
  en: 'which who whose where while after before when since because with including amid following despite among in_which one_of the_first the_latest the_second a_move a_day days weeks months hours part_of and_that and_is and_was and_has and_are and_were and_will \\p{Ll}{3,}ing',
  es: 'que quien quienes donde mientras tras después_de cuando con incluido incluida entre lo_que en_lo_que en_un en_una luego_de \\p{Ll}{3,}ndo',
  fr: 'qui dont où tandis_que alors_que après avant_de lorsque avec notamment parmi ce_qui dans_un dans_une selon_lequel en_\\p{Ll}{2,}ant',
  de: 'nachdem während wobei als wo bevor damit weshalb darunter unter_anderem um',
};
/** A verb that carries a clause: what stays must hold one, or it is a name with an apposition. */
const VERB: Readonly<Record<string, RegExp>> = {
  en: /\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|do|says?|said|told|wrote|made|took|won|lost|went|came|gave|got|led|left|hit|cut|set|put|saw|found|held|met|kept|began|became|fell|rose|grew|ran|sent|spent|spoke|struck|broke|chose|drew|drove|flew|sold|bought|brought|built|beat|paid|shot|stood|threw|sought|fought|faces?|plans?|wants?|seeks?|calls?|makes?|takes?|gets?|goes|comes?|shows?|gives?|\p{Ll}{3,}ed)\b/gu,
  es: /(?:^|\s)(?:es|son|era|fue|fueron|está|están|ha|han|había|habían|será|serán|puede|tiene|tienen|hay|\p{Ll}{2,}(?:ó|aron|ieron|aba|ará|erá|irá))(?=[\s,.])/gu,
  fr: /(?:^|\s)(?:est|sont|était|étaient|a|ont|avait|avaient|sera|seront|peut|doit|va|vont|fait|\p{Ll}{3,}(?:ait|era|ent))(?=[\s,.])/gu,
  de: /(?:^|\s)(?:ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurde|wurden|kann|können|soll|sollen|will|wollen|muss|müssen|gibt|geht|kommt|sagte|\p{Ll}{3,}te|\p{Ll}{3,}ten)(?=[\s,.])/gu,
};
const RELATIVE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:who|which|whose|that)\b/gu,
  es: /(?:^|\s)(?:que|quien|quienes|cuyo|cuya)(?=\s)/gu,
  fr: /(?:^|\s)(?:qui|que|dont)(?=\s)/gu,
  de: /,\s(?:der|die|das|dem|den|dass)(?=\s)/gu,
};
/** Fewest words a clause must keep to stand alone. */
const LEAST_WORDS = 8;
/** A longer sentence is a list or a page without full stops; UTF-16 units. */
const LONGEST = 1500;

const patterns = new Map<string, RegExp | null>();

/**
 * Where a sentence may end early: UTF-16 offsets just after the last letter of a clause that says the main thing. What
 * falls away is a relative, participial or circumstantial clause; never a doubt, a denial, a condition or a speaker.
 * Longest first. Empty in languages we have no measure for.
 */
export function clauseEnds(text: string, lang: string): number[] {
  const primary = primarySubtag(lang);
  const pattern = patternOf(primary);
  const verb = VERB[primary];
  const relative = RELATIVE[primary];
  if (pattern === null || verb === undefined || relative === undefined) return [];
  if (text.length > LONGEST) return [];
  const ends: number[] = [];
  for (const match of text.matchAll(pattern)) {
    const head = text.slice(0, match.index);
    const tail = text.slice(match.index);
    if (head.split(/\s+/u).length < LEAST_WORDS || changesWhatIsSaid(tail, primary) !== false) continue;
    if ((head.match(verb) ?? []).length <= (head.match(relative) ?? []).length) continue;
    if (!/[\p{L}\p{N}%”’"')]$/u.test(head) || (head.match(/\s(?:--|[—–])\s|\p{L}—\p{L}/gu)?.length ?? 0) % 2 === 1)
      continue;
    if (leavesOpen(head, primary)) continue;
    if (isClosed(head)) ends.push(match.index);
  }
  return ends.toReversed();
}

/** Words that open a clause which must have its own verb before the sentence may end: `when the league`. */
const SUBORDINATE = /^.*\b(?:when|where|while|because|if|whether|who|whose|that|how)\b/su;

/** Whether the last clause that a beginning opens comes without its verb. English only. */
function leavesOpen(head: string, primary: string): boolean {
  const opened = primary === 'en' ? SUBORDINATE.exec(head)?.[0] : undefined;
  return opened !== undefined && (head.slice(opened.length).match(VERB['en'] ?? /^/u) ?? []).length === 0;
}

function patternOf(primary: string): RegExp | null {
  const known = patterns.get(primary);
  if (known !== undefined) return known;
  const words = DROPPABLE[primary]?.replaceAll('_', '\\s').split(' ').join('|');
  const pattern =
    words === undefined
      ? null
      : new RegExp(String.raw`(?:,\s(?=(?:${words})(?:\s|$))|\s?;\s|\s(?:--|[—–])\s|(?<=\p{L})—(?=\p{L}))`, 'gu');
  patterns.set(primary, pattern);
  return pattern;
}
