import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Suspense, lazy } from 'react';
import { articleQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import css from './desk.module.css';

const WhyDrawer = lazy(() => import('./why-drawer.tsx').then((module) => ({ default: module.WhyDrawer })));
const Why = lazy(() => import('../../parts/why.tsx').then((module) => ({ default: module.Why })));

interface EvidenceProps {
  readonly articleId: string | null;
  readonly posts: readonly Post[];
  readonly onClose: () => void;
}

/** The article that the posts must be true to, and why they say what they say. */
export function Evidence({ articleId, posts, onClose }: EvidenceProps): ReactNode {
  // Where it has no column of its own it would stand below every post, out of sight: it lies over them instead.
  const hasColumn = useMediaQuery('(min-width: 1241px)', undefined, { getInitialValueInEffect: false });
  const what = articleId === null ? <p>{texts.desk.noArticle}</p> : <OfArticle articleId={articleId} posts={posts} />;
  if (!hasColumn) {
    return (
      <Suspense>
        <WhyDrawer onClose={onClose}>{what}</WhyDrawer>
      </Suspense>
    );
  }
  return (
    <aside className={css.evidence} aria-label={texts.story.why}>
      {what}
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
