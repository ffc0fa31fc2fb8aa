import type { ReactNode } from 'react';
import type { Account, Post } from '../api/types.ts';
import { Time, spanOf } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import { useNextFree } from './use-next-free.ts';
import { useWhere } from './use-networks.ts';
import { GoBy, HeldBy } from './when.tsx';
import css from './why.module.css';

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
  const { when } = useNextFree(post.accountId);
  const rules = account === undefined ? [] : rulesOf(account);
  return (
    <li>
      <strong>{accountName}</strong>{' '}
      {post.dueAt === null ? (
        when === null ? null : (
          texts.post.goesOut(when)
        )
      ) : (
        <>
          {post.state === 'published' ? texts.post.publishedAt : texts.post.dueAt}{' '}
          <Time of={post.accountId} at={post.dueAt} />
        </>
      )}
      <br />
      <small>
        {(rules.length === 0 ? [texts.why.anyTime] : rules).join(' · ')}{' '}
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

/** What an account asks of a time, in words. */
function rulesOf({ settings }: Account): string[] {
  const { slots, quietHours, minGapMs, hourlyCap, dailyCap } = settings as {
    slots?: readonly { time: string }[];
    quietHours?: readonly { from: string; to: string }[];
    minGapMs?: number | null;
    hourlyCap?: number | null;
    dailyCap?: number | null;
  };
  return [
    ...(slots !== undefined && slots !== null && slots.length > 0
      ? [texts.why.slots(slots.map((slot) => slot.time).join(', '))]
      : []),
    ...(quietHours ?? []).map(({ from, to }) => texts.why.quiet(from, to)),
    ...(minGapMs == null || minGapMs === 0 ? [] : [texts.why.gap(spanOf(minGapMs))]),
    ...(hourlyCap == null ? [] : [texts.why.hourly(hourlyCap)]),
    ...(dailyCap == null ? [] : [texts.why.daily(dailyCap)]),
  ];
}
