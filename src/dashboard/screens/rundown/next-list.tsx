import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { PostMenuButton } from '../../parts/post-menu-button.tsx';
import { State } from '../../parts/state.tsx';
import { leavesAt } from '../../parts/leaves-at.ts';
import { waitsOf } from '../../parts/next-out.ts';
import { useStillPosts } from '../../parts/use-still.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, spanOf, useNow } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import css from './next-list.module.css';

/** The next ten as a list: the same picture for small screens and for screen readers. */
export function NextList({ posts, onOpen }: { posts: readonly Post[]; onOpen: (post: Post) => void }): ReactNode {
  const now = useNow().getTime();
  const where = useWhere();
  const shown = useStillPosts(
    posts.toSorted((a, b) => leavesAt(a) - leavesAt(b)),
    '[data-next-list]',
  );
  return (
    <section className={css.rail} data-next-list aria-labelledby="next-posts">
      <h2 id="next-posts">{rundownTexts.next}</h2>
      {shown.length === 0 && <p className={css.muted}>{texts.strip.nothingNext}</p>}
      <ol>
        {shown.map((post) => {
          const { accountName, networkName, account } = where(post.accountId, post.network);
          const waits = waitsOf(post, account);
          const goes = leavesAt(post);
          const left = goes - now;
          return (
            <li key={post.id}>
              <div className={css.railHead}>
                <Time of={post.accountId} at={new Date(goes).toISOString()} />
                {(left > 0 || waits === null) && (
                  <span className="tabular">{left > 0 ? texts.time.in(spanOf(left)) : texts.post.dueNow}</span>
                )}
                {post.state === 'scheduled' && !post.held ? null : <State of={post} />}
                <PostMenuButton post={post} />
              </div>
              <button type="button" className={css.railText} onClick={() => onOpen(post)} dir="auto">
                {post.parts[0]?.text}
              </button>
              <small className={css.muted}>
                {accountName} · {networkName}
              </small>
              {waits !== null && (
                <Link to="/setup" className={css.waits}>
                  {texts.strip.waits[waits]}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
