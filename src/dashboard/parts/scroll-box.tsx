import type { ReactNode } from 'react';
import css from './cards.module.css';

/** What is wider than the window scrolls sideways, by keyboard as well. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className={css.scrollBox} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
