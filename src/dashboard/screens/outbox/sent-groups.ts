import type { ArticleItem, Post } from '../../api/types.ts';
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
      const article = articles.find((one) => one.storyId === storyId && one.title !== null);
      const title = storyId === '' ? outboxTexts.noStory : (article?.title ?? of[0]?.parts[0]?.text ?? storyId);
      return { id: storyId, title, posts: of };
    });
}
