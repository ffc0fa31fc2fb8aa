import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { changesBetween } from './diff.ts';
import css from './compare.module.css';

/** A text with what is gone struck out and what is new marked. */
export function DiffText({ before, after }: { before: string; after: string }): ReactNode {
  const changes = useMemo(() => changesBetween(before, after), [before, after]);
  return (
    <div className={css.text} dir="auto">
      {changes.map(({ kind, text }, index) =>
        kind === 'same' ? (
          <span key={index}>{text}</span>
        ) : kind === 'gone' ? (
          <del key={index}>{text}</del>
        ) : (
          <ins key={index}>{text}</ins>
        ),
      )}
    </div>
  );
}
