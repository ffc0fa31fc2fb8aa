import { VisuallyHidden } from '@mantine/core';
import type { PointerEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { State } from '../../parts/state.tsx';
import { may } from '../../shell/verbs.ts';
import { clockOf, latenessOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { CARD_PX } from './layout.ts';
import type { Placed } from './layout.ts';
import css from './rundown.module.css';

interface CardProps {
  readonly card: Placed;
  readonly zone: string;
  readonly accountName: string;
  readonly isChosen: boolean;
  readonly isLeaving: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
  /** By how many pixels it was dragged along the time, and onto which lane; null where that is its own. */
  readonly onDrop: (px: number, accountId: string | null) => void;
}

const DRAG_FROM_PX = 4;

/** One post on its lane. Dragging moves it in time or to another lane; so do the menu and the keys [ and ]. */
export function Card({ card, zone, accountName, isChosen, isLeaving, onChoose, onOpen, onDrop }: CardProps): ReactNode {
  const { post } = card;
  const [shift, setShift] = useState({ x: 0, y: 0 });
  const start = useRef<{ x: number; y: number } | null>(null);
  const due = new Date(post.dueAt ?? 0);
  const canMove = post.state === 'scheduled' && may(post, 'schedule');
  const begin = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!canMove || event.button !== 0) return;
    start.current = { x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const end = (event: PointerEvent<HTMLButtonElement>): void => {
    if (start.current === null) return;
    const { x, y } = start.current;
    stop();
    const px = event.clientX - x;
    if (Math.max(Math.abs(px), Math.abs(event.clientY - y)) < DRAG_FROM_PX) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    onDrop(isRtl ? -px : px, laneAt(event.clientX, event.clientY));
  };
  const stop = (): void => {
    start.current = null;
    setShift({ x: 0, y: 0 });
  };
  const text = post.parts[0]?.text ?? '';
  return (
    <button
      type="button"
      className={`${css.card} ${css[post.state] ?? ''} ${isLeaving ? css.leaving : ''} ${shift.x === 0 && shift.y === 0 ? '' : css.dragging}`}
      data-card={post.id}
      aria-pressed={isChosen}
      style={{
        insetInlineStart: card.left,
        top: card.row * 62 + 6,
        width: CARD_PX,
        transform: shift.x === 0 && shift.y === 0 ? undefined : `translate(${shift.x}px, ${shift.y}px)`,
        zIndex: shift.x === 0 && shift.y === 0 ? undefined : 5,
      }}
      onFocus={onChoose}
      onClick={onChoose}
      onDoubleClick={onOpen}
      onPointerDown={begin}
      onPointerMove={(event) => {
        const from = start.current;
        if (from !== null) setShift({ x: event.clientX - from.x, y: event.clientY - from.y });
      }}
      onPointerUp={end}
      onPointerCancel={stop}
    >
      <span className={css.cardHead}>
        <span className="tabular">{clockOf(due, zone)}</span>
        {post.state === 'published' && post.latenessMs !== null ? (
          <span className={css.tick}>✓ {latenessOf(post.latenessMs)}</span>
        ) : (
          <State of={post} />
        )}
      </span>
      <VisuallyHidden>{accountName}</VisuallyHidden>
      <span className={css.line} dir="auto">
        {card.collides ? `⚠ ${texts.rundown.tooClose} · ` : ''}
        {text}
      </span>
    </button>
  );
}

/** The account whose lane lies under a point of the window. */
function laneAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element instanceof HTMLElement && element.dataset['lane'] !== undefined) return element.dataset['lane'];
  }
  return null;
}
