import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { articlesQuery, postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshBar } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { useLeaving } from '../../shell/leaving.ts';
import { approve, approveAtTime, reject, requestChanges } from '../../shell/post-verbs.ts';
import { Screen } from '../../shell/screen.tsx';
import { Time } from '../../shell/time.tsx';
import { undoLast } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import css from './desk.module.css';
import { Evidence } from './evidence.tsx';
import { Inbox } from './inbox.tsx';
import { DeskPosts } from './desk-posts.tsx';
import type { Waiting } from './stories.ts';
import { waitingStories } from './stories.ts';

const idOf = (story: Waiting): string => story.id;

/** The review inbox: every story that waits, its posts side by side, the article that they must be true to. */
export function DeskScreen(): ReactNode {
  const query = useQuery(postsQuery({ state: ['in_review'], sort: '-createdAt' }, 1_000));
  const lastArticle = useQuery(articlesQuery).data?.items[0];
  const leaving = useLeaving();
  const stories = useMemo(
    () =>
      waitingStories((query.data?.items ?? []).filter((post) => post.state === 'in_review' && !leaving.has(post.id))),
    [query.data, leaving],
  );
  const { shown, freshCount, load } = useCalmList(stories, idOf, 'desk');
  const [openId, setOpenId] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [muted, setMuted] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<string | null>(null);
  const [isWhyOpen, setIsWhyOpen] = useState(() => window.matchMedia('(min-width: 1500px)').matches);
  const [only, setOnly] = useState<number | null>(null);

  // When the open story is decided, the one that takes its place opens.
  const index = Math.max(
    0,
    shown.findIndex((story) => story.id === openId),
  );
  const story = shown.find((one) => one.id === openId) ?? shown[Math.min(place, shown.length - 1)];
  const chosen = story?.posts.filter((post) => !muted.has(post.id)) ?? [];
  const bulk = shown.filter((one) => selected.has(one.id)).flatMap((one) => one.posts);

  const open = (at: number): void => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, at))];
    if (next === undefined) return;
    setOpenId(next.id);
    setPlace(shown.indexOf(next));
    setEditing(null);
    setOnly(null);
    document.querySelector(`[data-story="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const here = story === undefined ? 0 : shown.indexOf(story);
  const select = (id: string): void => setSelected(toggled(selected, id));
  const mute = (post: Post | undefined): void => {
    if (post !== undefined) setMuted(toggled(muted, post.id));
  };
  const focused = (): Post | undefined => {
    const id = document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];
    return story?.posts.find((post) => post.id === id) ?? chosen[0];
  };

  useKeys(texts.nav.desk, [
    { keys: 'j', label: texts.keys.next, run: () => open(here + 1) },
    { keys: 'k', label: texts.keys.previous, run: () => open(here - 1) },
    { keys: 'a', label: texts.verbs.approveNextSlot, run: () => void approve(chosen, 'next-slot') },
    { keys: 'shift+a', label: texts.verbs.approveAt, run: () => void approveAtTime(chosen) },
    { keys: 'e', label: texts.verbs.edit, run: () => setEditing(focused()?.id ?? null) },
    {
      keys: 'r',
      label: texts.verbs.changes,
      run: () => {
        const post = focused();
        if (post !== undefined) void requestChanges(post);
      },
    },
    { keys: 'd', label: texts.verbs.reject, run: () => void reject(chosen) },
    { keys: 'w', label: texts.story.whyHint, run: () => setIsWhyOpen(!isWhyOpen) },
    {
      keys: 'v',
      label: texts.desk.cycle,
      run: () => setOnly(only === null ? 0 : only + 1 >= (story?.posts.length ?? 0) ? null : only + 1),
    },
    { keys: 'u', label: texts.undo.button, run: undoLast },
    { keys: 'x', label: texts.keys.select, run: () => story !== undefined && select(story.id) },
    { keys: '*', label: texts.keys.selectAll, run: () => setSelected(new Set(shown.map(idOf))) },
    { keys: 'Escape', label: texts.desk.none, run: () => setSelected(new Set()) },
    ...Array.from({ length: 9 }, (_, at) => ({
      keys: String(at + 1),
      label: texts.desk.toggle,
      isHidden: at > 0,
      run: () => mute(story?.posts[at]),
    })),
  ]);

  return (
    <Screen
      isWide
      title={texts.nav.desk}
      actions={
        selected.size > 0 ? (
          <>
            <span role="status">{texts.desk.selected(selected.size, texts.posts(bulk.length))}</span>
            <Button size="compact-sm" onClick={() => void approve(bulk, 'next-slot')}>
              {texts.verbs.approve}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void approveAtTime(bulk)}>
              {texts.verbs.approveAt}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void reject(bulk)}>
              {texts.verbs.reject}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setSelected(new Set())}>
              {texts.desk.none}
            </Button>
          </>
        ) : undefined
      }
    >
      {query.isPending && <Bones rows={3} height={96} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && shown.length === 0 && (
        <Empty title={texts.desk.empty} why={texts.desk.emptyWhy}>
          {lastArticle !== undefined && (
            <p>
              {texts.desk.last} <Time at={lastArticle.createdAt} />
            </p>
          )}
          <Button component={Link} to="/intake">
            {texts.nav.new}
          </Button>
        </Empty>
      )}
      {story !== undefined && (
        <div className={`${css.desk} ${isWhyOpen ? '' : css.withoutWhy}`}>
          <div>
            <FreshBar count={freshCount} onLoad={load} />
            <Inbox
              stories={shown}
              openId={story.id}
              selected={selected}
              onOpen={(id) => open(shown.findIndex((one) => one.id === id))}
              onSelect={select}
            />
          </div>
          <DeskPosts
            key={story.id}
            story={story}
            place={`${(openId === null ? here : index) + 1}/${shown.length}`}
            muted={muted}
            only={only}
            editing={editing}
            onMute={mute}
            onEditing={setEditing}
            onApprove={() => void approve(chosen, 'next-slot')}
            onApproveAt={() => void approveAtTime(chosen)}
            onReject={() => void reject(chosen)}
            onWhy={() => setIsWhyOpen(!isWhyOpen)}
          />
          {isWhyOpen && <Evidence articleId={story.articleId} />}
        </div>
      )}
    </Screen>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
