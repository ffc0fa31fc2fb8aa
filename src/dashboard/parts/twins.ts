import type { Twin } from '../../text/repeats.ts';
import type { Post } from '../api/types.ts';

/** Other posts on the account of `own` as its text is compared with them. */
export function twinsIn(posts: readonly Post[], own: Post): Twin[] {
  const wanted = timeOf(own);
  const others = posts.filter((post) => {
    return post.id !== own.id && post.accountId === own.accountId && post.removedAt === null;
  });
  return others.map((post) => {
    const at = timeOf(post);
    const [from, to] = [Math.min(at, wanted), Math.max(at, wanted)];
    return {
      where: post.id,
      at: new Date(at),
      isOut: post.state === 'published',
      isLast: !others.some((other) => timeOf(other) > from && timeOf(other) < to),
      texts: post.parts.map(({ text }) => text),
    };
  });
}

/** In epoch milliseconds; a post without a time would go out now. */
export function timeOf({ publishedAt, wakeAt, dueAt }: Post): number {
  const known = publishedAt ?? wakeAt ?? dueAt;
  return known === null ? Date.now() : Date.parse(known);
}
