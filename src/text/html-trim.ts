/** Decides paragraph by paragraph what is the article: the precision filter behind Readability. */
import type { Block } from './html-blocks.ts';
import { textWeight } from './html-text.ts';
import { boilerplate } from './html-phrases.ts';

/** `title` is the headline, which is not body text when the page repeats it above the article. */
export function trimBlocks(blocks: readonly Block[], title: string): Block[] {
  const kept = blocks.filter((block) => !isBoilerplate(block));
  const first = kept.findIndex(isProse);
  if (first < 0) return [...kept];
  const last = kept.findLastIndex(isProse);
  const headline = letters(title);
  return kept.filter((block, at) => {
    if (at < first) return isSentence(block) && !isRepetition(block, headline);
    if (at > last) return block.linked < 0.5 && !isHeading(block);
    return !(at < first + 3 && isRepetition(block, headline)) && !isPointer(block);
  });
}

function isBoilerplate(block: Block): boolean {
  return boilerplate.some(({ pattern, maxLength }) => block.text.length <= maxLength && pattern.test(block.text));
}

/** A paragraph long enough to be nothing but running text. */
function isProse(block: Block): boolean {
  return textWeight(block.text) >= 80 && block.linked < 0.5 && !isHeading(block);
}

function isSentence(block: Block): boolean {
  return /[.!?…。！？।:;"”»’)]$/u.test(block.text) && textWeight(block.text) >= 20 && !isHeading(block);
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
