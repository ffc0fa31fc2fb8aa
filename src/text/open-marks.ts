/** Marks that come in pairs, and what may close each: German closes „ with “, Danish opens with ». */
const closers: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '（': '）',
  '［': '］',
  '【': '】',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '“': '”',
  '„': '“”',
  '‘': '’',
  '‚': '‘’',
  '«': '»',
  '‹': '›',
  '»': '«»',
  '›': '‹›',
  '”': '”',
  '"': '"',
  "'": "'",
};
const lone = new Set(')]}）］】」』》〉');
const DEEPEST = 8;
const mark = /[()[\]{}（）［］【】「」『』《》〈〉“”„‘’‚«»‹›"']/gu;

/**
 * UTF-16 offsets of every quotation mark or bracket without its partner, in order. Apostrophes are not quotation marks:
 * `’` and `'` inside or after a word close a quotation only where one is open.
 */
export function findOpenMarks(text: string): number[] {
  const open: { at: number; closes: string }[] = [];
  const stray: number[] = [];
  for (const match of text.matchAll(mark)) {
    const character = match[0];
    const at = match.index;
    const closing = partnerOf(character, open);
    if (closing >= 0 && !isInsideWord(text, at, character)) {
      stray.push(
        ...open
          .splice(closing)
          .slice(1)
          .map((entry) => entry.at),
      );
    } else if (isApostrophe(text, at, character)) {
      continue;
    } else if (lone.has(character)) {
      stray.push(at);
    } else {
      open.push({ at, closes: closers[character] ?? '' });
    }
  }
  return [...stray, ...open.map((entry) => entry.at)].sort((a, b) => a - b);
}

/** The nearest mark that this one closes, looked for a few levels up only: prose nests no deeper. -1 where there is none. */
function partnerOf(character: string, open: readonly { readonly closes: string }[]): number {
  for (let at = open.length - 1; at >= Math.max(0, open.length - DEEPEST); at -= 1) {
    if (open[at]?.closes.includes(character)) return at;
  }
  return -1;
}

/** Whether every quotation and bracket that a text opens is closed in it, and none is closed that it did not open. */
export function isClosed(text: string): boolean {
  return findOpenMarks(text).length === 0;
}

/** The text without the marks that have no partner. */
export function withoutOpenMarks(text: string): string {
  const open = new Set(findOpenMarks(text));
  if (open.size === 0) return text;
  return Array.from({ length: text.length }, (_, at) => (open.has(at) ? '' : text.charAt(at))).join('');
}

function isInsideWord(text: string, at: number, character: string): boolean {
  return /['’‘]/.test(character) && isWord(text.charAt(at - 1)) && isWord(text.charAt(at + 1));
}

function isApostrophe(text: string, at: number, character: string): boolean {
  if (character === '’') return true;
  if (character === "'") return isWord(text.charAt(at - 1)) || /\d/.test(text.charAt(at + 1));
  return character === '‘' && (/\d/.test(text.charAt(at + 1)) || isInsideWord(text, at, character));
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}
