/** Decides paragraph by paragraph what is the article: the precision filter behind Readability. */
import type { Block } from './html-blocks.ts';
import { textWeight } from './html-text.ts';
import { boilerplate, type Phrase, pointers } from './html-phrases.ts';

/**
 * `title` is the headline, which is not body text when the page repeats it above the article. Where hardly anything
 * would be left, the page is a list or a table rather than prose, and only the certain boilerplate goes.
 */
export function trimBlocks(blocks: readonly Block[], title: string): Block[] {
  const sure = withoutRepeats(withoutBoilerplate(blocks));
  const first = sure.findIndex(isProse);
  const last = sure.findLastIndex(isProse);
  const headline = letters(title);
  const kept = sure.filter((block, at) => {
    if (at < first) return (isSentence(block) || isItem(block)) && !isRepetition(block, headline);
    if (at > last) return block.linked < 0.5 && !isHeading(block);
    return !(at < first + 3 && isRepetition(block, headline)) && !isPointer(block);
  });
  return weigh(kept) < 250 && weigh(sure) >= 250
    ? sure.filter((block, at) => !(at < first + 3 && isRepetition(block, headline)))
    : kept;
}

function weigh(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + textWeight(block.text), 0);
}

/** A pointer to other stories takes the list beneath it along. */
function withoutBoilerplate(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  let inPointers = false;
  for (const block of blocks) {
    if (isBoilerplate(block)) inPointers = pointers.some((phrase) => matches(block, phrase));
    else if (!(inPointers && (block.tag === 'li' || block.linked > 0.5))) {
      inPointers = false;
      kept.push(block);
    }
  }
  return kept;
}

function withoutRepeats(blocks: readonly Block[]): Block[] {
  const seen = new Set<string>();
  return blocks.filter(({ text }) => {
    if (textWeight(text) < 40) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function isBoilerplate(block: Block): boolean {
  return pointers.some((phrase) => matches(block, phrase)) || boilerplate.some((phrase) => matches(block, phrase));
}

function matches(block: Block, { pattern, maxLength }: Phrase): boolean {
  return block.text.length <= maxLength && pattern.test(block.text);
}

/** A closing mark, which a footnote's number may follow. */
const endsSentence = /[.!?…。！？।؟۔:;,"”»’」』)\]]\d{0,2}$/u;

/** A paragraph long enough to be nothing but running text. */
function isProse(block: Block): boolean {
  const weight = textWeight(block.text);
  if (weight < 80 || block.linked >= 0.5 || isHeading(block)) return false;
  return weight >= 140 || endsSentence.test(block.text);
}

function isSentence(block: Block): boolean {
  return endsSentence.test(block.text) && textWeight(block.text) >= 20 && !isHeading(block);
}

/** An entry of a list or a table that is not a menu's. */
function isItem(block: Block): boolean {
  return (block.tag === 'li' || block.tag === 'td') && block.linked < 0.1;
}

/** A link that stands alone as a paragraph: the title of another story. */
function isPointer(block: Block): boolean {
  return block.linked > 0.85 && block.tag !== 'li' && block.tag !== 'td' && block.text.length < 160;
}

function isHeading(block: Block): boolean {
  return /^h[1-6]$/.test(block.tag);
}

function isRepetition(block: Block, headline: string): boolean {
  return headline !== '' && letters(block.text) === headline;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
