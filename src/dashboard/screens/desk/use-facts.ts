import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { articleQuery, articlesQuery, postsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Post } from '../../api/types.ts';
import { hoursFromNow } from '../../parts/on-time.ts';
import { useWhere } from '../../parts/use-networks.ts';
import type { Facts, Known } from './facts.ts';
import type { Waiting } from './stories.ts';

/** How far back a post counts as a repetition. */
const RECENT_HOURS = 72;

/** The rules of every network are the larger part of the Desk, and the posts can be read before they have judged. */
const judgeQuery = queryOptions({
  queryKey: ['facts'],
  queryFn: () => import('./facts.ts'),
  staleTime: Infinity,
  structuralSharing: false,
});

function useKnown(): Omit<Known, 'article'> {
  const articles = useQuery(articlesQuery).data?.items;
  const recent = useQuery(
    postsQuery({ state: ['published'], dueAfter: hoursFromNow(-RECENT_HOURS), sort: '-dueAt' }, 500),
  ).data?.items;
  const where = useWhere();
  return { articles: articles ?? [], recent: recent ?? [], where };
}

/** What speaks for and against the posts of a story; null while the article is being read, or where there is none. */
export function useFacts(articleId: string | null, posts: readonly Post[]): Facts | null {
  const known = useKnown();
  const query = useQuery({ ...articleQuery(articleId ?? ''), enabled: articleId !== null });
  const article = query.data?.id === articleId ? query.data : undefined;
  const { articles, recent, where } = known;
  const judge = useQuery(judgeQuery).data;
  // `where` is made anew with every render from the same two lists.
  return useMemo(
    () =>
      article === undefined || judge === undefined ? null : judge.factsOf(posts, { article, articles, recent, where }),
    [judge, article, articles, recent, posts],
  );
}

/** Tells those stories apart of which nothing speaks against: only they may be approved together. */
export function useGreen(): (stories: readonly Waiting[]) => Promise<{ green: Post[]; left: Waiting[] }> {
  const known = useKnown();
  return async (stories) => {
    const { factsOf } = await queryClient.fetchQuery(judgeQuery);
    const green: Post[] = [];
    const left: Waiting[] = [];
    for (const story of stories) {
      const article =
        story.articleId === null ? null : await queryClient.fetchQuery(articleQuery(story.articleId)).catch(() => null);
      if (article !== null && factsOf(story.posts, { ...known, article }).isGreen) green.push(...story.posts);
      else left.push(story);
    }
    return { green, left };
  };
}
