import { causes } from './errors.ts';
import type { Cause } from './errors.ts';

/** What of a post says how it failed. Times as the API writes them. */
export interface FailedPost {
  readonly id: string;
  readonly state: string;
  readonly accountId: string;
  readonly network: string;
  readonly failure: { readonly cause: string; readonly sentence?: string; readonly action?: string } | null;
  readonly dueAt: string | null;
  readonly updatedAt: string;
}

/** What broke, together: one cause on one account. */
export interface FailureGroup<Post extends FailedPost> {
  readonly id: string;
  readonly cause: string;
  readonly accountId: string;
  readonly network: string;
  readonly sentence: string;
  readonly action: string;
  readonly posts: readonly Post[];
  /** When the longest waiting of them was due: Unix time in milliseconds. */
  readonly oldest: number;
  readonly isInDoubt: boolean;
}

/** Failed, in doubt and too late, grouped by cause and account; the largest harm first. */
export function groupFailures<Post extends FailedPost>(posts: readonly Post[]): FailureGroup<Post>[] {
  const groups = new Map<string, Post[]>();
  for (const post of posts) {
    const id = `${causeOf(post)}|${post.accountId}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [post]);
    else group.push(post);
  }
  return [...groups]
    .map(([id, group]) => {
      const first = group[0] as Post;
      const cause = causeOf(first);
      const words = cause in causes ? causes[cause as Cause] : undefined;
      return {
        id,
        cause,
        accountId: first.accountId,
        network: first.network,
        sentence: first.failure?.sentence ?? words?.sentence ?? '',
        action: first.failure?.action ?? words?.action ?? '',
        posts: group,
        oldest: Math.min(...group.map((post) => new Date(post.dueAt ?? post.updatedAt).getTime())),
        isInDoubt: group.some((post) => post.state === 'unknown'),
      };
    })
    .sort((a, b) => Number(b.isInDoubt) - Number(a.isInDoubt) || b.posts.length - a.posts.length);
}

function causeOf(post: FailedPost): string {
  if (post.state === 'stale') return 'stale';
  if (post.state === 'unknown') return 'timeout_unknown';
  return post.failure?.cause ?? 'internal';
}
