import type { ReactNode } from 'react';
import { memo } from 'react';
import type { Post } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import type { AccountWaits } from '../../parts/next-out.ts';
import { shownState, stateIcon } from '../../parts/state.tsx';
import tone from '../../parts/tone.module.css';
import { clockAt, clockOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import css from './chip.module.css';

interface ChipProps {
  readonly post: Post;
  readonly zone: string;
  readonly accountName: string;
  /** What keeps it back besides its time: the state of its account. */
  readonly waits: AccountWaits;
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
  const { post, zone, accountName, waits, isPicked, isLeaving, isTall } = props;
  const due = new Date(post.dueAt ?? 0);
  const shown = waits === null ? shownState(post) : 'held';
  const state = waits === null ? texts.states[shown] : rundownTexts.waits[waits];
  const where = isTall && waits !== null ? `${state} · ${accountName}` : accountName;
  const text = post.parts[0]?.text ?? '';
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${css.chip} ${tone[shown] ?? ''} ${isTall ? css.tall : ''} ${isLeaving ? css.leaving : ''}`}
      data-chip={post.id}
      data-state={shown}
      aria-pressed={isPicked}
      {...clockAt(
        due,
        post.accountId,
        `${accountName} · ${waits === null ? state : texts.strip.waits[waits]}\n${text}`,
      )}
    >
      <Icon name={stateIcon(shown)} size={11} />
      {where === accountName && <span className="unseen">{state}</span>}
      <span className="tabular">{clockOf(due, zone)}</span>
      <span className={isTall ? css.account : 'unseen'}>{where}</span>
      <span className={css.text} dir="auto">
        {text}
      </span>
    </button>
  );
});
