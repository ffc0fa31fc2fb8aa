import { Button } from '@mantine/core';
import type { PointerEvent, ReactNode } from 'react';
import type { Post } from '../api/types.ts';
import { move, sendNow } from '../shell/timing.ts';
import { may } from '../shell/verbs.ts';
import { texts } from '../texts.ts';
import { PostMenuButton } from './post-menu-button.tsx';
import css from './ready-tray.module.css';
import { useWhere } from './use-networks.ts';

interface ReadyTrayProps {
  readonly posts: readonly Post[];
  /** From `useDrag`; what is grabbed carries `data-ready`. */
  readonly onPointerDown: (event: PointerEvent) => void;
  /** One line, beside a plan. */
  readonly isStrip?: boolean;
  readonly children?: ReactNode;
}

/** What a tray stands in, and what stands below it: while the mouse is there, it keeps its rows (`useStillPosts`). */
export const NEAR_TRAY = '[data-ready-tray], [data-next-list]';

/** Approved, and without a time yet: dragged to where it is to go out, or given a time by its button or its menu. */
export function ReadyTray({ posts, onPointerDown, isStrip = false, children }: ReadyTrayProps): ReactNode {
  const where = useWhere();
  if (posts.length === 0) return null;
  return (
    <section className={`${css.tray} ${isStrip ? css.strip : ''}`} data-ready-tray aria-labelledby="ready-posts">
      <h2 id="ready-posts">{texts.post.ready(posts.length)}</h2>
      <ul onPointerDown={onPointerDown}>
        {posts.map((post) => {
          const { accountName } = where(post.accountId, post.network);
          const text = post.parts[0]?.text;
          return (
            <li key={post.id} data-ready={post.id}>
              <span className={css.grip} aria-hidden="true">
                ⠿
              </span>
              <span className={css.text} dir="auto" title={text}>
                {text}
              </span>
              <small className={css.muted}>{accountName}</small>
              {!isStrip && (
                <>
                  {may(post, 'schedule') && (
                    <Button size="compact-sm" variant="default" onClick={() => void move([post])}>
                      {texts.verbs.schedule}
                    </Button>
                  )}
                  {may(post, 'publish') && (
                    <Button size="compact-sm" variant="default" onClick={() => void sendNow(post)}>
                      {texts.verbs.now}
                    </Button>
                  )}
                </>
              )}
              <PostMenuButton post={post} />
            </li>
          );
        })}
      </ul>
      {children}
    </section>
  );
}

/** The post of the tray that an element belongs to; what can be pressed is pressed, not dragged. */
export function readyAt(element: Element, posts: readonly Post[]): Post | null {
  if (element.closest('button') !== null) return null;
  const id = element.closest<HTMLElement>('[data-ready]')?.dataset['ready'];
  return posts.find((post) => post.id === id && may(post, 'schedule')) ?? null;
}
