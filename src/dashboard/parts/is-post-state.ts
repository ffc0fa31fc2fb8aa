import { postStates } from '../../domain/post.ts';
import type { PostState } from '../../domain/post.ts';

export function isPostState(value: unknown): value is PostState {
  return (postStates as readonly unknown[]).includes(value);
}
