import { withoutNumbers } from './thread.ts';

/** Links, hashtags and the names of accounts are no claims. */
const MARKS = /https?:\/\/\S+|(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+|(?<![\p{L}\p{M}\p{N}_])@[\p{L}\p{N}_.@-]+/gu;

/**
 * What a post says of its article: the text of its messages without their numbers, links, hashtags and mentions.
 * @param house words that the house puts on every post
 */
export function saidIn(parts: readonly { readonly text: string }[], house: readonly string[] = []): string {
  const texts = withoutNumbers(parts.map(({ text }) => text));
  return texts
    .map((text) => house.reduce((rest, words) => rest.replace(words, '\n'), text).replace(MARKS, ''))
    .join('\n');
}
