import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { articlesQuery, postsQuery } from '../../api/queries.ts';
import { ownListOnly } from '../../api/query-client.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshRow } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useLeaving } from '../../shell/leaving.ts';
import { Screen } from '../../shell/screen.tsx';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { Bulk } from './bulk.tsx';
import css from './desk.module.css';
import { DeskPosts } from './desk-posts.tsx';
import { Evidence } from './evidence.tsx';
import { Inbox } from './inbox.tsx';
import type { Waiting } from './stories.ts';
import { waitingStories } from './stories.ts';
import type { Tab } from './tabs.ts';
import { tabNames, tabs } from './tabs.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { useOpenStory } from './use-open-story.ts';
import { useOnly } from '../../parts/use-only.ts';
import { toggled, useSelection } from '../../parts/use-selection.ts';

const idOf = (story: Waiting): string => story.id;

/** The review inbox: every story that waits, its posts side by side, the article that they must be true to. */
export function DeskScreen(): ReactNode {
  const [tab, setTab] = useState<Tab>('review');
  const query = useQuery({
    ...postsQuery({ state: tabs[tab], sort: '-createdAt' }, 1_000),
    // Another tab's list, or this one's of before, may hold a part of a story: a key would decide about that alone.
    ...ownListOnly,
  });
  const lastArticle = useQuery(articlesQuery).data?.items[0];
  const mayWrite = useMay('articles:write');
  const leaving = useLeaving();
  const stories = useMemo(() => {
    const states: readonly string[] = tabs[tab];
    return waitingStories(
      (query.data?.items ?? []).filter((post) => states.includes(post.state) && !leaving.has(post.id)),
    );
  }, [query.data, leaving, tab]);
  const { shown, freshCount, load } = useCalmList(stories, idOf, tab);
  const selection = useSelection(shown);
  const [openId, setOpenId] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const [muted, setMuted] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<string | null>(null);
  const [isWhyOpen, setIsWhyOpen] = useState(() => window.matchMedia('(min-width: 1500px)').matches);

  const story = useOpenStory({ shown, openId, place, list: tab, isLeaving: (id) => leaving.has(id) });
  const { only, drawn, cycle } = useOnly(story?.id, story?.posts ?? []);
  const chosen = drawn.filter((post) => !muted.has(post.id));
  // One that somebody else has decided stands before the one that took its place.
  const here = shown.findIndex((one) => one.id === story?.id);
  const from = here < 0 ? place - 0.5 : here;
  const chosenOf = (one: Waiting): Post[] => one.posts.filter((post) => !muted.has(post.id));
  const selected = shown.filter((one) => selection.ids.has(one.id)).map((one) => ({ ...one, posts: chosenOf(one) }));

  const open = (at: number): void => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, at))];
    if (next === undefined) return;
    setOpenId(next.id);
    setPlace(shown.indexOf(next));
    setEditing(null);
    document.querySelector(`[data-story="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const mute = (post: Post): void => setMuted(toggled(muted, post.id));
  useDeskKeys({
    story,
    chosen,
    selection,
    step: (by) => open(by > 0 ? Math.floor(from + by) : Math.ceil(from + by)),
    mute,
    edit: setEditing,
    toggleWhy: () => setIsWhyOpen(!isWhyOpen),
    cycle,
  });

  return (
    <Screen
      isWide
      title={texts.nav.desk}
      actions={
        <>
          {selected.length > 0 && <Bulk stories={selected} onNone={selection.none} />}
          <SegmentedControl
            size="xs"
            aria-label={texts.desk.tab}
            data={tabNames.map((value) => ({ value, label: texts.desk.tabs[value] }))}
            value={tab}
            onChange={(value) => {
              setTab(value as Tab);
              setOpenId(null);
              setPlace(0);
              selection.none();
            }}
          />
        </>
      }
    >
      {query.isPending && <Bones rows={3} height={96} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && <StaleBar of={query.dataUpdatedAt} />}
      {query.data !== undefined && story === undefined && (
        <Empty title={texts.desk.empty[tab]} why={texts.desk.emptyWhy[tab]}>
          {lastArticle !== undefined && (
            <p>
              {texts.desk.last} <Time at={lastArticle.createdAt} />
            </p>
          )}
          {mayWrite && (
            <Button component={Link} to="/intake">
              {texts.nav.new}
            </Button>
          )}
        </Empty>
      )}
      {story !== undefined && (
        <div className={`${css.desk} ${isWhyOpen ? '' : css.withoutWhy}`}>
          <div>
            <FreshRow count={freshCount} onLoad={load} />
            <Inbox
              stories={shown}
              openId={story.id}
              selected={selection.ids}
              onOpen={(id) => open(shown.findIndex((one) => one.id === id))}
              onSelect={(id, isRange) => (isRange ? selection.reach(id) : selection.toggle(id))}
            />
          </div>
          <DeskPosts
            key={story.id}
            story={story}
            place={here < 0 ? '' : `${here + 1}/${shown.length}`}
            muted={muted}
            chosen={chosen}
            only={only}
            editing={editing}
            onMute={mute}
            onEditing={setEditing}
            onWhy={() => setIsWhyOpen(!isWhyOpen)}
          />
          {isWhyOpen && <Evidence articleId={story.articleId} posts={story.posts} />}
        </div>
      )}
    </Screen>
  );
}
