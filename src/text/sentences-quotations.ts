import { primarySubtag } from './stopwords/all.ts';

/** Languages that write on after a quotation of several sentences, without space or comma. */
const WRITES_ON = new Set(['zh', 'ja', 'ko']);
/** Longer, and the mark that would close it belongs to another quotation; UTF-16 units. */
const LONGEST = 400;
const PAIRS: readonly (readonly [string, string])[] = [
  ['「', '」'],
  ['『', '』'],
  ['“', '”'],
  ['‘', '’'],
  ['《', '》'],
  ['"', '"'],
];
/** Particles that say what is done with the words quoted. */
const PARTICLE: Readonly<Record<string, RegExp>> = {
  ja: /^(?:と|って|など|が|を|は|の|に|で|も)/u,
  ko: /^(?:이?라[고며는]|이?라면서|[고며는은]|하고)/u,
  // The speaker after the words: 王明说。
  zh: /^[^。！？“”「」]{1,20}(?:说|称|表示|指出|强调|道|告诉|說|稱|強調)/u,
};

/** Whether a proposed cut at `end` lies inside a quotation that closes later in the line. */
export function isInsideQuotation(line: string, start: number, end: number, lang: string): boolean {
  if (!WRITES_ON.has(primarySubtag(lang))) return false;
  const before = line.slice(Math.max(start, end - LONGEST), end);
  const after = line.slice(end, end + LONGEST);
  return PAIRS.some(([opening, closing]) => {
    const at = before.lastIndexOf(opening);
    if (at < 0 || !after.includes(closing)) return false;
    return opening === closing ? before.split(opening).length % 2 === 0 : before.indexOf(closing, at) < 0;
  });
}

/** Whether a quotation that ends in its own full stop is followed by who said it. */
export function isSpeakerNext(left: string, next: string, lang: string): boolean {
  return /[。！？.!?][」』”"]$/u.test(left) && PARTICLE[primarySubtag(lang)]?.test(next) === true;
}
