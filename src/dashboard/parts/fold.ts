import type { FoldRule } from '../../domain/limits.ts';

/** Where a line of a feed is full: what the narrowest of the usual ones takes, in characters. */
const LINE = 70;

/** UTF-16 offset behind which a network's feed folds a text; null where all of it is seen. Never inside a word. */
export function foldAt(text: string, rule: FoldRule | undefined): number | null {
  if (rule === undefined) return null;
  const ends = [atCharacters(text, rule.characters), atLines(text, rule.lines)].filter((end) => end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

function atCharacters(text: string, most: number | undefined): number | null {
  if (most === undefined || text.length <= most) return null;
  const space = text.lastIndexOf(' ', most);
  // Not every script puts spaces between its words; what is one long word is cut between two characters.
  return space > most / 2 ? space : lastEnd(text, most, 'word') || lastEnd(text, most, 'grapheme');
}

function atLines(text: string, most: number | undefined): number | null {
  if (most === undefined) return null;
  let lines = 0;
  let at = 0;
  for (const paragraph of text.split('\n')) {
    const own = Math.max(1, Math.ceil(paragraph.length / LINE));
    if (lines + own > most) return atCharacters(text, at + (most - lines) * LINE) ?? at;
    lines += own;
    at += paragraph.length + 1;
  }
  return null;
}

/** Where the last word, or character as people see it, ends that has room. */
function lastEnd(text: string, most: number, granularity: 'word' | 'grapheme'): number {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity }).segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return end;
}
