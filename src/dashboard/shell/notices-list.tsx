import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import css from './notices.module.css';

/** The last four sentences about what was done. */
export function NoticesList(): ReactNode {
  return <Notifications className={css.notices ?? ''} position="bottom-center" limit={4} />;
}
