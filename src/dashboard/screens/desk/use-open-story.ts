import { useEffect, useRef, useState } from 'react';
import { get } from '../../api/client.ts';
import { isOwn } from '../../api/own-changes.ts';
import { sessionQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Post } from '../../api/types.ts';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import type { Waiting } from './stories.ts';

interface Asked {
  readonly shown: readonly Waiting[];
  /** What the reader opened last; null before. */
  readonly openId: string | null;
  /** Which of the list is open where that one is gone. */
  readonly place: number;
  /** What is listed: another list begins anew. */
  readonly list: string;
  readonly isLeaving: (id: string) => boolean;
}

/**
 * The story that is open. Where the reader decided it, the one that takes its place; where somebody else did, it stays,
 * as it is now, until the reader goes on: no key or button that was meant for it may reach another one.
 */
export function useOpenStory({ shown, openId, place, list, isLeaving }: Asked): Waiting | undefined {
  const before = useRef<{ readonly list: string; readonly story: Waiting } | null>(null);
  const [now, setNow] = useState<readonly Post[]>([]);
  const byId = (id: string | undefined): Waiting | undefined => shown.find((one) => one.id === id);
  const old = before.current?.list === list ? before.current.story : undefined;
  const opened = byId(openId ?? undefined) ?? byId(old?.id);
  const isGone = opened === undefined && old !== undefined && !old.posts.some(({ id }) => isLeaving(id) || isOwn(id));
  const story = opened ?? (isGone ? old : shown[Math.min(place, shown.length - 1)]);

  useEffect(() => {
    before.current = story === undefined ? null : { list, story };
  });
  useEffect(() => {
    if (isGone && old !== undefined) void readAgain(old.posts).then(setNow);
  }, [isGone, old?.id]);
  if (!isGone || story === undefined) return story;
  return { ...story, posts: story.posts.map((post) => now.find(({ id }) => id === post.id) ?? post) };
}

/** As they are now, and says who decided where that was somebody else. */
async function readAgain(before: readonly Post[]): Promise<Post[]> {
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.member?.id;
  const posts = await Promise.all(before.map((post) => get<Post>(`/v1/posts/${post.id}`).catch(() => post)));
  const decided = posts.find(({ approvedBy }) => approvedBy !== null && approvedBy !== me);
  if (decided !== undefined && decided.state !== before[0]?.state)
    done(texts.desk.decided(texts.states[decided.state]));
  return posts;
}
