import { Button, Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Post } from '../../api/types.ts';
import { NetworkSaid } from '../../parts/network-said.tsx';
import { PostEditor } from '../../parts/post-editor.tsx';
import { PostMenuButton } from '../../parts/post-menu-button.tsx';
import { Online } from '../../parts/when.tsx';
import { State } from '../../parts/state.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { GoBy } from '../../parts/when.tsx';
import { checkOnNetwork, markPublished, retry, sendAgain } from '../../shell/mend.ts';
import { move } from '../../shell/timing.ts';
import { may } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { AttemptTrail } from './attempt-trail.tsx';
import { copyBundle } from './bundle.ts';
import css from './failures.module.css';
import { needsEdit } from './groups.ts';

interface FailedPostProps {
  readonly post: Post;
  readonly isChosen: boolean;
  readonly isSelected: boolean;
  readonly isEditing: boolean;
  readonly onChoose: () => void;
  readonly onSelect: () => void;
  readonly onEditing: (isEditing: boolean) => void;
}

/** One post that did not go out: the network's own words, how long it is worth anything, what helps. In doubt, Check comes first. */
export function FailedPost({
  post,
  isChosen,
  isSelected,
  isEditing,
  onChoose,
  onSelect,
  onEditing,
}: FailedPostProps): ReactNode {
  const where = useWhere()(post.accountId, post.network);
  const [isOpen, setIsOpen] = useState(false);
  // Where it is sure that nothing went out, this stands in the menu only.
  const isInDoubt = may(post, 'check');
  // The same text again would bring the same answer: what helps stands first.
  const isToEdit = needsEdit(post.failure?.cause ?? '');
  const edit = post.can.includes('edit') && (
    <Button size="compact-sm" variant={isToEdit ? 'filled' : 'default'} onClick={() => onEditing(true)}>
      {texts.failures.editAndRetry}
    </Button>
  );
  return (
    <li
      className={isChosen ? css.chosen : ''}
      aria-current={isChosen ? 'true' : undefined}
      data-failure={post.id}
      tabIndex={-1}
      onFocus={onChoose}
    >
      <div className={css.line}>
        <Checkbox
          size="xs"
          checked={isSelected}
          onChange={onSelect}
          aria-label={texts.failures.select(post.parts[0]?.text.slice(0, 60) ?? '')}
        />
        <State of={post} />
        <span className={css.text} dir="auto">
          {post.parts[0]?.text}
        </span>
        <small className={css.muted}>
          <GoBy post={post} />
        </small>
      </div>
      {post.failure !== null && (
        <NetworkSaid detail={post.failure.detail} code={`${post.failure.cause} ${post.failure.code ?? ''}`.trim()} />
      )}
      <Online post={post} />
      {isEditing ? (
        <PostEditor post={post} where={where} onClose={() => onEditing(false)} onReopen={() => onEditing(true)} />
      ) : (
        <div className={css.actions}>
          {isInDoubt && (
            <Button size="compact-sm" onClick={() => void checkOnNetwork([post])}>
              {texts.verbs.check}
            </Button>
          )}
          {isInDoubt && may(post, 'mark-published') && (
            <Button size="compact-sm" variant="default" onClick={() => void markPublished(post)}>
              {texts.verbs.mark}
            </Button>
          )}
          {isToEdit && edit}
          {may(post, 'retry') && (
            <Button size="compact-sm" variant="default" onClick={() => void retry([post])}>
              {texts.verbs.retry}
            </Button>
          )}
          {may(post, 'send-again') && (
            <Button size="compact-sm" variant="default" onClick={() => void sendAgain(post)}>
              {texts.verbs.again}
            </Button>
          )}
          {!isToEdit && edit}
          {may(post, 'schedule') && (
            <Button size="compact-sm" variant="default" onClick={() => void move([post])}>
              {texts.failures.retime}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {texts.failures.trail}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => void copyBundle([post])}>
            {texts.failures.bundle}
          </Button>
          <PostMenuButton post={post} />
        </div>
      )}
      {isOpen && <AttemptTrail postId={post.id} />}
    </li>
  );
}
