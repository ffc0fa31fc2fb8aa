import type { ArticleItem } from '../api/types.ts';
import { texts } from '../texts.ts';
import { beginningOf } from './beginning-of.ts';

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
    beginningOf(article?.opening ?? said, MOST_SHOWN) ||
    beginningOf(said, MOST_SHOWN) ||
    article?.url ||
    texts.untitled
  );
}

function lineOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
