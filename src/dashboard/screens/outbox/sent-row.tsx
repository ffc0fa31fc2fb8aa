import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { Guard } from '../../parts/guard.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, latenessOf } from '../../shell/time.tsx';
import { outboxTexts } from '../../texts/outbox.ts';
import css from './outbox.module.css';
import { SentDetail } from './sent-detail.tsx';

interface SentRowProps {
  readonly post: Post;
  /** How many are shown. */
  readonly columns: number;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
}

/** One post that went out, and under it, once it is opened, everything that is known of it. */
export function SentRow({ post, columns, isChosen, isOpen, onChoose, onOpen }: SentRowProps): ReactNode {
  const { accountName } = useWhere()(post.accountId, post.network);
  return (
    <>
      <Table.Tr className={isChosen ? css.chosen : ''}>
        <Table.Td className={css.when}>
          {post.publishedAt !== null && <Time of={post.accountId} at={post.publishedAt} />}
        </Table.Td>
        <Table.Td className={css.wideOnly}>
          <span className="tabular">{post.latenessMs === null ? '–' : latenessOf(post.latenessMs)}</span>
        </Table.Td>
        <Table.Td>
          <button
            type="button"
            className={css.text}
            data-sent={post.id}
            aria-expanded={isOpen}
            dir="auto"
            onFocus={onChoose}
            onClick={onOpen}
          >
            {post.parts[0]?.text}
          </button>
          {post.removedAt !== null && <span className={css.gone}>{outboxTexts.gone}</span>}
        </Table.Td>
        <Table.Td className={css.wideOnly}>{accountName}</Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={columns}>
            <Guard>
              <SentDetail post={post} />
            </Guard>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
