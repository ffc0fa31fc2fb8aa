import type { ReactNode } from 'react';
import type { PostState } from '../../domain/post.ts';
import type { Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import css from './state.module.css';
import tone from './tone.module.css';

const icons: Record<PostState, IconName> = {
  draft: 'draft',
  in_review: 'review',
  approved: 'approved',
  scheduled: 'scheduled',
  publishing: 'publishing',
  published: 'published',
  failed: 'failed',
  unknown: 'unknown',
  stale: 'stale',
  cancelled: 'cancelled',
  superseded: 'superseded',
};

/** What is shown of a post's state: `held` wins over `scheduled`, because that is why nothing happens. */
export function shownState(post: Pick<Post, 'state' | 'held'>): PostState | 'held' {
  return post.held && (post.state === 'scheduled' || post.state === 'approved') ? 'held' : post.state;
}

/** The icon of a shown state. */
export function stateIcon(shown: PostState | 'held'): IconName {
  return shown === 'held' ? 'held' : icons[shown];
}

/** The same form for what is kept back by something else than its own state. */
export function Waits({ words }: { words: string }): ReactNode {
  return (
    <span className={`${css.state} ${tone['held'] ?? ''}`} data-state="waits">
      <Icon name="held" size={12} />
      {words}
    </span>
  );
}

/** A state as one word, one colour and one icon. */
export function State({ of }: { of: Pick<Post, 'state' | 'held'> }): ReactNode {
  const shown = shownState(of);
  return (
    <span className={`${css.state} ${tone[shown] ?? ''}`} data-state={shown}>
      <Icon name={stateIcon(shown)} size={12} />
      {texts.states[shown]}
    </span>
  );
}
