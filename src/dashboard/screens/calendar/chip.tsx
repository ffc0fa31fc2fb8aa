import type { ReactNode } from 'react';
import { memo } from 'react';
import type { Post } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import { shownState, stateIcon } from '../../parts/state.tsx';
import tone from '../../parts/tone.module.css';
import { clockAt, clockOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './chip.module.css';

interface ChipProps {
  readonly post: Post;
  readonly zone: string;
  readonly accountName: string;
  readonly isPicked: boolean;
  readonly isLeaving: boolean;
  /** Two lines, with its account. */
  readonly isTall: boolean;
}

/**
 * A post in a field. What it answers to is said once for all of them, by the board that they lie on; drawn again only where
 * it is another, because a week has hundreds.
 */
export const Chip = memo(function Chip(props: ChipProps): ReactNode {
  const { post, zone, accountName, isPicked, isLeaving, isTall } = props;
  const due = new Date(post.dueAt ?? 0);
  const shown = shownState(post);
  const text = post.parts[0]?.text ?? '';
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${css.chip} ${tone[shown] ?? ''} ${isTall ? css.tall : ''} ${isLeaving ? css.leaving : ''}`}
      data-chip={post.id}
      data-state={shown}
      aria-pressed={isPicked}
      {...clockAt(due, post.accountId, `${accountName} · ${texts.states[shown]}\n${text}`)}
    >
      <Icon name={stateIcon(shown)} size={11} />
      <span className="unseen">{texts.states[shown]}</span>
      <span className="tabular">{clockOf(due, zone)}</span>
      {isTall ? <span className={css.account}>{accountName}</span> : <span className="unseen">{accountName}</span>}
      <span className={css.text} dir="auto">
        {text}
      </span>
    </button>
  );
});
