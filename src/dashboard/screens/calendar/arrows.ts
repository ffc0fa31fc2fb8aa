import type { KeyboardEvent } from 'react';
import { isRightToLeft } from '../../parts/drag.ts';
import type { Cell } from './cells.ts';
import { keyOf } from './cells.ts';
import { dayAfter } from './days.ts';

interface ArrowUse {
  readonly rows: readonly (readonly Cell[])[];
  readonly toCell: (key: string) => void;
  /** To a field of days that are not shown yet. */
  readonly beyond: (date: string, key: string) => void;
  /** A whole view on or back from a field. */
  readonly page: (cell: Cell, by: 1 | -1) => void;
  /** Enter on a field without posts. */
  readonly onEmpty: (cell: Cell) => void;
}

const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/**
 * The keys of a grid: arrows go from field to field, and from post to post inside of one; Enter goes in, Escape out again.
 * @returns whether the key was one of them.
 */
export function onGridKey(event: KeyboardEvent, { rows, toCell, beyond, page, onEmpty }: ArrowUse): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(event.target instanceof Element))
    return false;
  const field = event.target.closest<HTMLElement>('[data-cell]');
  const row = rows.findIndex((cells) => cells.some(({ key }) => key === field?.dataset['cell']));
  const column = (rows[row] ?? []).findIndex(({ key }) => key === field?.dataset['cell']);
  const cell = rows[row]?.[column];
  if (field === null || cell === undefined) return false;
  const chips = [...field.querySelectorAll<HTMLElement>('[data-chip]')];
  const at = chips.indexOf(event.target.closest<HTMLElement>('[data-chip]') as HTMLElement);
  const step = steps[event.key];
  if (step !== undefined) {
    const [x, y] = isRightToLeft(field) ? [-step[0], step[1]] : step;
    const inside = at < 0 || y === 0 ? undefined : chips[at + y];
    const next = rows[row + y]?.[column + x];
    const date = dayAfter(cell.date, x + (cell.hour === null ? y * 7 : 0));
    if (inside !== undefined) inside.focus();
    else if (next !== undefined) toCell(next.key);
    else if (date !== cell.date) beyond(date, keyOf(date, cell.hour));
    return true;
  }
  switch (event.key) {
    case 'Home':
    case 'End':
      toCell(rows[row]?.at(event.key === 'Home' ? 0 : -1)?.key ?? cell.key);
      return true;
    case 'PageUp':
    case 'PageDown':
      page(cell, event.key === 'PageUp' ? -1 : 1);
      return true;
    case 'Enter':
      if (event.target !== field) return false;
      if (chips[0] === undefined) onEmpty(cell);
      else chips[0].focus();
      return true;
    case 'Escape':
      // The screen's own Escape is to follow: it selects nothing.
      if (at >= 0) toCell(cell.key);
      return false;
    default:
      return false;
  }
}
