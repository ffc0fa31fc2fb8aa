import { Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Fragment, useState } from 'react';
import type { Post } from '../../api/types.ts';
import { texts } from '../../texts.ts';
import { outboxTexts } from '../../texts/outbox.ts';
import css from './outbox.module.css';
import { SentRow } from './sent-row.tsx';
import type { SentGroup } from './sent-groups.ts';

interface SentTableProps {
  readonly groups: readonly SentGroup[];
  readonly chosenId: string | null;
  readonly onChoose: (post: Post) => void;
}

/** What went out, the newest first; under the names of their stories where it is grouped. */
export function SentTable({ groups, chosenId, onChoose }: SentTableProps): ReactNode {
  const [openId, setOpenId] = useState<string | null>(null);
  // A row over more columns than are shown would take their width from the post.
  const isNarrow = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false });
  const columns = isNarrow ? 2 : 4;
  return (
    <div className={css.table}>
      <Table verticalSpacing={6} horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{outboxTexts.sent}</Table.Th>
            <Table.Th className={css.wideOnly}>{outboxTexts.late}</Table.Th>
            <Table.Th>{outboxTexts.post}</Table.Th>
            <Table.Th className={css.wideOnly}>{outboxTexts.where}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map(({ id, title, posts }) => (
            <Fragment key={id}>
              {title !== null && (
                <Table.Tr className={css.story}>
                  <Table.Th colSpan={columns} scope="rowgroup">
                    <span dir="auto">{title}</span> <small>{texts.posts(posts.length)}</small>
                  </Table.Th>
                </Table.Tr>
              )}
              {posts.map((post) => (
                <SentRow
                  key={post.id}
                  post={post}
                  columns={columns}
                  isChosen={post.id === chosenId}
                  isOpen={post.id === openId}
                  onChoose={() => onChoose(post)}
                  onOpen={() => setOpenId(openId === post.id ? null : post.id)}
                />
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
