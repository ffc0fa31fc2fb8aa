import { plainTypography } from './grounding-facts.ts';
import { isSpan } from './grounding.ts';
import { splitSentences } from './sentences.ts';
import { ELLIPSIS } from './shorten.ts';
import { stemmedWords } from './words.ts';

/** Where a sentence of a post comes from. */
export interface Trace {
  /** As the post writes it. */
  readonly text: string;
  /** Index of the article's sentence; null where it has none like it. */
  readonly from: number | 'headline' | null;
  /** `new` where nothing of the article is like it. */
  readonly how: 'whole' | 'shortened' | 'edited' | 'new';
}

/** Whether a person put words in that the article does not have so. */
export function isReworded({ how }: Trace): boolean {
  return how === 'edited' || how === 'new';
}

interface Candidate {
  readonly from: number | 'headline';
  readonly plain: string;
  readonly stems: ReadonlySet<string>;
}

/** What a post may have been written from. */
export interface Origin {
  readonly title: string;
  readonly lang: string;
  readonly sentences: readonly { readonly index: number; readonly text: string }[];
}

/** From this share of common words on, a sentence was made from another one, or is made of it. */
const ALIKE = 0.5;
/** One word is common by chance. */
const FEWEST_SHARED = 2;

/**
 * Every sentence of a text with the sentence of its article that it was made from: taken whole, shortened, edited, or of its
 * own. The headline is asked last, because articles say it again. Pure.
 */
export function tracesOf(said: string, { title, lang, sentences }: Origin): Trace[] {
  const candidates: Candidate[] = [
    ...sentences.map(({ index, text }) => ({ from: index, plain: plainTypography(text), stems: stemsOf(text, lang) })),
    { from: 'headline', plain: plainTypography(title), stems: stemsOf(title, lang) },
  ];
  const traces = splitSentences(said, lang)
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .flatMap(({ text }) => traced(text, candidates, lang));
  return mended(traces, candidates);
}

/** A text that was cut in another way than its article may hold several of its sentences. */
function traced(text: string, candidates: readonly Candidate[], lang: string): Trace[] {
  const plain = plainTypography(text);
  const whole = candidates.find((one) => bare(one.plain) === bare(plain));
  if (whole !== undefined) return [{ text, from: whole.from, how: 'whole' }];
  const longer = candidates.find((one) => isSpan(bare(plain), one.plain));
  if (longer !== undefined) return [{ text, from: longer.from, how: 'shortened' }];
  const inside = candidates
    .filter((one) => one.from !== 'headline' && one.plain !== '' && isSpan(one.plain, plain))
    .toSorted((a, b) => b.plain.length - a.plain.length)[0];
  if (inside !== undefined) {
    const at = plain.indexOf(inside.plain);
    const around = [plain.slice(0, at), plain.slice(at + inside.plain.length)].map((part) =>
      /[\p{L}\p{N}]/u.test(part) ? traced(part.trim(), candidates, lang) : [],
    );
    return [...(around[0] ?? []), { text: inside.plain, from: inside.from, how: 'whole' }, ...(around[1] ?? [])];
  }
  const like = mostLike(stemsOf(text, lang), candidates);
  return [like === null ? { text, from: null, how: 'new' } : { text, from: like.from, how: 'edited' }];
}

/** One sentence of the article that the post cuts in two is still one, and whole where nothing of it is lacking. */
function mended(traces: readonly Trace[], candidates: readonly Candidate[]): Trace[] {
  const mended: Trace[] = [];
  for (const trace of traces) {
    const last = mended.at(-1);
    const text = `${last?.text ?? ''} ${trace.text}`;
    if (trace.how !== 'shortened' || last?.how !== 'shortened' || last.from !== trace.from) mended.push(trace);
    else {
      const source = candidates.find(({ from }) => from === trace.from)?.plain ?? '';
      const how = bare(plainTypography(text)) === bare(source) ? 'whole' : 'shortened';
      mended[mended.length - 1] = { text, from: trace.from, how };
    }
  }
  return mended;
}

/** A full stop or an ellipsis may be ours. */
function bare(plain: string): string {
  return plain.replace(ELLIPSIS, '...').replace(/(?:\.+|।)$/u, '');
}

function mostLike(stems: ReadonlySet<string>, candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const shared = [...stems].filter((stem) => candidate.stems.has(stem)).length;
    const share = shared / Math.max(1, Math.min(stems.size, candidate.stems.size));
    // What a long sentence shares with a short one by chance is little of it.
    const likeness = share * (shared / Math.max(1, stems.size));
    if (shared >= FEWEST_SHARED && share >= ALIKE && shared * 3 >= stems.size && likeness > most)
      [best, most] = [candidate, likeness];
  }
  return best;
}

/** Words that say something. */
function stemsOf(text: string, lang: string): Set<string> {
  return new Set(stemmedWords(text, lang).flatMap(({ stem, isStop }) => (isStop ? [] : [stem])));
}
