import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { articleQuery } from '../../api/queries.ts';
import type { Article, Post } from '../../api/types.ts';
import { evidenceOf } from '../../parts/evidence.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { Why } from '../../parts/why.tsx';
import { texts } from '../../texts.ts';
import css from './desk.module.css';

/** The article that the posts must be true to, and what was checked against it. */
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
    <>
      <Checks article={query.data} posts={posts} />
      <Why article={query.data} />
    </>
  );
}

/** Figures and names of all posts that stand in the article: one line an editor can trust or chase. */
function Checks({ article, posts }: { article: Article; posts: readonly Post[] }): ReactNode {
  const source = `${article.title ?? ''}\n${article.text ?? ''}`;
  const all = evidenceOf(posts.flatMap((post) => post.parts.map((part) => bare(part.text))).join('\n'), source);
  const isGreen = all.figures.found === all.figures.all && all.names.found === all.names.all;
  return (
    <p className={isGreen ? css.green : css.amber} role="status">
      {isGreen ? '✓ ' : '⚠ '}
      {texts.why.figures(all.figures.found, all.figures.all)} · {texts.why.names(all.names.found, all.names.all)}{' '}
      {texts.desk.found}
    </p>
  );
}

/** Hashtags and links are no claims. */
function bare(text: string): string {
  return text.replace(/https?:\/\/\S+/g, '').replace(/#[\p{L}\p{M}\p{N}_]+/gu, '');
}
