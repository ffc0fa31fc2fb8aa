import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import { shownState } from '../../parts/state.tsx';
import { may } from '../../shell/verbs.ts';
import { clockOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './calendar.module.css';

interface ChipProps {
  readonly post: Post;
  readonly zone: string;
  readonly accountName: string;
  readonly isChosen: boolean;
  readonly isLeaving: boolean;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (post: Post) => void;
}

/** A post in the calendar. What has left the building cannot be dragged. */
export function Chip({ post, zone, accountName, isChosen, isLeaving, onChoose, onOpen }: ChipProps): ReactNode {
  const at = clockOf(new Date(post.dueAt ?? 0), zone);
  const shown = shownState(post);
  const text = post.parts[0]?.text ?? '';
  const canMove = post.state === 'scheduled' && may(post, 'schedule');
  return (
    <button
      type="button"
      className={`${css.chip} ${css[shown] ?? ''} ${isLeaving ? css.leaving : ''}`}
      data-chip={post.id}
      draggable={canMove}
      aria-pressed={isChosen}
      title={`${at} ${accountName} · ${texts.states[shown]}\n${text}`}
      onFocus={() => onChoose(post.id)}
      onClick={() => onChoose(post.id)}
      onDoubleClick={() => onOpen(post)}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', post.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <Icon name={shown === 'in_review' ? 'review' : shown} size={11} />
      <VisuallyHidden>
        {accountName}, {texts.states[shown]}
      </VisuallyHidden>
      <span className="tabular">{at}</span>
      <span className={css.chipText} dir="auto">
        {text}
      </span>
    </button>
  );
}
