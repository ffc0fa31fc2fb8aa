import { act } from '../api/actions.ts';
import type { Post } from '../api/types.ts';
import { slotWithWords } from '../parts/kept.ts';
import { texts } from '../texts.ts';
import { askWords } from './dialogs.tsx';
import { lastWord } from './last-word.ts';
import { leave } from './leaving.ts';
import { approvedAsBefore, firstOf } from './restore.ts';
import { done } from './undo.tsx';
import { each, may } from './verbs.ts';

/** What takes a post away. What is scheduled stops at once; the last word is said once that can no longer be taken back. */

export async function cancel(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'cancel'));
  if (list.length === 0) return;
  const before = new Map(list.map((post) => [post.id, post]));
  const stopped = await each(texts.verbs.cancel, list, stop);
  if (stopped.length === 0) return;
  leaveAll(stopped, 'cancel', {}, texts.verbs.cancelled(stopped.length), (post) => goOn(post, before.get(post.id)));
}

/** Says that a post goes to another account instead, as a copy. Taken back, the copy is cancelled and the post as it was. */
export async function replace(post: Post, copy: Post, accountName: string, sentence: string): Promise<void> {
  const cancelCopy = (): Promise<Post> => act(copy, 'cancel', { reason: texts.undo.note });
  const [stopped] = may(post, 'cancel') ? await each(texts.verbs.cancel, [post], stop) : [];
  if (stopped === undefined) return done(sentence, cancelCopy);
  const reason = texts.failures.movedTo(accountName);
  leaveAll([stopped], 'cancel', { reason }, sentence, (now) => goOn(now, post), cancelCopy);
}

/** What is scheduled does not go out before the last word. For who may give nothing back it stays where it is until then. */
async function stop(post: Post): Promise<Post> {
  if (post.state !== 'scheduled' || !may(post, 'request-changes')) return post;
  return act(post, 'request-changes', { note: texts.undo.cancelNote });
}

async function goOn(stopped: Post, before: Post | undefined): Promise<string | undefined> {
  return before?.state === 'scheduled' ? approvedAsBefore(stopped, before) : undefined;
}

/** Takes a failure off the list, with the reason: the post is cancelled. */
export async function dismiss(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'cancel'));
  if (list.length === 0) return done(texts.verbs.settleFirst);
  const reason = await askWords(texts.verbs.dismissTitle, texts.verbs.dismissLabel, texts.verbs.dismiss, {
    slot: slotWithWords('cancel', list),
  });
  if (reason !== null) leaveAll(list, 'cancel', { reason }, texts.verbs.dismissed(list.length));
}

/**
 * @param back what is still to be done for a post that stays.
 * @param first what has to be taken back before any of them stays: where that cannot be, they go.
 */
export function leaveAll(
  posts: readonly Post[],
  verb: 'reject' | 'cancel',
  body: object,
  sentence: string,
  back?: (post: Post) => Promise<string | undefined>,
  first?: () => Promise<unknown>,
): void {
  const leaves = lastWord(posts, verb, body);
  const ways = posts.map((post) => leave(post.id, () => leaves(post)));
  const go = (): void => {
    for (const way of ways) way.go();
  };
  const takeBack = async (): Promise<string | undefined> => {
    try {
      await first?.();
    } catch (error) {
      go();
      throw error;
    }
    // Where the page was left and come back to.
    const stayed = ways.map((way) => way.stay());
    if (stayed.includes(false)) return texts.undo.tooLate;
    return back === undefined ? undefined : firstOf(posts.map(back));
  };
  done(sentence, takeBack, go);
}
