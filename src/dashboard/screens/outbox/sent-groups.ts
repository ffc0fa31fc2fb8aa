import type { ArticleItem, Post } from '../../api/types.ts';
import { shownTitle } from '../../parts/shown-title.ts';
import { outboxTexts } from '../../texts/outbox.ts';

export interface SentGroup {
  readonly id: string;
  /** Null: not grouped. */
  readonly title: string | null;
  readonly posts: readonly Post[];
}

/** Posts of one story together, in the order in which the newest of each went out; those without a story come last. */
export function groupByStory(posts: readonly Post[], articles: readonly ArticleItem[]): SentGroup[] {
  const groups = Map.groupBy(posts, (post) => post.storyId ?? '');
  return [...groups]
    .toSorted(([one], [other]) => Number(one === '') - Number(other === ''))
    .map(([storyId, of]) => {
      const told = articles.filter((one) => one.storyId === storyId);
      // The newest may not be read yet.
      const article = told.find(({ title }) => title !== null) ?? told[0];
      const title = storyId === '' ? outboxTexts.noStory : shownTitle(article, of[0]?.parts[0]?.text);
      return { id: storyId, title, posts: of };
    });
}
