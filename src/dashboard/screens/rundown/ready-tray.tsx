import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { PostMenuButton } from '../../parts/post-menu-button.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { move, sendNow } from '../../shell/timing.ts';
import { texts } from '../../texts.ts';
import css from './rundown.module.css';

/** Approved, and without a time yet: dragged onto a lane, or given a time by its button. */
export function ReadyTray({ posts }: { posts: readonly Post[] }): ReactNode {
  const where = useWhere();
  if (posts.length === 0) return null;
  return (
    <section className={css.tray} aria-labelledby="ready-posts">
      <h2 id="ready-posts">{texts.rundown.ready(posts.length)}</h2>
      <ul>
        {posts.map((post) => {
          const { accountName } = where(post.accountId, post.network);
          return (
            <li
              key={post.id}
              draggable
              data-ready={post.id}
              onDragStart={(event) => event.dataTransfer.setData('text/plain', post.id)}
            >
              <span className={css.grip} aria-hidden="true">
                ⠿
              </span>
              <span className={css.trayText} dir="auto">
                {post.parts[0]?.text}
              </span>
              <small className={css.muted}>{accountName}</small>
              <Button size="compact-sm" variant="default" onClick={() => void move([post])}>
                {texts.verbs.schedule}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => void sendNow(post)}>
                {texts.verbs.now}
              </Button>
              <PostMenuButton post={post} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
