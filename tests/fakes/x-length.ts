/**
 * X's weighted length, written from its documentation for the fake alone, so that a fault in the product's own counter
 * shows. https://docs.x.com/fundamentals/counting-characters
 */
export function xLength(text: string): number {
  const links =
    /(?:https?:\/\/[^\s]*[\w/]|(?<![@\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|news)\b(?:\/[^\s]*[\w/])?)/giu;
  const normal = text.normalize('NFC');
  const cost = (normal.match(links) ?? []).length * 23;
  const rest = normal.replace(links, '');
  return [...new Intl.Segmenter().segment(rest)].reduce((sum, { segment }) => sum + weightOf(segment), cost);
}

function weightOf(grapheme: string): number {
  const isEmoji = /\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\uFE0F|\u20E3/u.test(grapheme);
  if (isEmoji) return 2;
  return [...grapheme].reduce((sum, character) => sum + (isLight(character.codePointAt(0) ?? 0) ? 1 : 2), 0);
}

function isLight(code: number): boolean {
  return (
    code <= 0x10ff ||
    (code >= 0x2000 && code <= 0x200d) ||
    (code >= 0x2010 && code <= 0x201f) ||
    (code >= 0x2032 && code <= 0x2037)
  );
}
