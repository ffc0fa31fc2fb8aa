import type { Limits } from '../domain/limits.ts';
import { measure } from './length.ts';
import { findLinks } from './links.ts';

/** What a template may name. `{text}` is `{summary}`. */
export const placeholders = ['summary', 'headline', 'tags', 'link', 'signature', 'section', 'site'] as const;

/** Where a link costs what it measures, one of 100 characters is reckoned with. */
const LINK = `https://paper.example/${'a'.repeat(78)}`;
/** Less room than this holds no sentence of a newspaper. */
const LEAST_ROOM = 40;

/** One sentence on what is wrong with a template on a network, or null. `signature` is what it has there, maybe nothing. */
export function templateFault(
  template: string,
  signature: string,
  network: { readonly name: string; readonly limits: Limits },
): string | null {
  const named = Array.from(template.matchAll(/\{(\w*)\}/g), ([, name = '']) => (name === 'text' ? 'summary' : name));
  const unknown = named.find((name) => !(placeholders as readonly string[]).includes(name));
  if (unknown !== undefined) {
    const list = placeholders.map((name) => `{${name}}`).join(', ');
    return `names {${unknown}}, which is none of ${list}`;
  }
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) return `names {${twice}} twice: once is enough`;
  if (!named.includes('summary') && !named.includes('headline')) {
    return 'has neither {summary} nor {headline}, so that it would say the same of every article';
  }
  return roomFault(template, signature, network);
}

function roomFault(
  template: string,
  signature: string,
  { name, limits }: { readonly name: string; readonly limits: Limits },
): string | null {
  const { text: rule, maxLinks, link } = limits;
  const shown = link === 'in-text' ? LINK : '';
  const fixed = template
    .replace('{link}', shown)
    .replace('{signature}', signature)
    .replace(/\{\w+\}/g, '');
  const links = new Set(findLinks(fixed, rule.bareLinks ? 'bare' : 'schemed').map(({ url }) => url)).size;
  if (maxLinks !== null && links > maxLinks) return `has ${links} of the ${maxLinks} links of a post on ${name}`;
  const room = rule.max - measure(fixed, rule);
  if (room >= LEAST_ROOM) return null;
  return `leaves ${Math.max(0, room)} of ${rule.max} on ${name} for the words of an article, under the least of ${LEAST_ROOM}: shorten it`;
}
