import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** The last four sentences about what was done. */
export function NoticesList(): ReactNode {
  return <Notifications position="bottom-center" limit={4} />;
}
