import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Point } from '../../parts/drag.ts';
import type { AccountWaits } from '../../parts/next-out.ts';
import { State, Waits, shownState } from '../../parts/state.tsx';
import tone from '../../parts/tone.module.css';
import { useDensity } from '../../shell/density.ts';
import { clockAt, clockOf, latenessOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import { CARD_PX, ROW_PX } from './layout.ts';
import type { Placed } from './layout.ts';
import css from './rundown.module.css';

interface CardProps {
  readonly card: Placed;
  readonly zone: string;
  readonly accountName: string;
  /** What keeps it back besides its time: the state of its account. */
  readonly waits: AccountWaits;
  readonly isChosen: boolean;
  readonly isLeaving: boolean;
  /** By how much it is being dragged; null where it lies still. */
  readonly shift: Point | null;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
}

/** One post on its lane. Dragging moves it in time or to another lane; so do the menu and the keys [ and ]. */
export function Card({
  card,
  zone,
  accountName,
  waits,
  isChosen,
  isLeaving,
  shift,
  onChoose,
  onOpen,
}: CardProps): ReactNode {
  const { post } = card;
  const density = useDensity();
  const due = new Date(post.dueAt ?? 0);
  const text = post.parts[0]?.text ?? '';
  const worn = waits === null ? shownState(post) : 'held';
  return (
    <button
      type="button"
      className={`${css.card} ${tone[worn] ?? ''} ${isLeaving ? css.leaving : ''} ${shift === null ? '' : css.dragging}`}
      data-card={post.id}
      aria-pressed={isChosen}
      {...clockAt(due, post.accountId, waits === null ? undefined : texts.strip.waits[waits])}
      style={{
        insetInlineStart: card.left,
        top: card.row * ROW_PX[density] + 6,
        width: CARD_PX,
        ...(shift === null ? {} : { transform: `translate(${shift.x}px, ${shift.y}px)`, zIndex: 5 }),
      }}
      onFocus={onChoose}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onOpen();
      }}
      onDoubleClick={onOpen}
    >
      <span className={css.cardHead}>
        <span className="tabular">{clockOf(due, zone)}</span>
        {post.state === 'published' && post.latenessMs !== null ? (
          <span className={css.tick}>✓ {latenessOf(post.latenessMs)}</span>
        ) : waits === null ? (
          <State of={post} />
        ) : (
          <Waits words={rundownTexts.waits[waits]} />
        )}
      </span>
      <VisuallyHidden>{accountName}</VisuallyHidden>
      <span className={css.line} dir="auto">
        {card.collides ? `⚠ ${rundownTexts.tooClose} · ` : ''}
        {text}
      </span>
    </button>
  );
}
