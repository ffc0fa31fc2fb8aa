import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Suspense, lazy, useEffect, useState } from 'react';
import {
  articleQuery,
  houseRulesQuery,
  isBeingMade,
  networksQuery,
  postsQuery,
  storyQuery,
} from '../../api/queries.ts';
import { Bones } from '../../parts/bones.tsx';
import { dollarsOf } from '../../parts/money.ts';
import { inOrder } from '../../parts/order.ts';
import { PostColumns } from '../../parts/post-columns.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { shownTitle } from '../../parts/shown-title.ts';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { SandboxTimeline } from '../../parts/timeline.tsx';
import { useLikeness } from '../../parts/use-likeness.ts';
import { useMay } from '../../parts/use-may.ts';
import { useOnly } from '../../parts/use-only.ts';
import { useRoleWords } from '../../parts/use-role-words.ts';
import { approve } from '../../shell/decide.ts';
import { Screen } from '../../shell/screen.tsx';
import { tellApart } from '../../shell/tell-apart.ts';
import { may } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { Comments } from './comments.tsx';
import { Controls } from './controls.tsx';
import { Likeness } from './likeness.tsx';
import { Master } from './master.tsx';
import { Progress } from './progress.tsx';
import { Source } from './source.tsx';
import css from './story.module.css';
import { useStoryKeys } from './use-story-keys.ts';
import { Versions } from './versions.tsx';

const Why = lazy(() => import('../../parts/why.tsx').then((module) => ({ default: module.Why })));
const DryRun = lazy(() => import('./dry-run.tsx').then((module) => ({ default: module.DryRun })));

/** One article and what became of it: its post for each account, side by side. */
export function StoryScreen(): ReactNode {
  const { id } = useParams({ from: '/stories/$id' });
  // Nothing that was begun on one story is there on the next.
  return <OneStory key={id} id={id} />;
}

function OneStory({ id }: { id: string }): ReactNode {
  const article = useQuery(articleQuery(id));
  const posts = useQuery(postsQuery({ article: id, sort: 'createdAt' }));
  const networks = useQuery(networksQuery).data;
  const [drawer, setDrawer] = useState<'why' | 'dry-run' | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const list = (posts.data?.items.filter((post) => post.articleId === id) ?? []).toSorted(inOrder);
  const { only, drawn, cycle } = useOnly(id, list);
  const ready = drawn.filter((post) => may(post, 'approve'));
  const cost = ready.reduce((sum, post) => sum + post.costMicroUsd, 0);
  const hasSandbox = list.some((post) => networks?.find((one) => one.id === post.network)?.isSandbox === true);
  const storyId = article.data?.id === id ? article.data.storyId : null;
  const story = useQuery(storyQuery(storyId));
  const likeness = useLikeness(id);
  const other = useQuery(storyQuery(likeness?.storyId ?? null));
  // What stands above the posts comes before them, so that it moves none of their buttons away from the pointer.
  const isSet =
    !useQuery(houseRulesQuery).isPending &&
    !other.isLoading &&
    (article.isError || (article.data?.id === id && (storyId === null || story.data?.id === storyId || story.isError)));
  const isWaiting = list.length === 0 ? posts.isPending || isBeingMade(article.data) : !isSet;

  useEffect(() => {
    if (article.data?.id === id) localStorage.setItem('standfirst.last-story', id);
  }, [article.data?.id, id]);

  useStoryKeys({
    list,
    drawn: isSet ? drawn : [],
    editing,
    edit: setEditing,
    toggle: (which) => setDrawer(drawer === which ? null : which),
    cycle,
    tellApart: likeness === null ? null : () => tellApart(id),
  });

  const role = useRoleWords();
  const mayApprove = useMay('posts:approve');
  const mayRehearse = useMay('posts:write');
  const approveAll = cost > 0 ? texts.story.approveAllFor(dollarsOf(cost)) : texts.story.approveAll;
  return (
    <Screen
      isWide
      title={article.data === undefined ? texts.story.title : shownTitle(article.data)}
      actions={
        <>
          <Button variant="default" onClick={() => setDrawer('why')}>
            {texts.story.why}
          </Button>
          {mayRehearse && (
            <Button variant="default" disabled={list.length === 0} onClick={() => setDrawer('dry-run')}>
              {texts.story.dryRun}
            </Button>
          )}
          {role !== null && <span>{role}</span>}
          {mayApprove && (
            <Button disabled={ready.length === 0} onClick={() => void approve(drawn, 'in-turn')}>
              {only === null ? approveAll : texts.desk.approve(ready.length)}
            </Button>
          )}
        </>
      }
    >
      {article.error !== null && article.data === undefined && (
        <ProblemCard error={article.error} onRetry={() => void article.refetch()} />
      )}
      {article.data !== undefined && <StaleBar of={article.dataUpdatedAt} />}
      {article.data !== undefined && <Source article={article.data} />}
      <Likeness articleId={id} />
      {storyId !== null && <Controls storyId={storyId} posts={list} />}
      {article.data !== undefined && <Progress article={article.data} postCount={list.length} />}
      <div className={css.layout}>
        <div>
          {storyId !== null && list.length > 1 && <Master key={storyId} storyId={storyId} posts={list} />}
          <div className={css.posts}>
            {isSet && <PostColumns posts={list} only={only} editing={editing} onEditing={setEditing} />}
            {isWaiting && <Bones rows={2} height={180} />}
          </div>
          {list.length > 0 && <Versions posts={list} />}
        </div>
        <aside className={css.side}>
          {storyId !== null && <Comments key={storyId} storyId={storyId} />}
          {hasSandbox && <SandboxTimeline />}
        </aside>
      </div>
      <Drawer
        opened={drawer !== null}
        onClose={() => setDrawer(null)}
        position="right"
        size="lg"
        // While it fades it would take keys that are meant for the page.
        transitionProps={{ duration: 0 }}
        title={drawer === 'dry-run' ? texts.story.dryRunTitle : texts.story.whyHint}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <Suspense fallback={<Bones />}>
          {drawer === 'why' && article.data !== undefined && <Why article={article.data} posts={list} />}
          {drawer === 'dry-run' && <DryRun posts={list} />}
        </Suspense>
      </Drawer>
    </Screen>
  );
}
