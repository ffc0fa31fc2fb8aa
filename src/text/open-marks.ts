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
    } else if (isNoMark(text, at, character)) {
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
  if (isClipped(text, at)) return true;
  if (character === "'") return isWord(text.charAt(at - 1)) || /\d/.test(text.charAt(at + 1));
  return character === '‘' && (/\d/.test(text.charAt(at + 1)) || isInsideWord(text, at, character));
}

/** What is left of a word that lost its beginning: Dutch `'s`, `'t`, `'n`, English `'em`, `'til`. */
const CLIPPED = /^(?:s|t|n|m|k|r|d|em|ie|un|til|till|tis|twas|twill|cause|cos|bout|round|neath|nuff)(?![\p{L}\p{N}])/iu;

/** Whether the mark at a place stands for the lost beginning of a word. */
export function isClipped(text: string, at: number): boolean {
  return !isWord(text.charAt(at - 1)) && CLIPPED.test(text.slice(at + 1, at + 8));
}

/** An inch, the mark of a list, `a)`, or a face, `:)`: none of them opens or closes anything. */
function isNoMark(text: string, at: number, character: string): boolean {
  const before = text.slice(Math.max(0, at - 6), at);
  if (character === '"') return /\p{N}$/u.test(before);
  if (character === ')')
    return /[:;=]-?$/u.test(before) || /(?:^|[\s,;:])(?:\p{L}|\p{N}{1,2}|[ivx]{1,4})$/u.test(before);
  return character === '(' && /[:;=]-?$/u.test(before) && /^(?:\s|$)/u.test(text.slice(at + 1, at + 2));
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}
