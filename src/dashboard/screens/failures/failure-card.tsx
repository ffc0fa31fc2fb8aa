import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Post } from '../../api/types.ts';
import { PostEditor } from '../../parts/post-editor.tsx';
import { State } from '../../parts/state.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { checkOnNetwork, dismiss, markPublished, may, move, retry, sendAgain } from '../../shell/post-verbs.ts';
import { spanOf, useNow } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { AttemptTrail } from './attempt-trail.tsx';
import css from './failures.module.css';
import type { FailureGroup } from './groups.ts';

interface FailureCardProps {
  readonly group: FailureGroup;
  readonly chosenId: string | null;
  readonly editing: string | null;
  readonly onChoose: (id: string) => void;
  readonly onEditing: (id: string | null) => void;
}

const RECONNECT = new Set(['auth_expired', 'permission']);
/** Trying the same text again would bring the same answer. */
const EDIT = new Set(['too_long', 'media_rejected', 'duplicate', 'content_rejected']);

/** One cause on one account: the sentence, what helps, and each post with its trail. */
export function FailureCard({ group, chosenId, editing, onChoose, onEditing }: FailureCardProps): ReactNode {
  const { accountName, networkName } = useWhere()(group.accountId, group.network);
  const now = useNow(10_000).getTime();
  const sentence = group.cause === 'stale' ? texts.failures.stale : group.sentence;
  const action = group.cause === 'stale' ? texts.failures.staleAction : group.action;
  const retriable = group.posts.filter((post) => may(post, 'retry'));
  return (
    <section className={css.group} aria-label={`${accountName}: ${sentence}`}>
      <header className={css.head}>
        <div>
          <h2>
            {accountName} <small>{networkName}</small>
          </h2>
          <p>
            <strong>{sentence}</strong> {action}
          </p>
          <small className={css.muted}>
            {texts.posts(group.posts.length)} · {texts.failures.oldest(spanOf(now - group.oldest))} ·{' '}
            <code>{group.cause}</code>
          </small>
        </div>
        <div className={css.actions}>
          {RECONNECT.has(group.cause) && (
            <Button component={Link} to="/setup" data-reconnect>
              {texts.failures.reconnect}
            </Button>
          )}
          {group.isInDoubt && (
            <Button
              onClick={() => void Promise.all(group.posts.filter((post) => may(post, 'check')).map(checkOnNetwork))}
            >
              {texts.failures.checkAll}
            </Button>
          )}
          {retriable.length > 0 && (
            <Button
              variant={RECONNECT.has(group.cause) || EDIT.has(group.cause) ? 'default' : 'filled'}
              onClick={() => void retry(retriable)}
            >
              {texts.failures.retryCount(retriable.length)}
            </Button>
          )}
          <Button variant="default" onClick={() => void dismiss(group.posts)}>
            {texts.failures.dismiss}
          </Button>
        </div>
      </header>
      <ul className={css.posts}>
        {group.posts.map((post) => (
          <FailedPost
            key={post.id}
            post={post}
            isChosen={post.id === chosenId}
            isEditing={post.id === editing}
            onChoose={() => onChoose(post.id)}
            onEditing={(isEditing) => onEditing(isEditing ? post.id : null)}
          />
        ))}
      </ul>
    </section>
  );
}

interface FailedPostProps {
  readonly post: Post;
  readonly isChosen: boolean;
  readonly isEditing: boolean;
  readonly onChoose: () => void;
  readonly onEditing: (isEditing: boolean) => void;
}

function FailedPost({ post, isChosen, isEditing, onChoose, onEditing }: FailedPostProps): ReactNode {
  const { limits, network } = useWhere()(post.accountId, post.network);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li className={isChosen ? css.chosen : ''} data-failure={post.id} tabIndex={-1} onFocus={onChoose}>
      <div className={css.line}>
        <State of={post} />
        <span className={css.text} dir="auto">
          {post.parts[0]?.text}
        </span>
      </div>
      {post.failure !== null && (
        <p className={css.detail}>
          {post.failure.detail}
          {post.failure.code !== undefined && (
            <>
              {' '}
              <code>{post.failure.code}</code>
            </>
          )}
        </p>
      )}
      {isEditing ? (
        <PostEditor
          post={post}
          limits={limits}
          canThread={network?.powers['threads'] === true}
          onClose={() => onEditing(false)}
        />
      ) : (
        <div className={css.actions}>
          {may(post, 'check') && (
            <Button size="compact-sm" onClick={() => void checkOnNetwork(post)}>
              {texts.verbs.check}
            </Button>
          )}
          {may(post, 'mark-published') && (
            <Button size="compact-sm" variant="default" onClick={() => void markPublished(post)}>
              {texts.verbs.mark}
            </Button>
          )}
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
          {post.can.includes('edit') && (
            <Button
              size="compact-sm"
              variant={EDIT.has(post.failure?.cause ?? '') ? 'filled' : 'default'}
              onClick={() => onEditing(true)}
            >
              {texts.failures.editAndRetry}
            </Button>
          )}
          {may(post, 'schedule') && (
            <Button size="compact-sm" variant="default" onClick={() => void move(post)}>
              {texts.failures.retime}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {texts.failures.trail}
          </Button>
        </div>
      )}
      {isOpen && <AttemptTrail postId={post.id} />}
    </li>
  );
}
