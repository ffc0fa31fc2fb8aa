import { useNotifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { Suspense, lazy, useEffect, useState } from 'react';

const load = () => import('./notices-list.tsx');
const NoticesList = lazy(async () => ({ default: (await load()).NoticesList }));
/** Where the browser does not tell when it is idle: by then the page is drawn. Milliseconds. */
const DRAWN_MS = 1_000;

/** Calls once, when the page is drawn and nothing else is to be done. @returns what takes it back */
function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(call, DRAWN_MS);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(call);
  return () => cancelIdleCallback(idle);
}

/**
 * Where sentences about what was done appear. Their list is fetched once the page is drawn and idle, before there is anything
 * to tell: when the line is cut it could not be, and with the first key it would make that key slow.
 */
export function Notices(): ReactNode {
  const isTold = useNotifications().notifications.length > 0;
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    if (isThere) return undefined;
    const bring = (): void => {
      load().then(
        () => setIsThere(true),
        () => undefined,
      );
    };
    if (!isTold) return whenIdle(bring);
    bring();
    return undefined;
  }, [isThere, isTold]);
  return <Suspense>{isThere && <NoticesList />}</Suspense>;
}
