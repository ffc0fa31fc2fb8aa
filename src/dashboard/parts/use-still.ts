import { useEffect, useRef } from 'react';
import { isOwn } from '../api/own-changes.ts';
import type { Post } from '../api/types.ts';
import { useIsPointed } from './use-pointed.ts';

/** A value as it was while it is to stay so. @param what it is of: of something else it is another at once. */
export function useStill<Value>(next: Value, isStill: boolean, what: unknown = null): Value {
  const last = useRef({ what, value: next });
  const shown = isStill && last.current.what === what ? last.current.value : next;
  useEffect(() => {
    last.current = { what, value: shown };
  });
  return shown;
}

/**
 * A list of posts that keeps its rows where they are while the mouse is on it: they change in place, what is new waits, and
 * what is gone stays as it was last. What the reader takes away goes at once.
 * @param selector of what the list is drawn in. @param what it lists, or how often it was asked to be as it is now.
 */
export function useStillPosts(next: readonly Post[], selector: string, what: unknown = null): readonly Post[] {
  const last = useRef(next);
  const of = useRef(what);
  const isPointed = useIsPointed(selector);
  const byId = new Map(next.map((post) => [post.id, post]));
  const shown =
    isPointed && of.current === what && last.current.length > 0
      ? last.current.flatMap((post) => byId.get(post.id) ?? (isOwn(post.id) ? [] : post))
      : next;
  useEffect(() => {
    last.current = shown;
    of.current = what;
  });
  return shown;
}

/**
 * Posts whose holds by others are told as they were while the mouse is on one of them: each takes a line, and stands above the
 * buttons. That they are held stands in their states at once.
 */
export function useStillHolds(next: readonly Post[], selector: string): readonly Post[] {
  const last = useRef(next);
  const isPointed = useIsPointed(selector);
  const shown = !isPointed
    ? next
    : next.map((post) => {
        const before = last.current.find(({ id }) => id === post.id);
        return before === undefined || isOwn(post.id) ? post : { ...post, heldBy: before.heldBy };
      });
  useEffect(() => {
    last.current = shown;
  });
  return shown;
}
