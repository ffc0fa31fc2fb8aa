import { Anchor, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState } from 'react';
import type { Post } from '../api/types.ts';
import { submit } from '../shell/decide.ts';
import { useLeaving } from '../shell/leaving.ts';
import { may } from '../shell/verbs.ts';
import { texts } from '../texts.ts';
import { ApproveButton } from './approve-button.tsx';
import { Bones } from './bones.tsx';
import { HoldButton } from './hold-button.tsx';
import { kept } from './kept.ts';
import { Meter } from './meter.tsx';
import { dollarsOf } from './money.ts';
import { Origin } from './origin.tsx';
import css from './post-column.module.css';
import { PostMenuButton } from './post-menu-button.tsx';
import { Preview } from './preview.tsx';
import { State } from './state.tsx';
import { useWhere } from './use-networks.ts';
import { GoBy, HeldBy, Online, When } from './when.tsx';

// Who only reads and decides never loads it.
const PostEditor = lazy(() => import('./post-editor.tsx').then((module) => ({ default: module.PostEditor })));

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
  const where = useWhere()(post.accountId, post.network);
  const { account, network, accountName, networkName, limits } = where;
  const isLeaving = useLeaving().has(post.id);
  const canEdit = post.can.includes('edit') && !isLeaving;
  const edits = canEdit && (isEditing ?? isOpen);
  const setEdits = onEditing ?? setIsOpen;
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
        <Origin post={post} limits={limits} />
        <State of={isLeaving ? { state: 'cancelled', held: false } : post} />
      </header>
      <div className={css.body}>
        {edits ? (
          <Suspense fallback={<Bones rows={1} height={140} />}>
            <PostEditor post={post} where={where} onClose={() => setEdits(false)} onReopen={() => setEdits(true)} />
          </Suspense>
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
          {!edits && (
            <div className={css.facts}>
              {limits !== null &&
                post.parts.map((part, index) => <Meter key={index} text={part.text} rule={limits.text} />)}
              {post.costMicroUsd > 0 && <span>{texts.post.costs(dollarsOf(post.costMicroUsd))}</span>}
              <GoBy post={post} />
            </div>
          )}
          <Online post={post} />
          <HeldBy post={post} />
          <When post={post} />
          {account?.state === 'signed-out' && <div className={css.bad}>{texts.post.signedOut}</div>}
          {canEdit && !edits && kept(post) !== null && <div>{texts.editor.keptHere}</div>}
        </div>
        {!isLeaving && !edits && may(post, 'approve') && <ApproveButton post={post} />}
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
        {!isLeaving && !edits && <HoldButton post={post} />}
        {post.url !== null && (
          <Anchor href={post.url} target="_blank" rel="noreferrer" size="sm">
            {texts.post.see}
          </Anchor>
        )}
        <span className={css.spring} />
        {!isLeaving && <PostMenuButton post={post} />}
      </footer>
    </section>
  );
}
