import { Anchor, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Post } from '../../api/types.ts';
import { Empty } from '../../parts/empty.tsx';
import { State } from '../../parts/state.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, latenessOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { AttemptTrail } from './attempt-trail.tsx';
import css from './failures.module.css';

/** What once failed and was settled, newest first: how it ended, and by which tries. */
export function Resolved({ posts }: { posts: readonly Post[] }): ReactNode {
  if (posts.length === 0) return <Empty title={texts.failures.noneResolved} why={texts.failures.noneResolvedWhy} />;
  return (
    <ul className={`${css.group} ${css.posts}`} aria-label={texts.failures.tabs.resolved}>
      {posts.map((post) => (
        <ResolvedPost key={post.id} post={post} />
      ))}
    </ul>
  );
}

function ResolvedPost({ post }: { post: Post }): ReactNode {
  const { accountName } = useWhere()(post.accountId, post.network);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <div className={css.line}>
        <State of={post} />
        <strong>{accountName}</strong>
        <span className={css.text} dir="auto">
          {post.parts[0]?.text}
        </span>
        <small className={css.muted}>
          <Time of={post.accountId} at={post.publishedAt ?? post.updatedAt} />
          {post.latenessMs !== null && ` (${latenessOf(post.latenessMs)})`}
        </small>
      </div>
      <div className={css.actions}>
        {post.reason !== null && <span className={css.detail}>{post.reason}</span>}
        {post.url !== null && (
          <Anchor href={post.url} target="_blank" rel="noreferrer" size="sm">
            {texts.post.see}
          </Anchor>
        )}
        <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {texts.failures.trail}
        </Button>
      </div>
      {isOpen && <AttemptTrail postId={post.id} />}
    </li>
  );
}
