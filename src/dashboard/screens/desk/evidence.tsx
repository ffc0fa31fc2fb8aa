import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Suspense, lazy } from 'react';
import { articleQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import css from './desk.module.css';

const Why = lazy(() => import('../../parts/why.tsx').then((module) => ({ default: module.Why })));

/** The article that the posts must be true to, and why they say what they say. */
export function Evidence({ articleId, posts }: { articleId: string | null; posts: readonly Post[] }): ReactNode {
  if (articleId === null) {
    return (
      <aside className={css.evidence} aria-label={texts.story.why}>
        <p>{texts.desk.noArticle}</p>
      </aside>
    );
  }
  return (
    <aside className={css.evidence} aria-label={texts.story.why}>
      <OfArticle articleId={articleId} posts={posts} />
    </aside>
  );
}

function OfArticle({ articleId, posts }: { articleId: string; posts: readonly Post[] }): ReactNode {
  const query = useQuery(articleQuery(articleId));
  if (query.data?.id !== articleId) {
    return query.error === null ? null : <ProblemCard error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Suspense>
      <Why article={query.data} posts={posts} />
    </Suspense>
  );
}
