import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Source } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Guard } from '../../parts/guard.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useMay } from '../../parts/use-may.ts';
import { sourceTexts } from '../../texts/sources.ts';
import css from './intake.module.css';
import { SourceCard } from './source-card.tsx';

interface SourceListProps {
  readonly query: UseQueryResult<Source[]>;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
  readonly onEdit: (source: Source) => void;
  readonly onAdd: () => void;
}

/** All sources, each with its log one press away. */
export function SourceList({ query, chosenId, onChoose, onEdit, onAdd }: SourceListProps): ReactNode {
  const mayManage = useMay('sources:manage');
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <section aria-labelledby="sources">
      <h2 id="sources" className={css.heading}>
        {sourceTexts.title}
      </h2>
      {query.isPending && <Bones rows={2} height={96} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.length === 0 && (
        <Empty title={sourceTexts.empty} why={sourceTexts.emptyWhy}>
          {mayManage && <Button onClick={onAdd}>{sourceTexts.add}</Button>}
        </Empty>
      )}
      {query.data !== undefined && query.data.length > 0 && (
        <ul className={css.sources}>
          {query.data.map((source) => (
            <Guard key={source.id}>
              <SourceCard
                source={source}
                isChosen={source.id === chosenId}
                isOpen={source.id === openId}
                onChoose={() => onChoose(source.id)}
                onOpen={() => setOpenId(openId === source.id ? null : source.id)}
                onEdit={() => onEdit(source)}
              />
            </Guard>
          ))}
        </ul>
      )}
    </section>
  );
}
