import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { houseRulesQuery } from '../api/queries.ts';
import type { Post } from '../api/types.ts';
import { Time } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import { waitsForAccount } from './next-out.ts';
import { timeRulesOf } from './time-rules.ts';
import { useNextFree } from './use-next-free.ts';
import { useWhere } from './use-networks.ts';
import { GoBy, HeldBy } from './when.tsx';
import css from './why.module.css';

const IS_TO_GO: ReadonlySet<Post['state']> = new Set(['draft', 'in_review', 'approved', 'scheduled']);

/** Why each post goes out when it does: its slot, its account's quiet hours, gap and caps, an embargo, a hold, its worth. */
export function WhyTime({ posts }: { posts: readonly Post[] }): ReactNode {
  if (posts.length === 0) return <p>{texts.why.none}</p>;
  return (
    <ul className={css.left}>
      {posts.map((post) => (
        <Reasons key={post.id} post={post} />
      ))}
    </ul>
  );
}

function Reasons({ post }: { post: Post }): ReactNode {
  const { account, accountName } = useWhere()(post.accountId, post.network);
  const { when } = useNextFree(post);
  const house = useQuery(houseRulesQuery).data?.rules;
  const waits = IS_TO_GO.has(post.state) ? waitsForAccount(account) : null;
  const rules = account === undefined || house === undefined ? null : timeRulesOf(account, house);
  return (
    <li>
      <strong>{accountName}</strong>{' '}
      {post.dueAt === null ? (
        when === null || waits !== null ? null : (
          texts.post.goesOut(when)
        )
      ) : (
        <>
          {post.state === 'published' ? texts.post.publishedAt : texts.post.dueAt}{' '}
          <Time of={post.accountId} at={post.dueAt} />
        </>
      )}
      {waits !== null && (
        <>
          {' '}
          · <strong>{texts.strip.waits[waits]}</strong>
        </>
      )}
      <br />
      <small>
        {(rules?.length === 0 ? [texts.why.anyTime] : (rules ?? [])).join(' · ')}{' '}
        {post.wakeAt !== null && post.dueAt !== null && post.wakeAt > post.dueAt && (
          <>
            · {texts.why.wakes} <Time of={post.accountId} at={post.wakeAt} />
          </>
        )}{' '}
        <GoBy post={post} />
      </small>
      <HeldBy post={post} />
    </li>
  );
}
