import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postsQuery } from '../../api/queries.ts';
import { NetworkSaid } from '../../parts/network-said.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { spanOf, useNow } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './failures.module.css';

/** What is tried again by itself: nobody has to do anything, but may want to know. */
export function Retrying(): ReactNode {
  const query = postsQuery({ state: ['scheduled'], hadFailure: true, sort: 'dueAt' }, 200);
  const posts = useQuery(query).data?.items.filter((post) => post.failure !== null && post.wakeAt !== null) ?? [];
  const now = useNow().getTime();
  const where = useWhere();
  if (posts.length === 0) return null;
  return (
    <section className={css.group} aria-labelledby="retrying">
      <header className={css.head}>
        <h2 id="retrying">{texts.failures.retrying(posts.length)}</h2>
      </header>
      <ul className={css.posts}>
        {posts.map((post) => (
          <li key={post.id}>
            <div className={css.line}>
              <strong>{where(post.accountId, post.network).accountName}</strong>
              <span className={css.text} dir="auto">
                {post.parts[0]?.text}
              </span>
              <span className="tabular">
                {texts.failures.nextTry(post.tries + 1, spanOf(new Date(post.wakeAt ?? 0).getTime() - now))}
              </span>
            </div>
            <p className={css.detail}>{post.failure?.sentence}</p>
            {post.failure !== null && <NetworkSaid detail={post.failure.detail} code={post.failure.code} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
