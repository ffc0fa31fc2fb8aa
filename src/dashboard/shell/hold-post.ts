import { act } from '../api/actions.ts';
import { serverNow } from '../api/server-clock.ts';
import type { HeldBy, Post } from '../api/types.ts';
import { keepAs, slotOf } from '../parts/kept.ts';
import { texts } from '../texts.ts';
import { askChoice, askWords } from './dialogs.tsx';
import { askWay } from './holds.tsx';
import { done } from './undo.tsx';
import { may, run } from './verbs.ts';

/** Holds of one post alone: the wire, its account and the other posts of its story go on. */

/** The hold of this post alone, where there is one; holds that match it for another reason are lifted where they were placed. */
export function ownHold(post: Post): HeldBy | undefined {
  return post.heldBy.find((hold) => hold.scope === 'post');
}

/** Holds a post, or lifts its own hold. Of several it asks which. @param nameOf how people tell the posts apart. */
export async function holdOrLift(posts: readonly Post[], nameOf: (post: Post) => string): Promise<void> {
  const list = posts.filter((post) => may(post, 'hold'));
  if (list.length === 0) return done(texts.holds.nothingToHold);
  const choices = list.map((post) => ({
    value: post.id,
    label: nameOf(post),
    hint: ownHold(post) === undefined ? texts.holds.post : texts.holds.liftPost,
  }));
  const id = list.length === 1 ? list[0]?.id : await askChoice(texts.holds.whichPost, choices, texts.holds.choose);
  const post = list.find((one) => one.id === id);
  if (post !== undefined) await (ownHold(post) === undefined ? holdPost(post) : liftPost(post));
}

/** Asks why, and holds the post back whatever its state and time become meanwhile. */
export async function holdPost(post: Post): Promise<void> {
  const slot = slotOf('hold', [post]);
  const reason = await askWords(texts.holds.post, texts.holds.reason, texts.holds.button, { most: 500, slot });
  if (reason === null) return;
  if (await run(texts.holds.post, () => act(post, 'hold', { reason }))) {
    keepAs(slot, null);
    done(texts.holds.postHeld, () => act(post, 'resume'));
  }
}

/** Lifts the post's own hold. What came due meanwhile is asked about first: it would go out at once. */
export async function liftPost(post: Post): Promise<void> {
  const reason = ownHold(post)?.reason ?? '';
  const isDue = post.state === 'scheduled' && post.dueAt !== null && new Date(post.dueAt).getTime() <= serverNow();
  const resume = isDue ? await askWay() : 'as-planned';
  if (resume === null) return;
  if (await run(texts.holds.liftPost, () => act(post, 'resume', { resume }))) {
    done(texts.holds.postLifted, isDue ? undefined : () => act(post, 'hold', { reason }));
  }
}
