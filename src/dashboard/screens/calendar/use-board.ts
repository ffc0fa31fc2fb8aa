import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, RefObject } from 'react';
import type { Post } from '../../api/types.ts';
import type { Selection } from '../../parts/use-selection.ts';
import { onGridKey } from './arrows.ts';
import type { Cell } from './cells.ts';

interface BoardUse {
  readonly rows: readonly (readonly Cell[])[];
  readonly posts: readonly Post[];
  readonly picked: Selection;
  readonly isPointed: RefObject<boolean>;
  readonly note: (element: Element) => void;
  readonly toCell: (key: string) => void;
  readonly onCurrent: (key: string) => void;
  readonly onOpen: (post: Post) => void;
  readonly onNew: (cell: Cell) => void;
  readonly beyond: (date: string, key: string) => void;
  readonly page: (cell: Cell, by: 1 | -1) => void;
}

/** What the fields and posts of a plan answer to, said once for all of them. */
export function useBoard(use: BoardUse) {
  const { rows, posts, picked, isPointed, onCurrent, onOpen, onNew } = use;
  const postAt = (target: EventTarget): Post | undefined => {
    const id = closest(target, '[data-chip]:not([data-opens])')?.dataset['chip'];
    return id === undefined ? undefined : posts.find((post) => post.id === id);
  };
  const cellAt = (target: EventTarget): Cell | undefined => {
    const key = closest(target, '[data-cell]')?.dataset['cell'];
    return rows.flat().find((cell) => cell.key === key);
  };
  return {
    onFocus({ target }: FocusEvent): void {
      use.note(target);
      const key = closest(target, '[data-cell]')?.dataset['cell'];
      if (key !== undefined) onCurrent(key);
    },
    onClick(event: MouseEvent): void {
      const post = postAt(event.target);
      if (post === undefined) return;
      if (event.ctrlKey || event.metaKey) picked.toggle(post.id);
      else if (event.shiftKey) picked.reach(post.id);
      else picked.only(post.id);
    },
    onDoubleClick({ target }: MouseEvent): void {
      const post = postAt(target);
      const cell = cellAt(target);
      if (post !== undefined) onOpen(post);
      else if (cell !== undefined && closest(target, 'button') === null) onNew(cell);
    },
    onKeyDown(event: KeyboardEvent): void {
      const post = postAt(event.target);
      const isEnter = event.key === 'Enter' && !event.ctrlKey && !event.metaKey;
      if (post !== undefined && isEnter) onOpen(post);
      else if (!onGridKey(event, { ...use, onEmpty: onNew })) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerEnter({ pointerType }: PointerEvent): void {
      isPointed.current = pointerType === 'mouse';
    },
    onPointerLeave(): void {
      isPointed.current = false;
    },
  };
}

function closest(target: EventTarget, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}
