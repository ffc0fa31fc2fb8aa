import type { Post } from '../api/types.ts';
import { holdOrLift } from '../shell/hold-post.ts';
import { useWhere } from './use-networks.ts';

/** Holds a post, or lifts its own hold; of several it asks which, by the names of their accounts. */
export function useHold(): (posts: readonly Post[]) => Promise<void> {
  const where = useWhere();
  return (posts) => holdOrLift(posts, (post) => where(post.accountId, post.network).accountName);
}
