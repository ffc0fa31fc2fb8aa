import { act, actionOf, approvePost, publishNow, schedulePost } from '../api/actions.ts';
import type { When } from '../api/actions.ts';
import { ApiError } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { GivenSchedule, Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { askTime, askWords, confirm } from './dialogs.tsx';
import { leave } from './leaving.ts';
import { done, failed } from './undo.tsx';

/** What a person does to posts, each with its words, its question where there must be one, and its way back. */

type Named = keyof typeof actionOf;

export function may(of: Post, verb: Named): boolean {
  return of.can.includes(actionOf[verb]);
}

async function run(what: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 412) {
      void queryClient.invalidateQueries({ queryKey: ['posts'] });
      failed(texts.verbs.changedMeanwhile, error);
    } else failed(what, error);
    return false;
  }
}

/** Approves; `next-slot` by default. */
export async function approve(posts: readonly Post[], when?: When): Promise<void> {
  const list = posts.filter((post) => may(post, 'approve'));
  if (list.length === 0) return done(texts.verbs.nothingToApprove);
  if (when === 'now' && !(await confirmNow(list))) return;
  const after: Post[] = [];
  const ok = await run(texts.verbs.approve, async () => {
    for (const post of list) after.push(await approvePost(post, when));
  });
  if (after.length === 0 || !ok) return;
  // The next free slot may be this moment; what has left cannot be taken back.
  const isOut = after.some((post) => post.dueAt !== null && new Date(post.dueAt).getTime() < Date.now() + 2_000);
  const undo = isOut ? undefined : () => Promise.all(after.map(backToReview));
  done(when === undefined ? texts.verbs.approved(after.length) : texts.verbs.approvedAndScheduled(after.length), undo);
}

export async function approveAtTime(posts: readonly Post[]): Promise<void> {
  const time = await askTime(texts.verbs.approveAtTitle);
  if (time !== null) await approve(posts, time);
}

async function backToReview(post: Post): Promise<void> {
  const draft = await act(post, 'request-changes', { note: texts.undo.note });
  await act(draft, 'submit');
}

/** Another time for a scheduled post, or a first one for an approved. Asks for it where it is not given. */
export async function move(post: Post, given?: GivenSchedule): Promise<void> {
  const time = given ?? (await askTime(texts.verbs.moveTitle, post.dueAt === null ? null : new Date(post.dueAt)));
  if (time === null) return;
  let after: Post | undefined;
  if (!(await run(texts.verbs.move, async () => (after = await schedulePost(post, time))))) return;
  const changed = after as Post;
  const oldTime = post.state === 'scheduled' ? post.dueAt : null;
  done(texts.verbs.moved, () =>
    oldTime === null ? act(changed, 'unschedule') : schedulePost(changed, { at: oldTime }),
  );
}

/** Later (or earlier) by minutes. */
export function nudge(post: Post, minutes: number): Promise<void> {
  if (post.dueAt === null) return move(post);
  return move(post, { at: new Date(new Date(post.dueAt).getTime() + minutes * 60_000).toISOString() });
}

async function confirmNow(posts: readonly Post[]): Promise<boolean> {
  return confirm(texts.verbs.nowTitle, texts.verbs.nowBody(posts.length), texts.verbs.now);
}

export async function sendNow(post: Post): Promise<void> {
  if (!(await confirmNow([post]))) return;
  if (await run(texts.verbs.now, () => publishNow(post))) done(texts.verbs.sentNow);
}

export async function requestChanges(post: Post): Promise<void> {
  const note = await askWords(texts.verbs.changesTitle, texts.verbs.changesLabel, texts.verbs.changes);
  if (note === null) return;
  let after: Post | undefined;
  if (await run(texts.verbs.changes, async () => (after = await act(post, 'request-changes', { note })))) {
    done(texts.verbs.changesAsked, () => act(after as Post, 'submit'));
  }
}

export async function submit(post: Post): Promise<void> {
  if (await run(texts.verbs.submit, () => act(post, 'submit'))) done(texts.verbs.submitted);
}

export async function reject(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'reject'));
  if (list.length === 0) return;
  const reason = await askWords(texts.verbs.rejectTitle, texts.verbs.rejectLabel, texts.verbs.reject);
  if (reason !== null) leaveAll(list, 'reject', { reason }, texts.verbs.rejected(list.length));
}

/** Cancels. What is scheduled stops at once; the last word is said ten seconds later, so that it can be taken back. */
export async function cancel(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'cancel'));
  if (list.length === 0) return;
  const stopped: Post[] = [];
  const before = new Map(list.map((post) => [post.id, post]));
  const ok = await run(texts.verbs.cancel, async () => {
    for (const post of list) {
      stopped.push(
        post.state === 'scheduled' ? await act(post, 'request-changes', { note: texts.undo.cancelNote }) : post,
      );
    }
  });
  if (!ok) return;
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

function leaveAll(
  posts: readonly Post[],
  verb: 'reject' | 'cancel',
  body: unknown,
  sentence: string,
  back?: (post: Post) => Promise<unknown>,
): void {
  const stays = posts.map((post) => leave(post.id, () => run(texts.verbs[verb], () => act(post, verb, body))));
  done(sentence, async () => {
    for (const stay of stays) stay();
    if (back !== undefined) for (const post of posts) await back(post);
  });
}

export async function retry(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'retry'));
  let count = 0;
  await run(texts.verbs.retry, async () => {
    for (const post of list) {
      await act(post, 'retry');
      count += 1;
    }
  });
  if (count > 0) done(texts.verbs.retried(count));
}

export async function checkOnNetwork(post: Post): Promise<void> {
  let after: Post | undefined;
  if (!(await run(texts.verbs.check, async () => (after = await act(post, 'check'))))) return;
  const state = after?.state;
  done(
    state === 'published'
      ? texts.verbs.checkFound
      : state === 'unknown'
        ? texts.verbs.checkCannotTell
        : texts.verbs.checkAbsent,
  );
}

export async function markPublished(post: Post): Promise<void> {
  const url = await askWords(texts.verbs.markTitle, texts.verbs.markLabel, texts.verbs.mark, true);
  if (url === null) return;
  if (await run(texts.verbs.mark, () => act(post, 'mark-published', url === '' ? {} : { url }))) {
    done(texts.verbs.marked);
  }
}

export async function sendAgain(post: Post): Promise<void> {
  if (!(await confirm(texts.verbs.againTitle, texts.verbs.againBody, texts.verbs.again))) return;
  if (await run(texts.verbs.again, () => act(post, 'send-again'))) done(texts.verbs.sentAgain);
}
