import type { LengthRule } from '../../domain/limits.ts';
import type { Part } from '../../domain/post.ts';
import { fits } from '../../text/length.ts';
import { resplitThread, splitThread, withoutNumbers } from '../../text/thread.ts';

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

/** Whether the messages of a thread begin with their numbers. */
export function isNumbered(parts: readonly Part[]): boolean {
  const given = textsOf(parts);
  return withoutNumbers(given).some((text, index) => text !== given[index]);
}

/**
 * Begins every message with its number, or takes the numbers off where they have some. A message that is too long with its
 * number becomes two; images and the card stay with the first.
 */
export function withNumbers(parts: readonly Part[], rule: LengthRule, lang: string): Part[] {
  const given = textsOf(parts);
  const texts = isNumbered(parts)
    ? withoutNumbers(given).map((text) => [text])
    : resplitThread(given, { rule, numbered: true, lang });
  return parts.flatMap((part, index) => {
    const [first, ...rest] = texts[index] ?? [];
    // Without words it has no number: an image, or where somebody is about to write.
    if (first === undefined) return [part];
    return [{ ...part, text: first }, ...rest.map((text) => ({ text, media: [], card: null }))];
  });
}

function textsOf(parts: readonly Part[]): string[] {
  return parts.map(({ text }) => text);
}
