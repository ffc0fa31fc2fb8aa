import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';
import css from './shell.module.css';

/** One screen: its title in the tab and above, what can be done beside it. */
export function Screen({
  title,
  actions,
  children,
  isWide = false,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  isWide?: boolean;
}): ReactNode {
  const newsroom = useQuery(sessionQuery).data?.newsroom ?? texts.product;
  useEffect(() => {
    document.title = `${title} · ${newsroom}`;
  }, [title, newsroom]);
  return (
    <div className={isWide ? css.wide : css.screen}>
      <div className={css.titleRow}>
        <h1 dir="auto">{title}</h1>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
