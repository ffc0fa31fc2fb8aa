import { graphemes } from '../../text/graphemes.ts';

/**
 * How a text begins, on one line and in whole words, in at most `most` code units and a `…`. Where the last word takes half
 * of that, as in a script without spaces, it is cut between two characters.
 */
export function beginningOf(text: string, most: number): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line.length <= most) return line;
  const space = line.lastIndexOf(' ', most);
  if (space > most / 2) return `${line.slice(0, space)}…`;
  let cut = '';
  // What is far behind the cut is not worth the reading.
  for (const one of graphemes(line.slice(0, 2 * most))) {
    if (cut.length + one.length > most) break;
    cut += one;
  }
  return `${cut.trimEnd()}…`;
}
