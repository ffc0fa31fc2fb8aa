import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshBar } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { useLeaving } from '../../shell/leaving.ts';
import { checkOnNetwork, dismiss, markPublished, may, retry } from '../../shell/post-verbs.ts';
import { Screen } from '../../shell/screen.tsx';
import { texts } from '../../texts.ts';
import { FailureCard } from './failure-card.tsx';
import type { FailureGroup } from './groups.ts';
import { groupFailures } from './groups.ts';

const idOf = (group: FailureGroup): string => group.id;

/** Nothing stays broken silently: what went wrong, in words, with the one thing that helps. */
export function FailuresScreen(): ReactNode {
  const query = useQuery(postsQuery({ state: ['failed', 'unknown', 'stale'], sort: '-createdAt' }, 1_000));
  const leaving = useLeaving();
  const groups = useMemo(
    () => groupFailures((query.data?.items ?? []).filter((post) => !leaving.has(post.id))),
    [query.data, leaving],
  );
  const { shown, freshCount, load } = useCalmList(groups, idOf, 'failures');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const posts = shown.flatMap((group) => group.posts);
  const chosen = posts.find((post) => post.id === chosenId) ?? posts[0];
  const group = shown.find((one) => one.posts.some((post) => post.id === chosen?.id));

  const step = (by: number): void => {
    const next =
      posts[Math.max(0, Math.min(posts.length - 1, (chosen === undefined ? 0 : posts.indexOf(chosen)) + by))];
    if (next === undefined) return;
    setChosenId(next.id);
    document.querySelector<HTMLElement>(`[data-failure="${next.id}"]`)?.focus();
  };
  const withChosen = (work: (post: Post) => unknown) => (): void => {
    if (chosen !== undefined) void work(chosen);
  };
  useKeys(texts.nav.failures, [
    { keys: 'j', label: texts.keys.next, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, run: () => step(-1) },
    {
      keys: 'r',
      label: texts.failures.retryOrCheck,
      run: withChosen((post) => (may(post, 'check') ? checkOnNetwork(post) : retry([post]))),
    },
    { keys: 'shift+r', label: texts.failures.retryGroup, run: () => void retry(group?.posts ?? []) },
    {
      keys: 'c',
      label: texts.failures.reconnect,
      run: () => document.querySelector<HTMLElement>('[data-reconnect]')?.click(),
    },
    { keys: 'e', label: texts.failures.editAndRetry, run: withChosen((post) => setEditing(post.id)) },
    {
      keys: 'm',
      label: texts.verbs.mark,
      run: withChosen((post) => (may(post, 'mark-published') ? markPublished(post) : undefined)),
    },
    { keys: 'd', label: texts.failures.dismiss, run: withChosen((post) => dismiss([post])) },
  ]);

  return (
    <Screen title={texts.nav.failures}>
      {query.isPending && <Bones rows={2} height={120} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && shown.length === 0 && (
        <Empty title={texts.failures.empty} why={texts.failures.emptyWhy} />
      )}
      <FreshBar count={freshCount} onLoad={load} />
      {shown.map((one) => (
        <FailureCard
          key={one.id}
          group={one}
          chosenId={chosen?.id ?? null}
          editing={editing}
          onChoose={setChosenId}
          onEditing={setEditing}
        />
      ))}
    </Screen>
  );
}
