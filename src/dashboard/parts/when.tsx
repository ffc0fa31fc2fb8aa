import type { ReactNode } from 'react';
import type { HeldBy as Hold, Post } from '../api/types.ts';
import { Time, latenessOf, spanOf, useNow } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import css from './post-column.module.css';
import { leavesAt } from './leaves-at.ts';
import { useNameOf } from './use-name-of.ts';

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
  if (post.removedAt !== null) {
    return (
      <span>
        {texts.post.removedAt} <Time of={post.accountId} at={post.removedAt} />
      </span>
    );
  }
  if (post.state === 'published' && post.publishedAt !== null) {
    return (
      <span>
        {texts.post.publishedAt} <Time of={post.accountId} at={post.publishedAt} />
        {post.latenessMs !== null && ` (${latenessOf(post.latenessMs)})`}
      </span>
    );
  }
  if (post.dueAt !== null && (post.state === 'scheduled' || post.state === 'publishing')) {
    const goes = leavesAt(post);
    const left = goes - now.getTime();
    return (
      <span>
        {texts.post.dueAt} <Time of={post.accountId} at={new Date(goes).toISOString()} /> (
        {left > 0 ? texts.time.in(spanOf(left)) : texts.post.dueNow})
      </span>
    );
  }
  return post.reason === null ? null : <span>{post.reason}</span>;
}

/** Of a thread that was cut: what readers see of it all the same. */
export function Online({ post }: { post: Post }): ReactNode {
  const isCut = post.state !== 'published' && post.state !== 'publishing' && post.partsOnline.length > 0;
  return isCut ? <span className={css.bad}>{texts.post.online(post.partsOnline, post.parts.length)}</span> : null;
}

/** Until when the post is worth anything, where somebody or its time has said so; red in the last ten minutes. */
export function GoBy({ post }: { post: Post }): ReactNode {
  const now = useNow(10_000).getTime();
  const by = post.staleAt ?? post.worthlessAfter;
  if (by === null || !post.can.includes('setWorth')) return null;
  const left = new Date(by).getTime() - now;
  return (
    <span className={left < 600_000 ? css.bad : undefined}>
      {left > 0 ? texts.post.goBy(spanOf(left)) : texts.post.worthless}
    </span>
  );
}

/** Why nothing happens: the holds that match, by whom, since when and why. */
export function HeldBy({ post }: { post: Post }): ReactNode {
  return post.heldBy.map((hold) => <Held key={hold.id} by={hold} />);
}

function Held({ by }: { by: Hold }): ReactNode {
  const nameOf = useNameOf();
  return (
    <span className={css.held}>
      {texts.post.heldBy(nameOf(by.placedBy, by.placedByName))} <Time at={by.placedAt} />:{' '}
      <bdi>{texts.post.heldFor(by.reason)}</bdi>
    </span>
  );
}
