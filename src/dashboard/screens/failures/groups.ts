import { groupFailures } from '../../../domain/failure-groups.ts';
import type { FailureGroup as GroupOf } from '../../../domain/failure-groups.ts';
import type { Post } from '../../api/types.ts';

export type FailureGroup = GroupOf<Post>;

/** Groups in the order in which their posts are listed, however many each has by now. */
export function groupsInPlace(posts: readonly Post[]): FailureGroup[] {
  const place = new Map(posts.map((post, index) => [post.id, index]));
  const placeOf = (group: FailureGroup): number => place.get(group.posts[0]?.id ?? '') ?? 0;
  return groupFailures(posts).toSorted((a, b) => placeOf(a) - placeOf(b));
}

const RECONNECT: ReadonlySet<string> = new Set(['auth_expired', 'permission']);
const EDIT: ReadonlySet<string> = new Set(['too_long', 'media_rejected', 'duplicate', 'content_rejected']);
/** What the operator must change first: until then trying again brings the same answer. */
const OPERATOR: ReadonlySet<string> = new Set(['version_sunset', 'blocked_host', 'config', 'internal']);

export function needsReconnect(cause: string): boolean {
  return RECONNECT.has(cause);
}

/** Trying the same text again would bring the same answer. */
export function needsEdit(cause: string): boolean {
  return EDIT.has(cause);
}

export function needsOperator(cause: string): boolean {
  return OPERATOR.has(cause);
}
