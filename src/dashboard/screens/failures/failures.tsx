import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { groupFailures } from '../../../domain/failure-groups.ts';
import { isOwn } from '../../api/own-changes.ts';
import { postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshRow } from '../../parts/fresh-bar.tsx';
import { Guard } from '../../parts/guard.tsx';
import { hoursFromNow } from '../../parts/on-time.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useKeys } from '../../shell/keys.tsx';
import type { Binding } from '../../shell/keys.tsx';
import { useLeaving } from '../../shell/leaving.ts';
import { checkOnNetwork, markPublished, retry } from '../../shell/mend.ts';
import { Screen } from '../../shell/screen.tsx';
import { spanOf, useNow } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { may } from '../../shell/verbs.ts';
import { dismiss } from '../../shell/withdraw.ts';
import { texts } from '../../texts.ts';
import { FailureCard } from './failure-card.tsx';
import { groupsInPlace } from './groups.ts';
import { Resolved } from './resolved.tsx';
import { Retrying } from './retrying.tsx';
import { useChoice } from './use-choice.ts';

/** One that fails otherwise now is another failure: it would leave its group for another under the pointer. */
const idOf = (post: Post): string => `${post.id} ${post.state} ${post.failure?.cause ?? ''}`;
const wrong: readonly Post['state'][] = ['failed', 'unknown', 'stale'];
/** One that was just mended is in the list until that is read again. */
const isWrong = (state: Post['state']): boolean => wrong.includes(state);
const RESOLVED_HOURS = 30 * 24;

/** Nothing stays broken silently: what went wrong, in words, with the one thing that helps. */
export function FailuresScreen(): ReactNode {
  const query = useQuery(postsQuery({ state: wrong, sort: '-createdAt' }, 1_000));
  const settled = useQuery(
    postsQuery(
      { state: ['published', 'cancelled'], hadFailure: true, dueAfter: hoursFromNow(-RESOLVED_HOURS), sort: '-dueAt' },
      500,
    ),
  );
  const leaving = useLeaving();
  const mayRetry = useMay('posts:publish');
  const mayDismiss = useMay('posts:write');
  const now = useNow(30_000).getTime();
  const found = useMemo(
    () =>
      groupFailures((query.data?.items ?? []).filter(({ id, state }) => isWrong(state) && !leaving.has(id))).flatMap(
        (one) => one.posts,
      ),
    [query.data, leaving],
  );
  const calm = useCalmList(found, idOf, 'failures', ({ id }) => isOwn(id));
  const shown = useMemo(() => groupsInPlace(calm.shown), [calm.shown]);
  const [tab, setTab] = useState<'open' | 'resolved'>('open');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<string | null>(null);
  const posts = shown.flatMap((group) => group.posts);
  const { chosen, isMeant, choose } = useChoice(posts, (id) => leaving.has(id) || isOwn(id));
  const group = shown.find((one) => one.posts.some((post) => post.id === chosen?.id));
  const picked = posts.filter((post) => selected.has(post.id));
  const resolved = (settled.data?.items ?? []).toSorted((a, b) => settledAt(b) - settledAt(a));

  const take = (post: Post): void => {
    choose(post.id);
    document.querySelector<HTMLElement>(`[data-failure="${post.id}"]`)?.focus();
  };
  const step = (by: number): void => {
    // What took a place that somebody else has cleared comes next.
    const from = chosen === undefined ? -1 : posts.indexOf(chosen) - (isMeant || by < 0 ? 0 : 1);
    const at = from + by;
    const next = posts[Math.max(0, Math.min(posts.length - 1, at))];
    if (next !== undefined) take(next);
  };
  const select = (post: Post): void => {
    const ids = new Set(selected);
    if (!ids.delete(post.id)) ids.add(post.id);
    setSelected(ids);
  };
  const withChosen = (work: (post: Post) => unknown) => (): void => {
    if (chosen === undefined) return;
    if (isMeant) return void work(chosen);
    // The one that the key was meant for is gone: this shows which one it would reach now.
    take(chosen);
    done(texts.failures.settled);
  };
  const keys: readonly Binding[] = [
    { keys: 'j', label: texts.keys.next, moves: true, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, moves: true, run: () => step(-1) },
    {
      keys: 'r',
      needs: 'posts:publish',
      label: texts.failures.retryOrCheck,
      run: withChosen((post) => (may(post, 'check') ? checkOnNetwork([post]) : retry([post]))),
    },
    {
      keys: 'shift+r',
      label: texts.failures.retryGroup,
      needs: 'posts:publish',
      run: withChosen(() => retry(group?.posts ?? [])),
    },
    {
      keys: 'c',
      needs: 'accounts:manage',
      label: texts.failures.reconnectAndRetry,
      run: withChosen(() => document.querySelector<HTMLElement>(`[data-reconnect="${group?.id ?? ''}"]`)?.click()),
    },
    {
      keys: 'e',
      label: texts.failures.editAndRetry,
      needs: 'posts:write',
      run: withChosen((post) => setEditing(post.id)),
    },
    {
      keys: 'm',
      needs: 'posts:publish',
      label: texts.verbs.mark,
      run: withChosen((post) => (may(post, 'mark-published') ? markPublished(post) : undefined)),
    },
    { keys: 'd', label: texts.failures.dismiss, needs: 'posts:write', run: withChosen((post) => dismiss([post])) },
    { keys: 'x', label: texts.keys.select, run: withChosen(select) },
    { keys: '*', label: texts.keys.selectAll, run: () => setSelected(new Set(posts.map((post) => post.id))) },
    { keys: 'Escape', label: texts.desk.none, run: () => setSelected(new Set()) },
  ];
  // What is resolved is not on this list, and what is on it is not seen from there.
  useKeys(texts.nav.failures, tab === 'open' ? keys : []);

  return (
    <Screen
      title={texts.nav.failures}
      actions={
        <>
          {tab === 'open' && picked.length > 0 && (
            <>
              <span role="status">{texts.failures.selected(picked.length)}</span>
              {mayRetry && (
                <Button size="compact-sm" onClick={() => void retry(picked)}>
                  {texts.verbs.retry}
                </Button>
              )}
              {mayDismiss && (
                <Button size="compact-sm" variant="default" onClick={() => void dismiss(picked)}>
                  {texts.failures.dismiss}
                </Button>
              )}
            </>
          )}
          <SegmentedControl
            size="xs"
            aria-label={texts.failures.tab}
            data={[
              { value: 'open', label: texts.failures.tabs.open },
              { value: 'resolved', label: texts.failures.tabs.resolved },
            ]}
            value={tab}
            onChange={(value) => setTab(value === 'resolved' ? 'resolved' : 'open')}
          />
        </>
      }
    >
      {query.isPending && <Bones rows={2} height={120} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && <StaleBar of={query.dataUpdatedAt} />}
      {tab === 'resolved' ? (
        settled.data !== undefined && <Resolved posts={resolved} />
      ) : (
        <>
          {query.data !== undefined && shown.length === 0 && (
            <Empty
              title={
                resolved[0] === undefined
                  ? texts.failures.empty
                  : texts.failures.emptySince(spanOf(now - settledAt(resolved[0])))
              }
              why={texts.failures.emptyWhy}
            />
          )}
          <FreshRow count={calm.freshCount} onLoad={calm.load} />
          {shown.map((one) => (
            <Guard key={one.id}>
              <FailureCard
                group={one}
                chosenId={chosen?.id ?? null}
                selected={selected}
                editing={editing}
                onChoose={choose}
                onSelect={select}
                onEditing={setEditing}
              />
            </Guard>
          ))}
          <Retrying />
        </>
      )}
    </Screen>
  );
}

function settledAt(post: Post): number {
  return new Date(post.publishedAt ?? post.updatedAt).getTime();
}
