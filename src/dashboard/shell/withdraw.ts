import { act, approvePost } from '../api/actions.ts';
import type { Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { askWords } from './dialogs.tsx';
import { leave } from './leaving.ts';
import { done } from './undo.tsx';
import { each, may, tell } from './verbs.ts';

/** What takes a post away. What is scheduled stops at once; the last word is said once that can no longer be taken back. */

export async function cancel(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'cancel'));
  if (list.length === 0) return;
  const before = new Map(list.map((post) => [post.id, post]));
  const stopped = await each(texts.verbs.cancel, list, async (post) =>
    post.state === 'scheduled' ? act(post, 'request-changes', { note: texts.undo.cancelNote }) : post,
  );
  if (stopped.length === 0) return;
  leaveAll(stopped, 'cancel', {}, texts.verbs.cancelled(stopped.length), async (post) => {
    const old = before.get(post.id);
    if (old?.state !== 'scheduled' || old.dueAt === null) return;
    const inReview = await act(post, 'submit');
    const isPast = new Date(old.dueAt).getTime() < Date.now();
    await approvePost(inReview, isPast ? 'now' : { at: old.dueAt });
  });
}

/** Takes a failure off the list, with the reason: the post is cancelled. */
export async function dismiss(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'cancel'));
  if (list.length === 0) return done(texts.verbs.settleFirst);
  const reason = await askWords(texts.verbs.dismissTitle, texts.verbs.dismissLabel, texts.verbs.dismiss);
  if (reason !== null) leaveAll(list, 'cancel', { reason }, texts.verbs.dismissed(list.length));
}

export function leaveAll(
  posts: readonly Post[],
  verb: 'reject' | 'cancel',
  body: object,
  sentence: string,
  back?: (post: Post) => Promise<unknown>,
): void {
  const leaves = (post: Post): Promise<unknown> =>
    act(post, verb, body).catch((error: unknown) => tell(texts.verbs[verb], error));
  const ways = posts.map((post) => leave(post.id, () => leaves(post)));
  const takeBack = async (): Promise<unknown> => {
    // Where the page was left and come back to.
    if (!ways.every((way) => way.stay())) return texts.undo.tooLate;
    if (back !== undefined) for (const post of posts) await back(post);
    return undefined;
  };
  done(sentence, takeBack, () => {
    for (const way of ways) way.go();
  });
}
