import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fa from './fa.ts';
import fr from './fr.ts';
import he from './he.ts';
import hi from './hi.ts';
import it from './it.ts';
import ja from './ja.ts';
import ko from './ko.ts';
import nl from './nl.ts';
import pl from './pl.ts';
import pt from './pt.ts';
import ru from './ru.ts';
import tr from './tr.ts';
import uk from './uk.ts';
import zh from './zh.ts';

const LISTS = { ar, de, en, es, fa, fr, he, hi, it, ja, ko, nl, pl, pt, ru, tr, uk, zh } as const;

/** Languages whose stop words, and with them sentences and hashtags, we know. BCP 47 primary subtags. */
export const LANGUAGES = Object.keys(LISTS) as readonly (keyof typeof LISTS)[];

const sets = new Map<string, ReadonlySet<string>>();

/**
 * Words of a language that name nothing: articles, prepositions, pronouns, auxiliaries, and the verbs of saying that
 * fill every news text. Our own lists.
 * @param lang BCP 47 tag; only the primary subtag counts. An unknown language answers the empty set.
 */
export function stopWords(lang: string): ReadonlySet<string> {
  const primary = primarySubtag(lang);
  const known = sets.get(primary);
  if (known) return known;
  const list = LISTS[primary as keyof typeof LISTS] as string | undefined;
  const set = new Set((list ?? '').split(/\s+/u).filter((word) => word !== ''));
  sets.set(primary, set);
  return set;
}

/** https://www.rfc-editor.org/rfc/rfc5646#section-2.1, without the four letters that are reserved. */
const SUBTAG = /^(?:[a-z]{2,3}|[a-z]{5,8})$/;

/** `pt-BR` → `pt`; the empty string and what is no language tag → `und`. */
export function primarySubtag(lang: string): string {
  // Asked for every word of an article, whose language does not change.
  if (lang === lastTag) return lastPrimary;
  const primary = lang.toLowerCase().split(/[-_]/u, 1)[0] ?? '';
  lastTag = lang;
  lastPrimary = SUBTAG.test(primary) ? primary : 'und';
  return lastPrimary;
}

let lastTag = '';
let lastPrimary = 'und';
