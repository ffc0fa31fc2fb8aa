import { Alert, Anchor, Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Suspense, lazy, useEffect, useState } from 'react';
import { articleQuery, isBeingMade, networksQuery, postsQuery } from '../../api/queries.ts';
import type { Article, Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { Empty } from '../../parts/empty.tsx';
import { inOrder } from '../../parts/order.ts';
import { PostColumn } from '../../parts/post-column.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { SandboxTimeline } from '../../parts/timeline.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { approve, may } from '../../shell/post-verbs.ts';
import { Screen } from '../../shell/screen.tsx';
import { texts } from '../../texts.ts';
import css from './story.module.css';

const Why = lazy(() => import('../../parts/why.tsx').then((module) => ({ default: module.Why })));

/** One article and what became of it: its post for each account, side by side. */
export function StoryScreen(): ReactNode {
  const { id } = useParams({ from: '/stories/$id' });
  const article = useQuery(articleQuery(id));
  const posts = useQuery(postsQuery({ article: id, sort: 'createdAt' }));
  const networks = useQuery(networksQuery).data;
  const [isWhyOpen, setIsWhyOpen] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const list = (posts.data?.items.filter((post) => post.articleId === id) ?? []).toSorted(inOrder);
  const ready = list.filter((post) => may(post, 'approve'));
  const hasSandbox = list.some((post) => networks?.find((one) => one.id === post.network)?.isSandbox === true);

  useEffect(() => {
    if (article.data?.id === id) localStorage.setItem('standfirst.last-story', id);
  }, [article.data?.id, id]);

  useKeys(texts.story.screenKeys, [
    { keys: 'w', label: texts.story.whyHint, run: () => setIsWhyOpen((open) => !open) },
    { keys: 'a', label: texts.story.approveAll, run: () => void approve(list, 'next-slot') },
    ...Array.from({ length: 9 }, (_, index) => ({
      keys: String(index + 1),
      label: texts.story.keyToggle,
      isHidden: index > 0,
      run: () => focusPost(list[index]),
    })),
    {
      keys: 'e',
      label: texts.verbs.edit,
      run: () => setEditing(focusedPost(list)?.id ?? list.find((post) => post.can.includes('edit'))?.id ?? null),
    },
  ]);

  return (
    <Screen
      isWide
      title={article.data?.title ?? texts.story.title}
      actions={
        <>
          <Button variant="default" onClick={() => setIsWhyOpen(true)}>
            {texts.story.why}
          </Button>
          <Button disabled={ready.length === 0} onClick={() => void approve(list, 'next-slot')}>
            {texts.story.approveAll}
          </Button>
        </>
      }
    >
      {article.error !== null && article.data === undefined && (
        <ProblemCard error={article.error} onRetry={() => void article.refetch()} />
      )}
      {article.data !== undefined && <Source article={article.data} />}
      {article.data !== undefined && <Progress article={article.data} postCount={list.length} />}
      <div className={css.layout}>
        <div className={css.posts}>
          {list.map((post, index) => (
            <PostColumn
              key={post.id}
              post={post}
              number={index + 1}
              isEditing={editing === post.id}
              onEditing={(isEditing) => setEditing(isEditing ? post.id : null)}
            />
          ))}
          {list.length === 0 && (posts.isPending || isBeingMade(article.data)) && <Bones rows={2} height={180} />}
        </div>
        {hasSandbox && <SandboxTimeline />}
      </div>
      <Drawer
        opened={isWhyOpen}
        onClose={() => setIsWhyOpen(false)}
        position="right"
        size="lg"
        title={texts.story.whyHint}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <Suspense fallback={<Bones />}>{article.data !== undefined && <Why article={article.data} />}</Suspense>
      </Drawer>
    </Screen>
  );
}

function Source({ article }: { article: Article }): ReactNode {
  const facts = [article.siteName, article.section, article.authors.join(', ')].filter(
    (fact) => fact !== null && fact !== '',
  );
  return (
    <p className={css.source}>
      <Link to="/stories">{texts.story.back}</Link>
      {facts.length > 0 && ` · ${facts.join(' · ')}`}
      {article.url !== null && (
        <>
          {' · '}
          <Anchor href={article.url} target="_blank" rel="noreferrer">
            {new URL(article.url).host}
          </Anchor>
        </>
      )}
    </p>
  );
}

/** Which step the line is at, or why it stopped. */
function Progress({ article, postCount }: { article: Article; postCount: number }): ReactNode {
  const stopped = article.steps.find((step) => step.state === 'failed');
  if (article.state === 'refused') {
    return (
      <Alert color="red" title={texts.story.refused} className={css.alert}>
        <p>{article.refusal?.detail}</p>
        <Link to="/stories">{texts.story.pasteInstead}</Link>
      </Alert>
    );
  }
  if (stopped !== undefined) {
    return (
      <Alert color="red" title={texts.story.stepFailed(stopped.name)} className={css.alert}>
        {stopped.problem}
      </Alert>
    );
  }
  if (isBeingMade(article)) {
    return (
      <p role="status" className={css.source}>
        {article.state === 'pending' ? texts.story.reading : texts.story.writing}
      </p>
    );
  }
  if (postCount > 0) return null;
  return <Empty title={texts.story.noPosts} why={texts.story.noPostsWhy} />;
}

function focusPost(post: Post | undefined): void {
  if (post === undefined) return;
  document.querySelector<HTMLElement>(`[data-post="${post.id}"] footer button`)?.focus({ preventScroll: false });
}

function focusedPost(list: readonly Post[]): Post | undefined {
  const id = document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];
  return list.find((post) => post.id === id);
}
