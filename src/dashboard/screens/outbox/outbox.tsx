import { Button, Group, Select, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fragment, useMemo, useState } from 'react';
import { post as send } from '../../api/client.ts';
import { accountsQuery, postsQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshBar } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { useKeys } from '../../shell/keys.tsx';
import { Screen } from '../../shell/screen.tsx';
import { Time, latenessOf } from '../../shell/time.tsx';
import { done, failed } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { download, toCsv } from './export.ts';
import css from './outbox.module.css';
import { SentDetail } from './sent-detail.tsx';

const MOST = 1_000;
const SHOWN = 200;
const idOf = (post: Post): string => post.id;

/** Every post that went out: when, how late, where, who approved it, what exactly it said. */
export function OutboxScreen(): ReactNode {
  const [typed, setTyped] = useState('');
  const [account, setAccount] = useState<string | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const filter = { state: ['published'] as const, sort: '-dueAt' as const, ...(account === null ? {} : { account }) };
  const query = useQuery(postsQuery(filter, MOST));
  const accounts = useQuery(accountsQuery).data ?? [];
  const where = useWhere();
  const words = typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = useMemo(
    () =>
      (query.data?.items ?? []).filter((post) => {
        const text = post.parts
          .map((part) => part.text)
          .join(' ')
          .toLocaleLowerCase();
        return words.every((word) => text.includes(word));
      }),
    // The words are made anew each time; what was typed is what they come from.
    [query.data, typed],
  );
  const { shown, freshCount, load } = useCalmList(found, idOf, `${typed}|${account}`);
  const list = shown.slice(0, SHOWN);
  const chosen = list.find((post) => post.id === chosenId);

  const step = (by: number): void => {
    const at = chosen === undefined ? (by > 0 ? -1 : 1) : list.indexOf(chosen);
    const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
    if (next === undefined) return;
    setChosenId(next.id);
    document.querySelector<HTMLElement>(`[data-sent="${next.id}"]`)?.focus();
  };
  useKeys(texts.nav.outbox, [
    { keys: 'j', label: texts.keys.next, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, run: () => step(-1) },
    {
      keys: 'o',
      label: texts.outbox.open,
      run: () => {
        if (chosen?.url != null) window.open(chosen.url, '_blank', 'noopener,noreferrer');
      },
    },
    {
      keys: 'y',
      label: texts.outbox.duplicate,
      run: () => {
        if (chosen !== undefined) void duplicate(chosen);
      },
    },
  ]);

  return (
    <Screen
      isWide
      title={texts.nav.outbox}
      actions={
        <>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => download('outbox.csv', 'text/csv', toCsv(found, where))}
          >
            {texts.outbox.csv}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => download('outbox.json', 'application/json', JSON.stringify(found, null, 2))}
          >
            {texts.outbox.json}
          </Button>
        </>
      }
    >
      <Group mb="sm">
        <TextInput
          type="search"
          aria-label={texts.outbox.search}
          placeholder={texts.outbox.search}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          w={280}
        />
        <Select
          aria-label={texts.outbox.account}
          placeholder={texts.outbox.allAccounts}
          clearable
          clearButtonProps={{ 'aria-label': texts.outbox.allAccounts }}
          data={accounts.map((one) => ({ value: one.id, label: one.name }))}
          value={account}
          onChange={setAccount}
        />
      </Group>
      {query.isPending && <Bones />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && list.length === 0 && (
        <Empty
          title={query.data.items.length === 0 && account === null ? texts.outbox.empty : texts.outbox.noMatch}
          why={query.data.items.length === 0 && account === null ? texts.outbox.emptyWhy : texts.outbox.noMatchWhy}
        />
      )}
      <FreshBar count={freshCount} onLoad={load} />
      {list.length > 0 && (
        <div className={css.table}>
          <Table verticalSpacing={6} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.outbox.sent}</Table.Th>
                <Table.Th className={css.wideOnly}>{texts.outbox.late}</Table.Th>
                <Table.Th>{texts.outbox.post}</Table.Th>
                <Table.Th className={css.wideOnly}>{texts.outbox.where}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((post) => (
                <Fragment key={post.id}>
                  <Table.Tr className={post.id === chosenId ? css.chosen : ''}>
                    <Table.Td className={css.when}>
                      {post.publishedAt !== null && <Time at={post.publishedAt} />}
                    </Table.Td>
                    <Table.Td className={css.wideOnly}>
                      <span className="tabular">{post.latenessMs === null ? '–' : latenessOf(post.latenessMs)}</span>
                    </Table.Td>
                    <Table.Td>
                      <button
                        type="button"
                        className={css.text}
                        data-sent={post.id}
                        aria-expanded={openId === post.id}
                        dir="auto"
                        onFocus={() => setChosenId(post.id)}
                        onClick={() => setOpenId(openId === post.id ? null : post.id)}
                      >
                        {post.parts[0]?.text}
                      </button>
                    </Table.Td>
                    <Table.Td className={css.wideOnly}>{where(post.accountId, post.network).accountName}</Table.Td>
                  </Table.Tr>
                  {openId === post.id && (
                    <Table.Tr>
                      <Table.Td colSpan={4}>
                        <SentDetail post={post} onDuplicate={() => void duplicate(post)} />
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {query.data?.isWhole === false && <p className={css.muted}>{texts.outbox.more}</p>}
    </Screen>
  );
}

async function duplicate(post: Post): Promise<void> {
  try {
    await send('/v1/posts', {
      accountIds: [post.accountId],
      ...(post.parts.length === 1
        ? { text: post.parts[0]?.text }
        : { parts: post.parts.map(({ text }) => ({ text })) }),
      lang: post.lang,
      schedule: 'review',
    });
    done(texts.outbox.duplicated);
  } catch (error) {
    failed(texts.outbox.duplicate, error);
  }
}
