import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { articleQuery, articlesQuery, houseRulesQuery, postsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Post } from '../../api/types.ts';
import { hoursFromNow } from '../../parts/on-time.ts';
import { useIsWhereKnown, useWhere } from '../../parts/use-networks.ts';
import type { Facts, Known } from './facts.ts';
import type { Waiting } from './stories.ts';

const NONE: readonly never[] = [];
/** How far back a post counts as a repetition. */
const RECENT_HOURS = 72;

/** The rules of every network are the larger part of the Desk, and the posts can be read before they have judged. */
const judgeQuery = queryOptions({
  queryKey: ['facts'],
  queryFn: () => import('./facts.ts'),
  staleTime: Infinity,
  structuralSharing: false,
});

function useKnown(): Omit<Known, 'article'> & { readonly isPending: boolean } {
  const articles = useQuery(articlesQuery);
  const recent = useQuery(
    postsQuery({ state: ['published'], dueAfter: hoursFromNow(-RECENT_HOURS), sort: '-dueAt' }, 500),
  );
  const where = useWhere();
  const isWhereKnown = useIsWhereKnown();
  const rules = useQuery(houseRulesQuery);
  return {
    articles: articles.data?.items ?? NONE,
    recent: recent.data?.items ?? NONE,
    where,
    rules: rules.data?.rules ?? null,
    isPending: !rules.isFetched || !articles.isFetched || !recent.isFetched || !isWhereKnown,
  };
}

interface Judged {
  /** Null where it is not known. */
  readonly facts: Facts | null;
  /** It is being found out. */
  readonly isToCome: boolean;
}

/** What speaks for and against the posts of a story that is written from an article. */
export function useFacts(articleId: string | null, posts: readonly Post[]): Judged {
  const { articles, recent, where, rules, isPending } = useKnown();
  const query = useQuery({ ...articleQuery(articleId ?? ''), enabled: articleId !== null });
  const article = query.data?.id === articleId ? query.data : undefined;
  const judge = useQuery(judgeQuery);
  const { data } = judge;
  // `where` is made anew with every render from the same two lists.
  const facts = useMemo(
    () =>
      article === undefined || data === undefined || isPending
        ? null
        : data.factsOf(posts, { article, articles, recent, where, rules }),
    [data, article, articles, recent, posts, rules, isPending],
  );
  const isOver = query.isFetched && judge.isFetched && !isPending;
  return { facts, isToCome: articleId !== null && facts === null && !isOver };
}

/** Tells those stories apart of which nothing speaks against: only they may be approved together. */
export function useGreen(): (stories: readonly Waiting[]) => Promise<{ green: Post[]; left: Waiting[] }> {
  const known = useKnown();
  return async (stories) => {
    // Against what is not known yet nothing speaks.
    if (known.isPending) return { green: [], left: [...stories] };
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
