import { act, approvePost, editPost } from '../api/actions.ts';
import { ApiError } from '../api/client.ts';
import { serverNow } from '../api/server-clock.ts';
import type { Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { may, mayPublish } from './verbs.ts';

/** What makes a post again what it was. Each answers with a sentence where not all of it could be: what is so instead. */

/** A text and what hung on it: another text takes the approval away, and the time with it. */
export async function textAsBefore(now: Post, before: Post): Promise<string | undefined> {
  return approvedAsBefore(await editPost(now, before.parts), before);
}

export async function textsAsBefore(
  changed: readonly { readonly before: Post; readonly after: Post }[],
): Promise<string | undefined> {
  return firstOf(changed.map(({ before, after }) => textAsBefore(after, before)));
}

/** Of a post that says what it said: in review, approved, or scheduled for the time it had; at once where that has passed. */
export async function approvedAsBefore(now: Post, before: Post): Promise<string | undefined> {
  const mayWait = before.state !== 'draft';
  const waiting = mayWait && now.state === 'draft' ? await act(now, 'submit') : now;
  if (waiting.state === before.state) return undefined;
  if (before.state !== 'approved' && before.state !== 'scheduled') return texts.undo.waitsAgain;
  const { dueAt, approvedUntil } = before;
  const isPast = dueAt !== null && new Date(dueAt).getTime() < serverNow();
  const when = before.state === 'approved' || dueAt === null ? undefined : isPast ? 'now' : { at: dueAt };
  // Not offered to who may not approve, or give times: the server would refuse it.
  if (!may(waiting, 'approve') || (when !== undefined && !mayPublish())) return texts.undo.waitsAgain;
  try {
    await approvePost(waiting, when, approvedUntil);
    return undefined;
  } catch (error) {
    // What is their own, where the house wants another pair of eyes.
    if (error instanceof ApiError && error.status !== 0) return texts.undo.waitsAgain;
    throw error;
  }
}

/** The first that is not as it was speaks for all. */
export async function firstOf(works: readonly Promise<string | undefined>[]): Promise<string | undefined> {
  return (await Promise.all(works)).find((said) => said !== undefined);
}
