import { useQuery } from '@tanstack/react-query';
import { postsQuery } from '../../api/queries.ts';

/** How many posts have a time on an account that cannot send, and wait for it. @param isWaited for: else nothing is asked. */
export function useWaitBehind(account: string, isWaited: boolean): number {
  const query = postsQuery({ state: ['scheduled'], account, sort: 'dueAt' }, 500);
  const posts = useQuery({ ...query, enabled: isWaited }).data?.items ?? [];
  return isWaited ? posts.length : 0;
}
