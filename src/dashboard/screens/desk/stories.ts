import type { Post } from '../../api/types.ts';
import { inOrder } from '../../parts/order.ts';
import type { Urgency } from '../../../domain/post.ts';

/** Posts of one article that wait together; a ready text that came without an article stands alone. */
export interface Waiting {
  readonly id: string;
  readonly articleId: string | null;
  readonly urgency: Urgency;
  readonly posts: readonly Post[];
  /** When the first of them is worth nothing any more. */
  readonly goBy: number | null;
  readonly since: number;
}

const order: Record<Urgency, number> = { breaking: 0, normal: 1, evergreen: 2 };

/** The review inbox: by urgency, then what must go first, then what has waited longest. */
export function waitingStories(posts: readonly Post[]): Waiting[] {
  const groups = new Map<string, Post[]>();
  for (const post of posts) {
    const id = post.articleId ?? post.id;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [post]);
    else group.push(post);
  }
  return [...groups]
    .map(([id, group]) => ({
      id,
      articleId: group[0]?.articleId ?? null,
      urgency: group.map((post) => post.urgency).sort((a, b) => order[a] - order[b])[0] ?? 'normal',
      posts: group.toSorted(inOrder),
      goBy: earliest(group.map((post) => post.staleAt ?? post.worthlessAfter)),
      since: earliest(group.map((post) => post.createdAt)) ?? 0,
    }))
    .sort(
      (a, b) => order[a.urgency] - order[b.urgency] || (a.goBy ?? Infinity) - (b.goBy ?? Infinity) || a.since - b.since,
    );
}

function earliest(times: readonly (string | null)[]): number | null {
  const known = times.filter((time) => time !== null).map((time) => new Date(time).getTime());
  return known.length === 0 ? null : Math.min(...known);
}
