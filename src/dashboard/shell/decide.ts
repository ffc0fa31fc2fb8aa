import { act, approvePost } from '../api/actions.ts';
import type { When } from '../api/actions.ts';
import { serverNow } from '../api/server-clock.ts';
import type { Post } from '../api/types.ts';
import { keepAs, slotOf, slotWithWords } from '../parts/kept.ts';
import { texts } from '../texts.ts';
import { askWords } from './dialogs.tsx';
import { approvedAsBefore, firstOf, textAsBefore } from './restore.ts';
import { spanOf } from './time.tsx';
import { confirmNow } from './timing.ts';
import { done } from './undo.tsx';
import { each, eachOnce, may, mayApprove, mayPublish, run } from './verbs.ts';
import { leaveAll } from './withdraw.ts';
import { withTime } from './with-time.ts';
import type { OnRefused } from './with-time.ts';

/** What an editor decides about a text: yes, not yet, no. Each with its question where there must be one, and its way back. */

/** Where nothing keeps a post, it leaves this long after the decision, so that every decision can be taken back. */
export const GRACE_MS = 10_000;

/**
 * Approves, and gives the time given, or the next free slot; `in-turn` is that slot too, and for breaking news now. Without
 * `when`, or from who may give no time, it stays without one.
 */
export async function approve(posts: readonly Post[], wanted?: When | 'in-turn', onRefused?: OnRefused): Promise<void> {
  const when = mayPublish() ? wanted : undefined;
  const list = posts.filter((post) => may(post, 'approve'));
  if (list.length === 0) return done(mayApprove() ? texts.verbs.nothingToApprove : texts.notYours['posts:approve']);
  if (when === 'now' && !(await confirmNow(list))) return;
  const put = async (post: Post): Promise<Post> =>
    approvePost(post, when === 'in-turn' || when === 'next-slot' ? timeOf(post, when) : when);
  const after = await eachOnce(texts.verbs.approve, list, put, onRefused);
  if (after.length === 0) return;
  const first = Math.min(...after.map((post) => (post.dueAt === null ? Infinity : new Date(post.dueAt).getTime())));
  const isOut = first < serverNow() + 1_000;
  done(
    when === undefined
      ? texts.verbs.approved(after.length)
      : texts.verbs.approvedAndScheduled(after.length, spanOf(first - serverNow())),
    isOut ? undefined : () => Promise.all(after.map(backToReview)),
  );
}

export async function approveAtTime(posts: readonly Post[]): Promise<void> {
  await withTime(texts.verbs.approveAtTitle, null, ({ time }, onRefused) => approve(posts, time, onRefused));
}

/** The next free slot, or now: no earlier than the moment after which the decision can no longer be taken back. */
function timeOf(post: Post, when: 'in-turn' | 'next-slot'): When {
  // By the server's clock, which is the one that decides.
  const earliest = new Date(serverNow() + GRACE_MS).toISOString();
  if (when === 'in-turn' && post.urgency === 'breaking') return { at: earliest };
  return { nextSlot: true, notBefore: earliest };
}

async function backToReview(post: Post): Promise<void> {
  const draft = await act(post, 'request-changes', { note: texts.undo.note });
  await act(draft, 'submit');
}

export async function requestChanges(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'request-changes'));
  if (list.length === 0) return done(texts.verbs.nothingToGiveBack);
  const slot = slotOf('changes', list);
  const note = await askWords(texts.verbs.changesTitle, texts.verbs.changesLabel, texts.verbs.changes, { slot });
  if (note === null) return;
  const changed = await each(texts.verbs.changes, list, async (before) => {
    return { before, after: await act(before, 'request-changes', { note }) };
  });
  if (changed.length > 0) {
    keepAs(slot, null);
    done(texts.verbs.changesAsked(changed.length), () =>
      firstOf(changed.map(({ before, after }) => approvedAsBefore(after, before))),
    );
  }
}

export async function submit(post: Post): Promise<void> {
  const after = await eachOnce(texts.verbs.submit, [post], () => act(post, 'submit'));
  if (after.length > 0) done(texts.verbs.submitted);
}

export async function reject(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'reject'));
  if (list.length === 0) return done(texts.verbs.nothingToReject);
  const slot = slotWithWords('reject', list);
  const reason = await askWords(texts.verbs.rejectTitle, texts.verbs.rejectLabel, texts.verbs.reject, { slot });
  if (reason !== null) leaveAll(list, 'reject', { reason }, texts.verbs.rejected(list.length));
}

/** Writes a post anew from its article. */
export async function rewrite(post: Post, how: keyof typeof texts.verbs.rewrite): Promise<void> {
  let after: Post | undefined;
  if (!(await run(texts.verbs.rewrite[how], async () => (after = await act(post, 'rewrite', { how }))))) return;
  const changed = after as Post;
  done(texts.verbs.rewritten, () => textAsBefore(changed, post));
}
