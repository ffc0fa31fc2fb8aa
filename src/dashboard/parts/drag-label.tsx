import type { ReactNode } from 'react';
import type { Point } from './drag.ts';
import css from './drag-label.module.css';

const BESIDE_PX = 14;
/** Its widest, so that it stays in the window. */
const WIDE_PX = 300;
const HIGH_PX = 60;

/** What a drag would do where the pointer is now, or why it cannot. */
export function DragLabel({
  at,
  isRefused = false,
  children,
}: {
  at: Point;
  isRefused?: boolean;
  children: ReactNode;
}): ReactNode {
  const left = Math.max(8, Math.min(at.x + BESIDE_PX, window.innerWidth - WIDE_PX - 8));
  const top = Math.min(at.y + BESIDE_PX, window.innerHeight - HIGH_PX);
  return (
    <div
      className={`${css.label} ${isRefused ? css.refused : ''}`}
      style={{ left, top }}
      aria-hidden="true"
      data-drag-label=""
    >
      {children}
    </div>
  );
}
