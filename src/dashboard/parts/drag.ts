import type { PointerEvent } from 'react';
import { useEffect, useRef } from 'react';

/** A place in the window, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface DragUse<Item> {
  /** What is grabbed at an element; null where that cannot be dragged. */
  readonly grab: (element: Element, at: Point) => Item | null;
  readonly onMove: (item: Item, at: Point, from: Point) => void;
  readonly onDrop: (item: Item, at: Point, from: Point) => void;
  /** After a drop, and where the drag was given up: with Escape, or because the browser took the pointer to scroll. */
  readonly onEnd: () => void;
}

/** A hand that trembles is not a drag. */
const DRAG_FROM_PX = 4;

/**
 * Dragging with mouse or pen inside one element, for everything in it: no part of it has to know. Every drag has a key and
 * a menu beside it, so a finger that scrolls instead loses nothing.
 */
export function useDrag<Item>(use: DragUse<Item>): { onPointerDown: (event: PointerEvent) => void } {
  const latest = useRef(use);
  latest.current = use;
  const giveUp = useRef<(() => void) | null>(null);
  useEffect(() => () => giveUp.current?.(), []);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    giveUp.current?.();
    const from = { x: event.clientX, y: event.clientY };
    const item = latest.current.grab(event.target, from);
    if (item === null) return;
    let isDragging = false;
    const listeners = new AbortController();
    const end = (): void => {
      listeners.abort();
      giveUp.current = null;
      if (isDragging) latest.current.onEnd();
    };
    giveUp.current = end;
    const on = <Name extends keyof WindowEventMap>(name: Name, work: (event: WindowEventMap[Name]) => void): void =>
      window.addEventListener(name, work, { signal: listeners.signal, capture: true });
    on('pointermove', ({ clientX, clientY }) => {
      isDragging ||= Math.max(Math.abs(clientX - from.x), Math.abs(clientY - from.y)) >= DRAG_FROM_PX;
      if (isDragging) latest.current.onMove(item, { x: clientX, y: clientY }, from);
    });
    on('pointerup', ({ clientX, clientY }) => {
      if (isDragging) {
        swallowClick();
        latest.current.onDrop(item, { x: clientX, y: clientY }, from);
      }
      end();
    });
    on('pointercancel', end);
    on('keydown', (key) => {
      if (key.key !== 'Escape' || !isDragging) return;
      key.stopPropagation();
      end();
    });
  };
  return { onPointerDown };
}

/** The click that a browser makes of the end of a drag would choose or open what is there. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}

/** The innermost element under a point that carries `data-<name>`. */
export function elementUnder({ x, y }: Point, name: string): HTMLElement | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element instanceof HTMLElement && element.dataset[name] !== undefined) return element;
  }
  return null;
}

/** How far a point lies from where an element begins along a line of its text, in pixels. */
export function alongLine(element: Element, { x }: Point): number {
  const box = element.getBoundingClientRect();
  return isRightToLeft(element) ? box.right - x : x - box.left;
}

export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
