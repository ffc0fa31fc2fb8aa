import type { ReactNode } from 'react';
import css from './cards.module.css';

/** Says what will appear here, why nothing does, and the one thing to do next. */
export function Empty({ title, why, children }: { title: string; why?: string; children?: ReactNode }): ReactNode {
  return (
    <div className={css.empty}>
      <h2>{title}</h2>
      {why !== undefined && <p>{why}</p>}
      {children}
    </div>
  );
}
