import type { LengthRule } from '../../domain/limits.ts';
import type { Part } from '../../domain/post.ts';
import { fits } from '../../text/length.ts';
import { splitThread } from '../../text/thread.ts';

/**
 * Splits one message of a thread: where the cursor stands inside it; else at sentences where it is too long; else an empty
 * message follows. Images and the card stay with the first.
 */
export function splitAt(parts: readonly Part[], index: number, cursor: number | null, rule: LengthRule): Part[] {
  const part = parts[index];
  if (part === undefined) return [...parts];
  const pieces = piecesOf(part.text, cursor, rule);
  const made = pieces.map((text, n) => (n === 0 ? { ...part, text } : { text, media: [], card: null }));
  return [...parts.slice(0, index), ...made, ...parts.slice(index + 1)];
}

function piecesOf(text: string, cursor: number | null, rule: LengthRule): string[] {
  if (cursor !== null && text.slice(0, cursor).trim() !== '' && text.slice(cursor).trim() !== '') {
    return [text.slice(0, cursor).trimEnd(), text.slice(cursor).trimStart()];
  }
  return fits(text, rule) ? [text, ''] : splitThread(text, { rule, numbered: false });
}
