import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postsQuery } from '../../api/queries.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { move, sendNow } from '../../shell/post-verbs.ts';
import { texts } from '../../texts.ts';
import css from './rundown.module.css';

/** Approved, and without a time yet. */
export function ReadyTray(): ReactNode {
  const posts = useQuery(postsQuery({ state: ['approved'] }, 50)).data?.items ?? [];
  const where = useWhere();
  if (posts.length === 0) return null;
  return (
    <section className={css.tray} aria-labelledby="ready-posts">
      <h2 id="ready-posts">{texts.rundown.ready(posts.length)}</h2>
      <ul>
        {posts.map((post) => (
          <li key={post.id}>
            <span className={css.trayText} dir="auto">
              {post.parts[0]?.text}
            </span>
            <small className={css.muted}>{where(post.accountId, post.network).accountName}</small>
            <Button size="compact-sm" variant="default" onClick={() => void move(post)}>
              {texts.verbs.schedule}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void sendNow(post)}>
              {texts.verbs.now}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
