const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/**
 * The user-perceived characters of a text, in order: extended grapheme clusters of UAX 29
 * (https://www.unicode.org/reports/tr29/), in the Unicode version of the engine that runs this.
 */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** How many user-perceived characters a text has. */
export function countGraphemes(text: string): number {
  if (joinsNothing(text)) return text.length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** The longest beginning of `text` that is at most `end` UTF-16 units long and cuts no grapheme. */
export function cutAtGrapheme(text: string, end: number): string {
  if (end >= text.length) return text;
  if (end <= 0) return '';
  return text.slice(0, segmenter.segment(text).containing(end)?.index ?? end);
}

/** Below U+0300 no character joins its neighbour, but for a carriage return before a line feed. */
function joinsNothing(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x300 || code === 0x0d) return false;
  }
  return true;
}
