import { VisuallyHidden } from '@mantine/core';
import type { PointerEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { State } from '../../parts/state.tsx';
import { may } from '../../shell/post-verbs.ts';
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
  /** By how many pixels it was dragged along the time. */
  readonly onDrop: (px: number) => void;
}

const DRAG_FROM_PX = 4;

/** One post on its lane. Dragging moves it in time; so do the menu and the keys [ and ]. */
export function Card({ card, zone, accountName, isChosen, isLeaving, onChoose, onOpen, onDrop }: CardProps): ReactNode {
  const { post } = card;
  const [shift, setShift] = useState(0);
  const start = useRef<number | null>(null);
  const due = new Date(post.dueAt ?? 0);
  const canMove = post.state === 'scheduled' && may(post, 'schedule');
  const begin = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!canMove || event.button !== 0) return;
    start.current = event.clientX;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const end = (event: PointerEvent<HTMLButtonElement>): void => {
    if (start.current === null) return;
    const px = event.clientX - start.current;
    start.current = null;
    setShift(0);
    if (Math.abs(px) >= DRAG_FROM_PX) onDrop(px);
  };
  const text = post.parts[0]?.text ?? '';
  return (
    <button
      type="button"
      className={`${css.card} ${css[post.state] ?? ''} ${isLeaving ? css.leaving : ''}`}
      data-card={post.id}
      aria-pressed={isChosen}
      style={{
        left: card.left,
        top: card.row * 62 + 6,
        width: CARD_PX,
        transform: shift === 0 ? undefined : `translateX(${shift}px)`,
      }}
      onFocus={onChoose}
      onClick={onChoose}
      onDoubleClick={onOpen}
      onPointerDown={begin}
      onPointerMove={(event) => {
        if (start.current !== null) setShift(event.clientX - start.current);
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        start.current = null;
        setShift(0);
      }}
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
