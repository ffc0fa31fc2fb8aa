import { withoutXLinks } from './links.ts';

/**
 * X's weighted length, written from its documentation for the fake alone, so that a fault in the product's own counter
 * shows. https://docs.x.com/fundamentals/counting-characters
 */
export function xLength(text: string): number {
  const { rest, links } = withoutXLinks(text.normalize('NFC'));
  let weight = links * 23;
  // An emoji that is known as one weighs 2 as a whole; what only looks like one in some font is what it is made of.
  const words = rest.replace(/\p{RGI_Emoji}/gv, () => {
    weight += 2;
    return '';
  });
  for (const character of words) weight += isLight(character.codePointAt(0) ?? 0) ? 1 : 2;
  return weight;
}

function isLight(code: number): boolean {
  return (
    code <= 0x10ff ||
    (code >= 0x2000 && code <= 0x200d) ||
    (code >= 0x2010 && code <= 0x201f) ||
    (code >= 0x2032 && code <= 0x2037)
  );
}
