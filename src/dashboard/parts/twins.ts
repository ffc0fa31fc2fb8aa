import type { Twin } from '../../text/repeats.ts';
import type { Post } from '../api/types.ts';
import { leavesAt } from './leaves-at.ts';

/** Other posts on the account of `own` as its text is compared with them. */
export function twinsIn(posts: readonly Post[], own: Post): Twin[] {
  const wanted = leavesAt(own);
  const others = posts.filter((post) => {
    return post.id !== own.id && post.accountId === own.accountId && post.removedAt === null;
  });
  return others.map((post) => {
    const at = leavesAt(post);
    const [from, to] = [Math.min(at, wanted), Math.max(at, wanted)];
    return {
      where: post.id,
      at: new Date(at),
      isOut: post.state === 'published',
      isLast: !others.some((other) => leavesAt(other) > from && leavesAt(other) < to),
      texts: post.parts.map(({ text }) => text),
    };
  });
}
