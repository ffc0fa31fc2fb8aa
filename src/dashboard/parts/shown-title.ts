import type { ArticleItem } from '../api/types.ts';
import { texts } from '../texts.ts';

/** Characters of a text that tell which it is. */
const MOST_SHOWN = 90;

type Titled = Partial<Pick<ArticleItem, 'title' | 'opening' | 'url'>>;

/**
 * What a story is called: its headline, else how its text begins, else its address. Never nothing, which nobody could click.
 * @param said in one of its posts, where the article itself is not at hand.
 */
export function shownTitle(article: Titled | undefined, said = ''): string {
  return (
    lineOf(article?.title ?? '') ||
    beginningOf(article?.opening ?? said) ||
    beginningOf(said) ||
    article?.url ||
    texts.create.untitled
  );
}

/** How a text begins, on one line. */
export function beginningOf(text: string, most = MOST_SHOWN): string {
  const line = lineOf(text);
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most).join('').trimEnd()}…`;
}

function lineOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
