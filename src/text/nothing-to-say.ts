import type { Article } from '../domain/article.ts';
import { readingOf } from './fit-reading.ts';
import { grounded } from './grounding-summary.ts';
import { isBlank } from './blank.ts';
import { withoutOpenMarks } from './open-marks.ts';
import { summarize } from './summary.ts';

/** An address with any scheme, or what is left of one. */
const address = /^([a-z][a-z0-9+.-]*):\/\/\S*$/i;

/**
 * Why no post can say anything of an article, in one sentence that tells what to do; null where one can: it has a headline,
 * however short, or a sentence that may stand alone.
 */
export function whyNothingToSay(article: Article): string | null {
  const { title, text } = article;
  const words = `${title} ${text}`.split(/[\s,;]+/).filter((word) => !isBlank(word));
  if (words.length === 0) return 'The text is empty: there is nothing to post.';
  if (words.every((word) => address.test(word))) return ofAddresses(words);
  if (!isBlank(withoutOpenMarks(title.trim()))) return null;
  if (readingOf({ summary: grounded(summarize(article), article), article }).usable.length > 0) return null;
  return 'A post could say nothing of this text: give it a headline, or a whole sentence that ends with a full stop.';
}

function ofAddresses(words: readonly string[]): string {
  const [first = ''] = words;
  if (words.length > 1)
    return `These are ${words.length} addresses and no text: hand in one at a time, or give the text of the article.`;
  const scheme = address.exec(first)?.[1]?.toLowerCase() ?? '';
  if (scheme !== 'http' && scheme !== 'https')
    return `Addresses that begin with ${scheme}:// are not read: give one with https:// or http://, or the text of the article.`;
  if (!URL.canParse(first))
    return `${first} is not a whole address: give one such as https://example.org/story, or the text of the article.`;
  return 'This is an address and no text: hand it in as a link, by itself, and its page is read.';
}
