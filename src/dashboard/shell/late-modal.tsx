import type { ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, lazy } from 'react';

// 11 kB of the first load: no window stands on a page before something opens it.
const Modal = lazy(() => import('./modal-alone.tsx').then((module) => ({ default: module.Modal })));

/** A window for what is loaded with every page, and seldom opens one. */
export function LateModal(props: ModalProps): ReactNode {
  return (
    <Suspense>
      <Modal {...props} />
    </Suspense>
  );
}
