import { oneLine } from './html-text.ts';
import { letters } from './metadata-headline.ts';

/** People’s names out of what stands in a byline: without “By”, roles, addresses, handles, dates. */
export function cleanAuthors(texts: readonly string[]): string[] {
  const people: string[] = [];
  for (const text of texts) {
    if (/^(?:https?:|www\.|@)/i.test(text.trim())) continue;
    for (const part of oneLine(text)
      .replace(/^['"]|['"]$/g, '')
      .split(/\s*(?:[;,|/•·–—\n]|\s-\s|\b(?:and|und|et|e|y|en|och|og|i|и|та|و|with|mit)\b(?=\s+\p{Lu})|&)\s*/iu)) {
      const name = cleanName(part);
      if (name && !people.some((known) => letters(known) === letters(name))) people.push(name);
    }
  }
  return people.slice(0, 8);
}

const lead =
  /^(?:(?:written |posted |published |reported |story |words |article |ein (?:beitrag|artikel|kommentar|gastbeitrag) )?(?:by|von|par|por|di|door|de la|texto(?: de)?|av|af)\b|text(?:e|o)?|fotos?|autor(?:in|en|innen)?|auth?ors?|verfasst von|verfasser(?:in)?|redaktion|interview|about|über|mehr von|more (?:from|by)|more posts by|view all posts by|alle beiträge von|zeige alle beiträge von|auteur|автор|yazan|kontakt|von:)[:\s]+/iu;
const notName =
  /https?:|www\.|@|\d|^(?:null|undefined|none|n\/a|author|autor|by|von|unknown|anonymous|home|news|share|follow|contributor|view profile|profile|contact|email|biography|bio|more|kontakt|mehr|see all|see all posts|updated?|published|posted|min read|comments?|leave a comment|author archive|show all articles of)$/iu;
const role =
  /^(?:(?:senior|chief|deputy|associate|contributing|staff|political|business|science|technology|sports?|managing|assistant|foreign|national|crime|special|guest|freelance|our|investigative) )*(?:(?:reporter|editor|writer|correspondent|journalist|columnist|contributor|producer|photographer)s?|redakteur(?:in)?|reporterin|korrespondent(?:in)?|chefredakteur(?:in)?|volont[äa]r(?:in)?|autor(?:in)?|journalist(?:e|in)|digital|online|opinion|cnn|bbc|news)\b/i;

function cleanName(part: string): string | null {
  let name = oneLine(part.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  for (let i = 0; i < 2; i += 1) name = name.replace(lead, '');
  name = name.replace(/[\s.,:;*"'“”]+$/u, '').replace(/^[\s.,:;*"'“”©]+/u, '');
  if (name.length < 2 || name.length > 50 || name.split(' ').length > 6) return null;
  if (!/^\p{L}/u.test(name) || notName.test(name) || role.test(name)) return null;
  const isShouted = name.includes(' ') && name === name.toUpperCase() && /^[\p{Lu}\p{M}\s.'’-]+$/u.test(name);
  return isShouted
    ? name
        .toLowerCase()
        .replace(/(^|[\s'’.-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    : name;
}
