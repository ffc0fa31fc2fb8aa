import { Anchor, Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Post } from '../api/types.ts';
import { useLeaving } from '../shell/leaving.ts';
import { approve, approveAtTime, may, submit } from '../shell/post-verbs.ts';
import { Time, latenessOf, spanOf, useNow } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { Meter } from './meter.tsx';
import css from './post-column.module.css';
import { PostEditor, kept } from './post-editor.tsx';
import { PostMenu } from './post-menu.tsx';
import { Preview } from './preview.tsx';
import { State } from './state.tsx';
import { useWhere } from './use-networks.ts';

interface PostColumnProps {
  readonly post: Post;
  /** Its place among its neighbours, which is also its key. */
  readonly number?: number;
  readonly isEditing?: boolean;
  readonly onEditing?: (isEditing: boolean) => void;
  readonly isMuted?: boolean;
}

/** One account's post: how it will look, how full it is, what may be done with it. */
export function PostColumn({ post, number, isEditing, onEditing, isMuted = false }: PostColumnProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const { account, network, accountName, networkName, limits } = useWhere()(post.accountId, post.network);
  const isLeaving = useLeaving().has(post.id);
  const canEdit = post.can.includes('edit') && !isLeaving;
  const edits = canEdit && (isEditing ?? isOpen);
  const setEdits = onEditing ?? setIsOpen;
  const isTooLong = limits !== null && post.parts.some((part) => part.text.length > 0) && limits.text !== undefined;
  return (
    <section
      className={`${css.column} ${isLeaving || isMuted ? css.leaving : ''}`}
      aria-label={`${accountName}, ${networkName}`}
      data-post={post.id}
    >
      <header className={css.head}>
        {number !== undefined && number <= 9 && (
          <span className={css.number} aria-hidden="true">
            {number}
          </span>
        )}
        <h2 className={css.title}>
          {accountName} <small>{networkName}</small>
        </h2>
        <State of={isLeaving ? { state: 'cancelled', held: false } : post} />
      </header>
      <div className={css.body}>
        {edits ? (
          <PostEditor
            post={post}
            limits={limits}
            canThread={network?.powers.threads === true}
            onClose={() => setEdits(false)}
          />
        ) : (
          <Preview
            name={accountName}
            networkName={networkName}
            parts={post.parts}
            limits={limits}
            drawsCard={network?.powers['linkCard'] === 'auto' && post.link !== null}
          />
        )}
      </div>
      <footer className={css.foot}>
        <div className={css.when}>
          {!edits && isTooLong && (
            <div>
              {post.parts.map((part, index) => (
                <Meter key={index} text={part.text} rule={limits.text} />
              ))}
            </div>
          )}
          <When post={post} />
          {account?.state === 'signed-out' && <div className={css.bad}>{texts.post.signedOut}</div>}
          {canEdit && !edits && kept(post) !== null && <div>{texts.editor.keptHere}</div>}
        </div>
        {!isLeaving && !edits && may(post, 'approve') && (
          <Button.Group>
            <Button size="compact-sm" onClick={() => void approve([post], 'next-slot')}>
              {texts.verbs.approve}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="compact-sm" px={6} aria-label={texts.verbs.approveHow} className="split">
                  <span aria-hidden="true">▾</span>
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => void approve([post], 'next-slot')}>{texts.verbs.approveNextSlot}</Menu.Item>
                <Menu.Item onClick={() => void approveAtTime([post])}>{texts.verbs.approveAt}</Menu.Item>
                <Menu.Item onClick={() => void approve([post], 'now')}>{texts.verbs.approveNow}</Menu.Item>
                <Menu.Item onClick={() => void approve([post])}>{texts.verbs.approveOnly}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Button.Group>
        )}
        {!isLeaving && may(post, 'submit') && (
          <Button size="compact-sm" variant="default" onClick={() => void submit(post)}>
            {texts.verbs.submit}
          </Button>
        )}
        {canEdit && !edits && (
          <Button size="compact-sm" variant="default" onClick={() => setEdits(true)}>
            {texts.verbs.edit}
          </Button>
        )}
        {post.url !== null && (
          <Anchor href={post.url} target="_blank" rel="noreferrer" size="sm">
            {texts.post.see}
          </Anchor>
        )}
        <span className={css.spring} />
        {!isLeaving && (
          <PostMenu post={post}>
            <Button size="compact-sm" variant="subtle" color="gray" px={6} aria-label={texts.post.more(accountName)}>
              <Icon name="more" />
            </Button>
          </PostMenu>
        )}
      </footer>
    </section>
  );
}

/** When it goes out, when it went out, or why it does not. */
export function When({ post }: { post: Post }): ReactNode {
  const now = useNow(post.state === 'scheduled' ? 1_000 : 30_000);
  if (post.failure !== null && (post.state === 'failed' || post.state === 'unknown')) {
    return (
      <span className={css.bad}>
        {post.failure.sentence} {post.failure.action}
      </span>
    );
  }
  if (post.state === 'published' && post.publishedAt !== null) {
    return (
      <span>
        {texts.post.publishedAt} <Time at={post.publishedAt} />
        {post.latenessMs !== null && ` (${latenessOf(post.latenessMs)})`}
      </span>
    );
  }
  if (post.dueAt !== null && (post.state === 'scheduled' || post.state === 'publishing')) {
    const left = new Date(post.dueAt).getTime() - now.getTime();
    return (
      <span>
        {texts.post.dueAt} <Time at={post.dueAt} /> ({left > 0 ? texts.time.in(spanOf(left)) : texts.post.dueNow})
      </span>
    );
  }
  return post.reason === null ? null : <span>{post.reason}</span>;
}
