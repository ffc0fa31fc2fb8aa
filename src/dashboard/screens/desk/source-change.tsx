import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { articleQuery } from '../../api/queries.ts';
import { Bones } from '../../parts/bones.tsx';
import { DiffText } from '../../parts/diff-text.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';

interface SourceChangeProps {
  /** The article that the posts were written from, and the one that stands there now. */
  readonly before: string;
  readonly after: string;
  readonly onClose: () => void;
}

/** What changed in the article since its posts were written. */
export function SourceChange({ before, after, onClose }: SourceChangeProps): ReactNode {
  const [old, now] = [useQuery(articleQuery(before)), useQuery(articleQuery(after))];
  const error = old.error ?? now.error;
  const isThere = old.data?.id === before && now.data?.id === after;
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={texts.desk.changeTitle}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {error !== null && <ProblemCard error={error} />}
      {!isThere && error === null && <Bones rows={3} />}
      {isThere && (
        <>
          <DiffText
            before={`${old.data?.title ?? ''}\n\n${old.data?.text ?? ''}`}
            after={`${now.data?.title ?? ''}\n\n${now.data?.text ?? ''}`}
          />
          <p>
            <Link to="/stories/$id" params={{ id: after }} onClick={onClose}>
              {texts.desk.openNewer}
            </Link>
          </p>
        </>
      )}
    </Modal>
  );
}
