import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { accountsQuery, articlesQuery, postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshRow } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useKeys } from '../../shell/keys.tsx';
import { Screen } from '../../shell/screen.tsx';
import { texts } from '../../texts.ts';
import { outboxTexts } from '../../texts/outbox.ts';
import { Corrections } from './corrections.tsx';
import css from './outbox.module.css';
import { groupByStory } from './sent-groups.ts';
import { SentTable } from './sent-table.tsx';
import { correctOrSay, duplicate, openOnNetwork } from './verbs.ts';

/** How many are shown at first, and how many more each time. */
const STEP = 200;
const REST_MS = 300;
const idOf = (post: Post): string => post.id;

/** Every post that went out: when, how late, where, who approved it, what exactly it said; and what is to be corrected. */
export function OutboxScreen(): ReactNode {
  const mayExport = useMay('export:read');
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), REST_MS);
  const [account, setAccount] = useState<string | null>(null);
  const [view, setView] = useState<'posts' | 'stories'>('posts');
  const [most, setMost] = useState(STEP);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const narrowed = { ...(words === '' ? {} : { q: words }), ...(account === null ? {} : { account }) };
  const query = useQuery({
    ...postsQuery({ state: ['published'], sort: '-dueAt', ...narrowed }, most),
    placeholderData: keepPreviousData,
  });
  const accounts = useQuery(accountsQuery).data ?? [];
  const articles = useQuery({ ...articlesQuery, enabled: view === 'stories' }).data?.items ?? [];
  const what = `${words}|${account}|${most}|${query.isPlaceholderData}`;
  const { shown, freshCount, load } = useCalmList(query.data?.items ?? [], idOf, what);
  const groups = view === 'stories' ? groupByStory(shown, articles) : [{ id: 'all', title: null, posts: shown }];
  const list = groups.flatMap(({ posts }) => posts);
  const chosen = list.find((post) => post.id === chosenId);
  const isWhole = words === '' && account === null;

  const step = (by: number): void => {
    const at = chosen === undefined ? -1 : list.indexOf(chosen);
    const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
    if (next === undefined) return;
    setChosenId(next.id);
    document.querySelector<HTMLElement>(`[data-sent="${next.id}"]`)?.focus();
  };
  const withChosen = (work: (post: Post) => unknown) => (): void => {
    if (chosen !== undefined) void work(chosen);
  };
  useKeys(texts.nav.outbox, [
    { keys: 'j', label: texts.keys.next, moves: true, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, moves: true, run: () => step(-1) },
    { keys: 'o', label: outboxTexts.open, run: withChosen(openOnNetwork) },
    { keys: 'c', label: texts.verbs.correct, needs: 'posts:publish', run: withChosen(correctOrSay) },
    { keys: 'y', label: outboxTexts.duplicate, needs: 'posts:write', run: withChosen(duplicate) },
  ]);
  const exportOf = (format: 'csv' | 'jsonl'): string =>
    `/v1/exports/posts?${new URLSearchParams({ state: 'published', ...narrowed, format })}`;

  return (
    <Screen
      isWide
      title={texts.nav.outbox}
      actions={
        mayExport && (
          <>
            <Button variant="default" size="compact-sm" component="a" href={exportOf('csv')} download>
              {outboxTexts.csv}
            </Button>
            <Button variant="default" size="compact-sm" component="a" href={exportOf('jsonl')} download>
              {outboxTexts.json}
            </Button>
          </>
        )
      }
    >
      <Corrections />
      <Group mb="sm" gap="sm">
        <TextInput
          type="search"
          className={css.search}
          aria-label={outboxTexts.search}
          placeholder={outboxTexts.search}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          aria-label={outboxTexts.account}
          placeholder={outboxTexts.allAccounts}
          clearable
          clearButtonProps={{ 'aria-label': outboxTexts.allAccounts }}
          data={accounts.map((one) => ({ value: one.id, label: one.name }))}
          value={account}
          onChange={setAccount}
        />
        <SegmentedControl
          size="xs"
          aria-label={outboxTexts.view}
          value={view}
          onChange={(value) => setView(value === 'stories' ? 'stories' : 'posts')}
          data={[
            { value: 'posts', label: outboxTexts.views.posts },
            { value: 'stories', label: outboxTexts.views.stories },
          ]}
        />
      </Group>
      {query.data !== undefined && <StaleBar of={query.dataUpdatedAt} />}
      {query.isPending && <Bones />}
      {query.error !== null && (query.data === undefined || query.isPlaceholderData) && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && !query.isPlaceholderData && list.length === 0 && (
        <Empty
          title={isWhole ? outboxTexts.empty : outboxTexts.noMatch}
          why={isWhole ? outboxTexts.emptyWhy : outboxTexts.noMatchWhy}
        >
          {isWhole && (
            <Button component={Link} to="/desk">
              {outboxTexts.openDesk}
            </Button>
          )}
        </Empty>
      )}
      <FreshRow count={freshCount} onLoad={load} />
      {list.length > 0 && <SentTable groups={groups} chosenId={chosenId} onChoose={(post) => setChosenId(post.id)} />}
      {query.data?.isWhole === false && (
        <Button mt="sm" variant="default" loading={query.isFetching} onClick={() => setMost(most + STEP)}>
          {outboxTexts.more}
        </Button>
      )}
    </Screen>
  );
}
