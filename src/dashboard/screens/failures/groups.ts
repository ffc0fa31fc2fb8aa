import type { FailureGroup as GroupOf } from '../../../domain/failure-groups.ts';
import type { Post } from '../../api/types.ts';

export type FailureGroup = GroupOf<Post>;

const RECONNECT: ReadonlySet<string> = new Set(['auth_expired', 'permission']);
const EDIT: ReadonlySet<string> = new Set(['too_long', 'media_rejected', 'duplicate', 'content_rejected']);

export function needsReconnect(cause: string): boolean {
  return RECONNECT.has(cause);
}

/** Trying the same text again would bring the same answer. */
export function needsEdit(cause: string): boolean {
  return EDIT.has(cause);
}
