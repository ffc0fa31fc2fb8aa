/** What German writes with a capital and is no name all the same. */
import { GENERIC_DE, NOUNS_DE } from './stopwords/nouns-de.ts';
import { wordStem } from './words.ts';

const stemsOf = (words: string): ReadonlySet<string> =>
  new Set(words.split(/\s+/u).flatMap((word) => (word === '' ? [] : [wordStem(word, 'de')])));
const generic = stemsOf(GENERIC_DE);
const nouns = stemsOf(NOUNS_DE);
/** Endings that make nouns, `Energieversorgung`, and words that many others end in: `Steuergeld`. */
const NOUN_ENDING =
  /.{3}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|reien?|innen|gelde?r?|kosten|preise?|zahl|zahlen|gesetze?|verfahren|projekte?|programme?|maßnahmen?|arbeiten|unternehmen|mitarbeitern?|zeit|zeiten|kindern?|leuten?)$/u;

/** @param stem as `wordStem` gives it; `key` the word in lower case */
export function isCommonNoun(stem: string, key: string): boolean {
  return generic.has(stem) || nouns.has(stem) || NOUN_ENDING.test(key);
}

/** A noun that names no topic by itself: `Geld`, `Kinder`. */
export function isGenericNoun(stem: string): boolean {
  return generic.has(stem);
}

const PAST_TENSE = /[^t]te(?:n|st|t)?$/u;
/** Who is called as if they had done something. */
const CALLED_SO = new Set(
  'malte dörte renate beate grete margarete birte svante ute käte nolte schulte bolte'.split(' '),
);

/** Whether a word with a capital has the form of a verb that a sentence may begin with: `Klagte Reuter zu spät?` */
export function mayBePastTense(key: string): boolean {
  return key.length > 4 && PAST_TENSE.test(key) && !CALLED_SO.has(key);
}
