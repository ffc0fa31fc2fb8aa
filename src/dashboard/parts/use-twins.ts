import { useQuery } from '@tanstack/react-query';
import type { Limits } from '../../domain/limits.ts';
import type { Twin } from '../../text/repeats.ts';
import { postsQuery } from '../api/queries.ts';
import type { Post } from '../api/types.ts';
import { hoursFromNow } from './on-time.ts';
import { twinsIn } from './twins.ts';

const HOUR_MS = 3_600_000;
const MOST = 500;

/** What else is out or on its way on a post's account, where its network refuses a text twice; nothing elsewhere. */
export function useTwins(post: Post, limits: Limits | null): readonly Twin[] {
  const hours = Math.ceil((limits?.repeats?.withinMs ?? 0) / HOUR_MS);
  const query = postsQuery(
    {
      account: post.accountId,
      state: ['published', 'scheduled', 'publishing', 'unknown'],
      dueAfter: hoursFromNow(-hours),
      sort: '-dueAt',
    },
    MOST,
  );
  const posts = useQuery({ ...query, enabled: hours > 0 }).data?.items ?? [];
  return hours === 0 ? [] : twinsIn(posts, post);
}
