import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

interface Focus {
  /** Goes there now, or when it is drawn. */
  readonly toCell: (key: string) => void;
  readonly toChip: (id: string) => void;
  /** What has the focus on the board now. */
  readonly note: (element: Element) => void;
}

/** The post that has the focus. */
export function focusedChip(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-chip]')?.dataset['chip'];
}

/** Focus that outlives what it is on: a post that was moved is drawn anew elsewhere, and keeps it there. */
export function useFocus(board: RefObject<HTMLElement | null>): Focus {
  const wanted = useRef<string | null>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    const forget = ({ target }: PointerEvent): void => {
      if (!(target instanceof Element) || target.closest('[data-chip]') === null) last.current = null;
    };
    document.addEventListener('pointerdown', forget, { capture: true });
    return () => document.removeEventListener('pointerdown', forget, { capture: true });
  }, []);

  const go = (selector: string): boolean => {
    const element = board.current?.querySelector<HTMLElement>(selector);
    element?.focus();
    return element != null;
  };
  useEffect(() => {
    if (wanted.current !== null) {
      if (go(wanted.current)) wanted.current = null;
    } else if (last.current !== null && document.activeElement === document.body) {
      if (!go(last.current)) go('[data-cell][tabindex="0"]');
    }
  });
  const to = (selector: string): void => {
    wanted.current = go(selector) ? null : selector;
  };
  return {
    toCell: (key) => to(`[data-cell="${key}"]`),
    toChip: (id) => to(`[data-chip="${id}"]`),
    note(element) {
      const id = element.closest<HTMLElement>('[data-chip]')?.dataset['chip'];
      last.current = id === undefined ? null : `[data-chip="${id}"]`;
    },
  };
}
